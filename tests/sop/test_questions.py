"""What to ask the homeowner next."""

from datetime import date

import pytest

from ptodesk_gui.sop import questions
from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import YES, Entry, Field
from ptodesk_gui.sop.playbook import Playbook

TODAY = date(2026, 3, 14)
CALLER = {Field.FIRST_NAME: "Jane", Field.LAST_NAME: "Doe", Field.EMAIL: "jane@example.com"}
ADDRESS = {Field.STREET: "1 Main St", Field.CITY: "Denver", Field.STATE: "CO", Field.ZIP: "80201"}
ALL = (
    questions.NAME_AND_EMAIL,
    questions.ADDRESS,
    questions.INSTALLER,
    questions.INSPECTION,
    questions.REACHED,
    questions.CONCERN,
)


def asked(playbook: Playbook, values: dict[Field, str]) -> tuple[str, ...]:
    entry = Entry("call-1", "Dana Reyes", {which.value: text for which, text in values.items()})
    return call_view(entry, playbook, TODAY).ask


def test_at_the_start_everything_is_asked_in_the_order_of_the_checklist__C1_C4_C5(playbook: Playbook) -> None:
    assert asked(playbook, {}) == ALL


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ({Field.EMAIL: "jane@example.com"}, (questions.NAME,)),
        ({Field.EMAIL: "jane@"}, (questions.NAME_AND_EMAIL,)),
        ({Field.FIRST_NAME: "Jane"}, (questions.LAST_NAME, questions.EMAIL)),
        ({Field.LAST_NAME: "Doe", Field.EMAIL: "jane@example.com"}, (questions.FIRST_NAME,)),
        (CALLER, ()),
    ],
)
def test_of_the_caller_only_what_is_missing_is_asked__H3(
    playbook: Playbook, known: dict[Field, str], first: tuple[str, ...]
) -> None:
    assert asked(playbook, known) == (*first, *ALL[1:])


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({Field.STREET: "1 Main St"}, (questions.PLACE, questions.ZIP)),
        ({Field.CITY: "Denver", Field.STATE: "CO"}, (questions.STREET, questions.ZIP)),
        ({Field.STREET: "1 Main St", Field.CITY: "Denver", Field.ZIP: "80201"}, (questions.PLACE,)),
        (ADDRESS, ()),
    ],
)
def test_of_the_address_only_what_is_missing_is_asked__C1(
    playbook: Playbook, known: dict[Field, str], wanted: tuple[str, ...]
) -> None:
    assert asked(playbook, CALLER | known) == (*wanted, *ALL[2:])


def test_what_is_answered_is_not_asked_again__C1_C4_C5(playbook: Playbook) -> None:
    known = CALLER | ADDRESS
    assert asked(playbook, known | {Field.INSTALLER: "Sunny Roofs"}) == ALL[3:]
    assert asked(playbook, known | {Field.INSPECTION: "pending"}) == (
        questions.INSTALLER,
        questions.REACHED,
        questions.CONCERN,
    )
    assert questions.REACHED not in asked(playbook, known | {Field.NOTE_UNREACHABLE: YES})
    assert asked(playbook, known | {Field.CONCERN: "PTO?"}) == (questions.INSTALLER, questions.INSPECTION)


def test_the_dates_are_not_asked_of_the_homeowner__C6(playbook: Playbook) -> None:
    whole = {Field.INSTALLER: "Sunny Roofs", Field.INSPECTION: "passed", Field.CONCERN: "PTO?"}
    assert asked(playbook, CALLER | ADDRESS | whole) == ()


@pytest.mark.parametrize("m2", ["2/1/2026", "12/1/2025", "2/30", "3/15/2026"])
def test_what_can_be_said_about_dates_keeps_no_question_back__C1_C4_C5(playbook: Playbook, m2: str) -> None:
    assert asked(playbook, CALLER | ADDRESS | {Field.M2: m2}) == ALL[2:]


def test_nobody_is_asked_about_an_email__H1(playbook: Playbook) -> None:
    assert asked(playbook, {Field.CHANNEL: "homeowner_email", Field.SOURCE_KEY: "EBH-12"}) == ()
