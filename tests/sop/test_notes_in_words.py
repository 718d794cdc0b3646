"""What was ticked as sentences for the concern: each once, and only when the agent asks for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.case import Case, Channel, Inspection, Note
from ptodesk_gui.sop.notes_in_words import addition


def case(inspection: Inspection = Inspection.NOT_ASKED, *notes: Note) -> Case:
    return Case(Channel.PHONE, "Dana Reyes", inspection=inspection, notes=notes)


def test_notes_and_inspection_become_short_sentences__C4_C5() -> None:
    told = case(Inspection.PASSED, Note.INSTALLER_UNREACHABLE)
    assert addition(told, "") == "Cannot reach the installer. Inspection passed."


@pytest.mark.parametrize(
    ("concern", "added"),
    [
        ("Asks when PTO is expected", ". Cannot reach the installer."),
        ("Asks when PTO is expected.", " Cannot reach the installer."),
        ("Is it on yet?", " Cannot reach the installer."),
        ("Asks when.\n", "Cannot reach the installer."),
        ("  ", "Cannot reach the installer."),
    ],
)
def test_what_is_added_follows_the_agents_own_words__T8(concern: str, added: str) -> None:
    assert addition(case(Inspection.NOT_ASKED, Note.INSTALLER_UNREACHABLE), concern) == added


def test_each_sentence_is_added_once__T8() -> None:
    told = case(Inspection.PENDING, Note.INSPECTION_PENDING, Note.PTO_NOT_SUBMITTED)
    whole = addition(told, "")
    assert whole == "Inspection pending. PTO request not submitted by the installer."
    assert addition(told, whole) == ""
    assert addition(told, "INSPECTION  PENDING, she says") == ". PTO request not submitted by the installer."


def test_a_failed_inspection_is_told_once__C4_C5() -> None:
    told = case(Inspection.FAILED, Note.INSPECTION_FAILED_CHANGES_NEEDED)
    assert addition(told, "") == "Municipal inspection failed, changes needed."


def test_nothing_ticked_adds_nothing() -> None:
    assert addition(case(), "Asks when.") == ""


@given(st.sampled_from(Inspection), st.sets(st.sampled_from(Note)), st.text(max_size=60))
def test_whatever_stands_there_nothing_is_left_to_add_afterwards(
    inspection: Inspection, notes: set[Note], concern: str
) -> None:
    told = case(inspection, *notes)
    assert addition(told, concern + addition(told, concern)) == ""
