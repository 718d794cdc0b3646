"""Contradictions that follow from how the facts came about, and between people. All people are sample data."""

from datetime import date

import pytest

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.view import CallView, Weight

TODAY = date(2026, 3, 14)
REP = ((Field.REP_FIRST_NAME, "Sam"), (Field.REP_EMAIL, "sam@example.com"))


def typed(*edits: tuple[Field, str], letter_by_letter: bool = True) -> Entry:
    """The entry after these edits, as a keyboard makes them."""
    entry = Entry("call-1", "Dana Reyes")
    for which, text in edits:
        for end in range(1, len(text)) if letter_by_letter else ():
            entry = entry.with_value(which, text[:end])
        entry = entry.with_value(which, text)
    return entry


def pointed_out(playbook: Playbook, entry: Entry) -> dict[str, str]:
    view = call_view(entry, playbook, TODAY)
    return {n.field: n.text for n in view.notices if n.id.startswith("contradiction.")}


def seen(playbook: Playbook, entry: Entry) -> CallView:
    return call_view(entry, playbook, TODAY)


# --- the installer changed after its representative was typed ---------------------------------------------------------


def test_an_installer_that_changed_after_its_rep_was_typed_is_pointed_out__I3(playbook: Playbook) -> None:
    entry = typed((Field.INSTALLER, "Sunny Roofs"), *REP)
    assert pointed_out(playbook, entry) == {}
    said = pointed_out(playbook, typed((Field.INSTALLER, "Sunny Roofs"), *REP, (Field.INSTALLER, "Rooftop Power")))
    assert list(said) == [Field.REP_FIRST_NAME, Field.REP_EMAIL]
    assert said[Field.REP_EMAIL] == (
        "The representative's email was typed for Sunny Roofs, and the installer is Rooftop Power by now. Look it up again."
    )


def test_the_word_stands_beside_the_field_and_nothing_waits_for_it__I3_M2(playbook: Playbook) -> None:
    view = seen(playbook, typed((Field.INSTALLER, "Sunny Roofs"), *REP, (Field.INSTALLER, "Rooftop Power")))
    assert view.field_words[Field.REP_EMAIL].weight is Weight.WARNING
    assert not [problem for problem in view.problems if problem.blocks and problem.field.startswith("installer.rep")]


def test_a_rep_typed_again_is_the_new_installers__I3(playbook: Playbook) -> None:
    entry = typed(
        (Field.INSTALLER, "Sunny Roofs"), *REP, (Field.INSTALLER, "Rooftop Power"), (Field.REP_FIRST_NAME, "Kim")
    )
    assert list(pointed_out(playbook, entry)) == [Field.REP_EMAIL]  # the email is still the other company's
    assert pointed_out(playbook, entry.with_value(Field.REP_EMAIL, "kim@example.com")) == {}
    assert pointed_out(playbook, entry.with_value(Field.REP_EMAIL, "")) == {}


def test_a_rep_typed_before_any_installer_is_that_of_the_first__I3(playbook: Playbook) -> None:
    entry = typed(*REP, (Field.INSTALLER, "Sunny Roofs"))
    assert pointed_out(playbook, entry) == {}
    later = typed(*REP, (Field.INSTALLER, "Sunny Roofs"), (Field.CONCERN, "PTO"), (Field.INSTALLER, "Rooftop Power"))
    assert list(pointed_out(playbook, later)) == [Field.REP_FIRST_NAME, Field.REP_EMAIL]


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("Sunny Roofs", "sunny_roofs, LLC", False),
        ("Suny Roofs", "Sunny Roofs", False),  # a slip mended
        ("Stronger", "Stronger Electric", False),  # an alias of the playbook
        ("Top Solar", "Top Electric", True),
        ("LA Solar", "LB Solar", True),  # a listed company is no slip of another
        ("Sunny Roofs", "", False),
    ],
)
def test_the_same_company_in_other_words_is_no_change__N1(
    playbook: Playbook, before: str, after: str, changed: bool
) -> None:
    entry = typed((Field.INSTALLER, before), REP[1]).with_value(Field.INSTALLER, after)
    assert bool(pointed_out(playbook, entry)) == changed


def test_the_order_of_edits_survives_a_draft__M2(playbook: Playbook) -> None:
    entry = typed((Field.INSTALLER, "Sunny Roofs"), *REP, (Field.INSTALLER, "Rooftop Power"))
    kept = Entry(entry.call_id, entry.agent, dict(entry.values))
    assert pointed_out(playbook, kept) == pointed_out(playbook, entry)


def test_nothing_is_remembered_of_a_rep_that_is_gone__M2() -> None:
    entry = typed((Field.INSTALLER, "Sunny Roofs"), *REP)
    for which in (Field.INSTALLER, Field.REP_FIRST_NAME, Field.REP_EMAIL):
        entry = entry.with_value(which, "")
    assert not any(entry.values.values())


# --- another person's page --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "other"),
    [
        ("John", "Smith", True),
        ("John", "Doe", True),
        ("jane", "DOE", False),
        ("Jane Q", "Doe", False),
        ("Jayne", "Doe", False),
        ("Jane", "", False),
        ("", "Smith", False),
        ("Jane", "D", False),  # still typing
        ("", "", False),
    ],
)
def test_a_pasted_name_that_is_not_the_callers_is_pointed_out__N3(
    playbook: Playbook, first: str, last: str, other: bool
) -> None:
    entry = typed((Field.FIRST_NAME, first), (Field.LAST_NAME, last)).with_memory(Memory.PASTED_NAME, "Jane Doe")
    said = pointed_out(playbook, entry)
    assert bool(said) == other
    if other:
        assert said == {
            Field.LAST_NAME: f"The pasted text is about Jane Doe, the caller is {first} {last}. Check that it is the right job."
        }


def test_a_forgotten_paste_says_nothing__N3(playbook: Playbook) -> None:
    entry = typed((Field.FIRST_NAME, "John"), (Field.LAST_NAME, "Smith")).with_memory(Memory.PASTED_NAME, "Jane Doe")
    assert entry.memory(Memory.PASTED_NAME) == "Jane Doe"
    forgotten = entry.with_memory(Memory.PASTED_NAME, "")
    assert pointed_out(playbook, forgotten) == {}
    assert Memory.PASTED_NAME not in forgotten.values


# --- one for two ------------------------------------------------------------------------------------------------------


def test_one_email_for_homeowner_and_rep_is_pointed_out__I3_I5(playbook: Playbook) -> None:
    entry = typed((Field.EMAIL, "jane@example.com"), (Field.REP_EMAIL, "Jane@Example.com"), letter_by_letter=False)
    assert list(pointed_out(playbook, entry)) == [Field.REP_EMAIL]
    assert pointed_out(playbook, entry.with_value(Field.REP_EMAIL, "sam@example.com")) == {}
    assert pointed_out(playbook, entry.with_value(Field.EMAIL, "").with_value(Field.REP_EMAIL, "")) == {}


def test_one_ticket_cannot_be_both_open_tickets__T9(playbook: Playbook) -> None:
    entry = typed((Field.OPEN_HOMEOWNER, "PTO-12"), (Field.OPEN_INSTALLER, "pto-12"), letter_by_letter=False)
    assert list(pointed_out(playbook, entry)) == [Field.OPEN_INSTALLER]
    assert pointed_out(playbook, entry.with_value(Field.OPEN_INSTALLER, "PTO-13")) == {}
