"""ZIP codes: city and state filled in where nothing is typed, never over what was; what does not go together is pointed out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.case import Address
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.known import FROM_ZIP, Known
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.sop.zip_codes import ZipCodes, ZipPlace, fill, filled, mismatch

LINES = b"00601PRAdjuntas\n10001NYNew York|Manhattan\n63101MOSaint Louis\n80120COLittleton\n80201CODenver\n99950AKKetchikan\n"
LISTED = ZipCodes(LINES)
LITTLETON = ZipPlace("Littleton", "CO")
TODAY = date(2026, 3, 14)


def entry(**values: str) -> Entry:
    return Entry("call", values={Field[name].value: value for name, value in values.items()})


@pytest.mark.parametrize("text", ["80120", " 80120 ", "80120-1234", "80120 1234", "801201234"])
def test_a_zip_code_of_5_or_9_digits_has_its_place__N2(text: str) -> None:
    assert LISTED.of(text) == LITTLETON


@pytest.mark.parametrize(
    "text", ["", "8012", "801200", "80121", "80120-12", "８０１２０", "80120\n80201", "COLit", "000"]
)
def test_what_is_no_listed_zip_code_has_no_place(text: str) -> None:
    assert LISTED.of(text) is None
    assert ZipCodes(b"").of(text) is None


@given(st.sets(st.integers(0, 99_999), max_size=40), st.integers(0, 99_999))
def test_every_zip_code_of_any_list_is_found_and_no_other(codes: set[int], other: int) -> None:
    listed = ZipCodes("".join(f"{code:05}TXTown {code}\n" for code in sorted(codes)).encode())
    for code in (*codes, other):
        expected = ZipPlace(f"Town {code}", "TX") if code in codes else None
        assert listed.of(f"{code:05}") == expected


def test_empty_city_and_state_are_filled_in_by_the_zip_code__C1() -> None:
    after = fill(entry(ZIP="80120"), LITTLETON)
    assert (after.text(Field.CITY), after.text(Field.STATE)) == ("Littleton", "CO")
    assert filled(after) == (Field.CITY, Field.STATE)


def test_what_was_typed_is_never_overwritten_by_the_zip_code__C1() -> None:
    after = fill(entry(ZIP="80120", CITY="Denver"), LITTLETON)
    assert (after.text(Field.CITY), after.text(Field.STATE)) == ("Denver", "CO")
    assert filled(after) == (Field.STATE,)


def test_what_another_zip_code_had_filled_in_is_filled_in_anew() -> None:
    after = fill(fill(entry(ZIP="80120"), LITTLETON), ZipPlace("Denver", "CO"))
    assert after.text(Field.CITY) == "Denver"


def test_what_was_filled_in_and_typed_over_is_typed() -> None:
    typed = fill(entry(ZIP="80120"), LITTLETON).with_value(Field.CITY, "Littleton ").with_value(Field.CITY, "Littleton")
    assert fill(typed, ZipPlace("Denver", "CO")).text(Field.CITY) == "Littleton"


def test_what_was_filled_in_is_marked_as_such(playbook: Playbook) -> None:
    view = call_view(fill(entry(ZIP="80120"), LITTLETON), playbook, TODAY, Known(LISTED))
    assert view.field_words[Field.CITY] == view.field_words[Field.STATE] == FROM_ZIP
    assert Field.ZIP not in view.field_words


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (Address("", "littleton ", "Colorado", "80120"), "80120"),
        (Address("", "Manhattan", "NY", "10001"), "10001"),
        (Address("", "St. Louis", "mo", "63101"), "63101"),
        (Address("", "Litt", "", "80120"), "80120"),  # still being typed
        (Address("", "", "", "80120"), "80120"),
    ],
)
def test_another_name_of_the_city_goes_with_its_zip_code__N2(address: Address, place: str) -> None:
    found = LISTED.of(place)
    assert found is not None
    assert mismatch(address, found) == ""


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ZIP": "80120", "STATE": "NY"}, "80120 is Littleton, CO, not NY: check the ZIP code and the state."),
        ({"ZIP": "80120-1", "STATE": "NY"}, ""),
        ({"ZIP": "80120", "CITY": "Denver"}, "80120 is Littleton, CO, not Denver: check the ZIP code and the city."),
    ],
)
def test_a_zip_code_of_another_place_is_pointed_out_and_blocks_nothing__N2(
    values: dict[str, str], sentence: str, playbook: Playbook
) -> None:
    view = call_view(entry(**values), playbook, TODAY, Known(LISTED))
    about_zip = [(p.text, p.blocks) for p in view.problems if p.field == Field.ZIP and "check the ZIP" in p.text]
    assert about_zip == ([(f"ZIP: {sentence}", False)] if sentence else [])
    assert [notice.text for notice in view.notices if notice.field == Field.ZIP] == ([sentence] if sentence else [])
    if sentence:
        assert view.field_words[Field.ZIP].weight is Weight.WARNING
