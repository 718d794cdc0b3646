"""The checklist: each item's state and words as the facts arrive, in any order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.checklist import FIELD_NAMES, checklist, next_item
from ptodesk_gui.sop.entry import YES, Entry, Field
from ptodesk_gui.sop.reading import read_entry
from ptodesk_gui.sop.view import ChecklistItem, Item, ItemState

TODAY = date(2026, 3, 14)

CALLER = {Field.FIRST_NAME: "Jane", Field.LAST_NAME: "Doe", Field.EMAIL: "jane@example.com"}
ADDRESS = {Field.STREET: "1 Main St", Field.CITY: "Littleton", Field.STATE: "CO", Field.ZIP: "80120"}
INSTALLER = {Field.INSTALLER: "Sunny Roofs", Field.REP_FIRST_NAME: "Sam", Field.REP_EMAIL: "sam@example.com"}
JOB = {Field.JOB_URL: "https://engine.example/jobs/1", Field.M1: "1/5", Field.M2: "2/1"}
INSPECTION = {Field.INSPECTION: "passed"}
CONTACT = {Field.NOTE_UNREACHABLE: YES}
CONCERN = {Field.CONCERN: "Asks when PTO is expected."}
ALL = CALLER | ADDRESS | INSTALLER | JOB | INSPECTION | CONTACT | CONCERN


def shown(values: dict[Field, str], rep_wanted: bool = True) -> dict[Item, ChecklistItem]:
    entry = Entry("call-1", "Dana Reyes", {which.value: text for which, text in values.items()})
    reading = read_entry(entry, TODAY)
    return {item.item: item for item in checklist(entry, reading.case, reading.words, rep_wanted)}


def test_at_the_start_every_item_is_open_and_the_caller_comes_first() -> None:
    items = shown({})
    assert list(items) == list(Item)
    assert {item.state for item in items.values()} == {ItemState.OPEN}
    assert items[Item.CALLER].words == "Ask for: first name, last name, email"
    assert items[Item.INSPECTION].words == "Not asked yet"
    assert next_item(items.values()) is Item.CALLER


@pytest.mark.parametrize(
    ("values", "item", "state", "words"),
    [
        ({Field.FIRST_NAME: "Jane"}, Item.CALLER, ItemState.PARTLY, "Jane; missing: last name, email"),
        (
            {Field.PHONE: "303-555-0100"},
            Item.CALLER,
            ItemState.PARTLY,
            "303-555-0100; missing: first name, last name, email",
        ),
        (CALLER, Item.CALLER, ItemState.DONE, "Jane Doe, jane@example.com"),
        (CALLER | {Field.EMAIL: "jane@"}, Item.CALLER, ItemState.FAULT, "Cannot be used: email"),
        (CALLER | {Field.EMAIL: "jane@gmial.com"}, Item.CALLER, ItemState.DONE, "Jane Doe, jane@gmial.com"),
        ({Field.CITY: "Littleton"}, Item.ADDRESS, ItemState.PARTLY, "Littleton; missing: street, state, ZIP"),
        (ADDRESS, Item.ADDRESS, ItemState.DONE, "1 Main St, Littleton, CO 80120"),
        (INSTALLER, Item.INSTALLER, ItemState.DONE, "Sunny Roofs, Sam, sam@example.com"),
        (JOB, Item.JOB, ItemState.DONE, "link, M1 1/5/2026, M2 2/1/2026"),
        (JOB | {Field.M2: ""}, Item.JOB, ItemState.PARTLY, "link, M1 1/5/2026; missing: M2 date"),
        (JOB | {Field.M2: "not approved"}, Item.JOB, ItemState.DONE, "link, M1 1/5/2026"),
        (JOB | {Field.M1: "2/30", Field.M3: "x"}, Item.JOB, ItemState.FAULT, "Cannot be used: M1 date, M3 date"),
        (INSPECTION, Item.INSPECTION, ItemState.DONE, "Passed"),
        ({Field.INSPECTION: "not_asked"}, Item.INSPECTION, ItemState.OPEN, "Not asked yet"),
        (CONTACT, Item.CONTACT, ItemState.DONE, "cannot reach the installer"),
        (CONCERN, Item.CONTACT, ItemState.OPEN, "Nothing noted"),
        (CONCERN, Item.CONCERN, ItemState.DONE, "Asks when PTO is expected."),
        (
            {Field.DOUBLE_BILLING: YES},
            Item.CONCERN,
            ItemState.PARTLY,
            "still asking about double billing; missing: concern",
        ),
        ({Field.CONCERN: "x" * 5_001}, Item.CONCERN, ItemState.FAULT, "Cannot be used: concern"),
    ],
)
def test_an_item_says_what_is_known_and_what_is_missing__C1_C4_C5(
    values: dict[Field, str], item: Item, state: ItemState, words: str
) -> None:
    assert shown(values)[item] == ChecklistItem(item, state, words)


def test_a_representative_is_not_wanted_where_no_installer_ticket_is_made__I7() -> None:
    only_name = {Field.INSTALLER: "Top Electric"}
    assert shown(only_name)[Item.INSTALLER].state is ItemState.PARTLY
    assert shown(only_name, rep_wanted=False)[Item.INSTALLER].state is ItemState.DONE


def test_a_long_concern_is_shortened_in_the_checklist_only() -> None:
    words = shown({Field.CONCERN: "many words " * 400})[Item.CONCERN].words
    assert len(words) <= 48
    assert words.endswith("\u2026")


@given(st.sets(st.integers(0, 6)))
def test_items_may_be_answered_in_any_order_and_the_first_open_one_is_next(answered: set[int]) -> None:
    groups = [CALLER, ADDRESS, INSTALLER, JOB, INSPECTION, CONTACT, CONCERN]
    values = {which: text for i in answered for which, text in groups[i].items()}
    items = shown(values)
    undone = [item for i, item in enumerate(Item) if i not in answered]
    assert [item for item in Item if items[item].state is not ItemState.DONE] == undone
    asked = [item for item in undone if not (item is Item.CONTACT and 6 in answered)]  # perhaps nothing was to be noted
    assert next_item(items.values()) == (asked[0] if asked else None)


def test_when_all_is_known_nothing_is_next() -> None:
    items = shown(ALL)
    assert {item.state for item in items.values()} == {ItemState.DONE}
    assert next_item(items.values()) is None


def test_every_field_that_can_be_at_fault_has_a_name() -> None:
    values = dict.fromkeys(Field, "\u202e" + "x" * 200000)
    entry = Entry("c", "", {which.value: text for which, text in values.items()})
    assert set(read_entry(entry, TODAY).words) <= set(FIELD_NAMES)
