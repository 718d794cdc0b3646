"""The list of ZIP codes that came with the program can be read; a damaged one only fills in nothing."""

from pathlib import Path

import pytest

from ptodesk_gui.sop.typed import STATES
from ptodesk_gui.workstation.zip_file import load_zip_codes, zip_file
from scripts.zip_codes import lines


@pytest.mark.parametrize(
    ("zip_code", "city", "state"),
    [
        ("00601", "Adjuntas", "PR"),
        ("10001", "New York", "NY"),
        ("80120", "Littleton", "CO"),
        ("80120-1234", "Littleton", "CO"),
        ("99950", "Ketchikan", "AK"),
    ],
)
def test_the_packaged_list_knows_the_first_the_last_and_those_between(zip_code: str, city: str, state: str) -> None:
    place = load_zip_codes().of(zip_code)
    assert place is not None
    assert (place.city, place.state) == (city, state)
    assert place.state in STATES


def test_the_packaged_list_stays_small() -> None:
    assert zip_file().stat().st_size < 500_000


@pytest.mark.parametrize("content", [None, b"", b"80120COLittleton\n", b"\xfd7zXZ\x00\x00"])
def test_a_list_that_is_missing_or_damaged_is_empty(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "us.txt.xz"
    if content is not None:
        file.write_bytes(content)
    assert load_zip_codes(file).of("80120") is None


def test_a_line_is_made_of_a_record_and_none_of_a_military_address() -> None:
    record = {"zip_code": "10001", "state": "NY", "city": "New York", "acceptable_cities": ["A|B"]}
    army = {**record, "zip_code": "09001", "state": "AE", "unacceptable_cities": []}
    assert lines([{**record, "unacceptable_cities": ["New York"]}, army]) == ["10001NYNew York|A B"]
