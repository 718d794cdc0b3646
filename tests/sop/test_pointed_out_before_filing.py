"""What was pointed out during the call is pointed out again before filing, and a confirmation holds for the words it was given for."""

from datetime import date

import pytest

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import YES, Entry, Field
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.workstation.playbook_files import load_playbook

TODAY = date(2026, 3, 14)
KNOWN = {
    Field.FIRST_NAME: "Jane",
    Field.LAST_NAME: "Doe",
    Field.EMAIL: "jane@example.com",
    Field.STREET: "1 Main St",
    Field.CITY: "Denver",
    Field.STATE: "CO",
    Field.ZIP: "80201",
    Field.INSTALLER: "Sunny Roofs",
    Field.REP_FIRST_NAME: "Sam",
    Field.REP_EMAIL: "sam@example.com",
    Field.M1: "1/5/2026",
    Field.M2: "2/1/2026",
    Field.CONCERN: "Asks about PTO.",
}


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return load_playbook()


def entry(**changes: str) -> Entry:
    made = Entry("call", "Dana Sample")
    for which, value in (KNOWN | {Field[name]: value for name, value in changes.items()}).items():
        made = made.with_value(which, value)
    return made


def pointed_out(made: Entry, playbook: Playbook) -> set[tuple[str, str, bool]]:
    view = call_view(made, playbook, TODAY)
    return {(problem.field, problem.rule, problem.blocks) for problem in view.problems}


def test_a_call_without_doubts_has_nothing_to_point_out(playbook: Playbook) -> None:
    assert pointed_out(entry(), playbook) == set()


def test_a_likely_slip_in_the_email_is_pointed_out_and_files__M2(playbook: Playbook) -> None:
    assert ("homeowner.email", "M2", False) in pointed_out(entry(EMAIL="jane@gmial.com"), playbook)


def test_a_zip_that_is_none_is_pointed_out__M2(playbook: Playbook) -> None:
    assert ("address.zip", "M2", False) in pointed_out(entry(ZIP="8020"), playbook)


def test_a_pasted_concern_is_pointed_out_before_filing__T8(playbook: Playbook) -> None:
    assert ("concern", "T8", False) in pointed_out(entry(CONCERN_PASTED=YES), playbook)


@pytest.mark.parametrize("missing", ["STREET", "CITY", "STATE", "ZIP"])
def test_a_part_of_the_address_that_is_not_known_is_pointed_out__C1(playbook: Playbook, missing: str) -> None:
    assert (Field[missing].value, "C1", False) in pointed_out(entry(**{missing: ""}), playbook)


def test_other_words_for_the_installer_are_to_be_confirmed_anew__I5(playbook: Playbook) -> None:
    made = entry(INSTALLER_CONCERN="asks about billing", DISCLOSURE_CONFIRMED=YES)
    made = made.with_value(Field.DISCLOSURE_CONFIRMED, YES)
    assert call_view(made, playbook, TODAY).ready_to_file
    made = made.with_value(Field.INSTALLER_CONCERN, "asks to refund the invoice")
    assert not made.on(Field.DISCLOSURE_CONFIRMED)
    assert not call_view(made, playbook, TODAY).ready_to_file


def test_the_same_words_again_need_no_new_confirmation__I5() -> None:
    made = entry(INSTALLER_CONCERN="asks about billing").with_value(Field.DISCLOSURE_CONFIRMED, YES)
    assert made.with_value(Field.INSTALLER_CONCERN, "asks about billing").on(Field.DISCLOSURE_CONFIRMED)
