"""Past calls are found by name, email, address and ticket key, and nothing of that can be read in the file."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ptodesk_gui.outbox.store import Store
from ptodesk_gui.sop import finding
from ptodesk_gui.sop.case import Address, Case, Channel, Homeowner, Installer
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.review import plan_title
from ptodesk_gui.sop.steps import Ticket
from ptodesk_gui.workstation.playbook_files import load_playbook
from tests.outbox.fakes import SITE, Workstation, create, plan_of, queue

JANE = Case(
    channel=Channel.PHONE,
    agent="Dana Reyes",
    homeowner=Homeowner("Jané", "O'Neil", "jane.oneil@example.com"),
    address=Address("12 Wisteria Ln", "Littleton", "CO", "80120"),
    installer=Installer("Sunny Roofs", "Sam", "sam@installer.example"),
)


def add(store: Store, case: Case, call_id: str) -> int:
    plan = make_plan(case, load_playbook(), date(2026, 3, 14))
    return store.add_plan(call_id, SITE, plan_title(case), plan, {})


@pytest.mark.parametrize(
    "words",
    [
        "jane",
        "JANÉ o'neil",
        "oneil jan",
        "jane.oneil@example.com",
        "jane@example.com",
        "12 wisteria",
        "Littleton 80120",
        "wister",
        "sunny",
        "sam@installer.example",
        "  jane ,  80120 ",
    ],
)
def test_a_call_is_found_by_the_beginnings_of_its_words_without_case_and_accents(
    machine: Workstation, words: str
) -> None:
    store, _ = machine.start()
    plan_id = add(store, JANE, "call-1")
    assert [call.plan_id for call in store.past_calls(words)] == [plan_id]


@pytest.mark.parametrize(
    "words", ["", "  ", "john", "jane 80121", "ja", "1", "anet", "example.org", "pto-1", "jane pto-1", "' . -"]
)
def test_a_call_is_not_found_by_what_is_not_in_it(machine: Workstation, words: str) -> None:
    store, _ = machine.start()
    add(store, JANE, "call-1")
    assert store.past_calls(words) == ()


def test_what_is_found_says_who_and_where_and_which_tickets(machine: Workstation) -> None:
    store, filer = machine.start()
    plan_id = add(store, JANE, "call-1")
    (before,) = store.past_calls("wisteria")
    assert (before.filed, before.tickets) == (False, ())
    filer.run_until_idle(60)
    (found,) = store.past_calls("wisteria")
    assert (found.plan_id, found.title, found.filed, found.site) == (plan_id, "Jané O'Neil, Sunny Roofs", True, SITE)
    assert found.address == "12 Wisteria Ln, Littleton, CO 80120"
    assert found.emails == ("jane.oneil@example.com", "sam@installer.example")
    assert found.tickets == ("PTO-1", "PTO-2")


@pytest.mark.parametrize("words", ["PTO-2", "pto-2", "jane PTO-1", "PTO-1 PTO-2"])
def test_a_call_is_found_by_its_tickets_keys_as_soon_as_they_are_there(machine: Workstation, words: str) -> None:
    store, filer = machine.start()
    plan_id = add(store, JANE, "call-1")
    assert store.past_calls(words) == ()
    filer.run_until_idle(60)
    assert [call.plan_id for call in store.past_calls(words)] == [plan_id]


def test_a_key_is_found_whole_and_not_by_its_beginning(machine: Workstation) -> None:
    store, filer = machine.start()
    for n in range(12):
        queue(store, create(Ticket.HOMEOWNER), call_id=f"call-{n}")
    filer.run_until_idle(600)
    (found,) = store.past_calls("PTO-1")
    assert found.tickets == ("PTO-1",)
    assert store.past_calls("PTO-123") == ()


def test_words_with_a_hyphen_and_a_number_that_are_no_key_are_found_all_the_same(machine: Workstation) -> None:
    store, _ = machine.start()
    plan_id = add(store, replace(JANE, address=replace(JANE.address, street="Lot-12 Wisteria Ln")), "call-1")
    assert [call.plan_id for call in store.past_calls("lot-12")] == [plan_id]


def test_the_newest_calls_come_first_and_no_more_than_were_asked_for(machine: Workstation) -> None:
    store, _ = machine.start()
    ids = []
    for n in range(7):
        machine.hands.now -= 3600  # a clock that goes backwards changes nothing
        ids.append(add(store, JANE, f"call-{n}"))
    add(store, replace(JANE, homeowner=Homeowner("John", "Doe", "john@example.com")), "call-john")
    assert [call.plan_id for call in store.past_calls("jane", limit=3)] == ids[:-4:-1]
    assert len(store.past_calls("jane")) == 7
    assert len(store.past_calls("wisteria")) == 8


def test_words_that_begin_alike_are_told_apart(machine: Workstation) -> None:
    store, _ = machine.start()
    names = ["Mari", "Marie", "Mariette", "Marietta", "Marin", "Martin"]
    for name in names:
        add(store, replace(JANE, homeowner=Homeowner(name, "Doe", "")), f"call-{name}")

    def found(words: str) -> set[str]:
        return {call.title.split()[0] for call in store.past_calls(words)}

    assert found("mari") == {"Mari", "Marie", "Mariette", "Marietta", "Marin"}
    assert found("marie") == {"Marie", "Mariette", "Marietta"}
    assert found("mariett") == {"Mariette", "Marietta"}
    assert found("mariette") == {"Mariette"}


def test_nothing_of_a_call_can_be_read_in_the_file_and_no_beginning_of_a_word(machine: Workstation) -> None:
    store, _ = machine.start()
    add(store, JANE, "call-1")
    machine.end()
    raw = b"".join(path.read_bytes() for path in machine.path.parent.iterdir()).lower()
    for word in (
        "jané",
        "oneil",
        "wisteria",
        "wister",
        "littleton",
        "jane.oneil",
        "80120",
        "sunny",
        "installer.example",
    ):
        assert word.encode() not in raw


def test_the_same_word_stands_for_something_else_in_another_store(tmp_path: Path) -> None:
    terms = []
    for name in ("a", "b"):
        with closing(Store(tmp_path / name / "outbox.db")) as store:
            add(store, JANE, "call-1")
            with store._database.reading() as db:
                terms.append({term for (term,) in db.execute("SELECT term FROM terms")})
    assert len(terms[0]) == len(terms[1]) > 20
    assert terms[0].isdisjoint(terms[1])


def test_calls_from_before_there_was_a_search_are_found_once_the_upkeep_has_run(machine: Workstation) -> None:
    store, filer = machine.start()
    ids = [add(store, JANE, f"call-{n}") for n in range(12)]
    filer.run_until_idle(600)
    with store._database.writing() as db:
        db.execute("DELETE FROM found_by")
        db.execute("DELETE FROM terms")
    assert store.past_calls("wisteria") == ()
    upkeep = store.upkeep(90)
    while upkeep.step():
        pass
    assert [call.plan_id for call in store.past_calls("wisteria")] == ids[::-1]
    assert store.past_calls("PTO-1") != ()


def test_what_cannot_be_opened_of_one_call_costs_the_search_that_call_only(machine: Workstation) -> None:
    store, _ = machine.start()
    first, second = add(store, JANE, "call-1"), add(store, JANE, "call-2")
    with store._database.writing() as db:
        db.execute("UPDATE found_by SET facts = x'01ff' WHERE plan_id = ?", (second,))
    assert [call.plan_id for call in store.past_calls("jane")] == [first]


def test_a_text_full_of_names_and_addresses_makes_a_bounded_number_of_words() -> None:
    step = replace(create(Ticket.HOMEOWNER), description="\n".join(f"Homeowner: Word{n} Other{n}" for n in range(5000)))
    found = finding.found_by("t" * 10_000, [step], [])
    assert len(found.words) <= finding.MOST_WORDS
    assert max(map(len, found.words)) <= 40
    assert len(finding.asked_for("word " * 5 + " ".join(f"w{n}" for n in range(1000)))) <= finding.MOST_ASKED


def test_calls_of_a_day_are_found_with_and_without_words(tmp_path: Path) -> None:
    now = [1_000_000.0]
    with closing(Store(tmp_path / "outbox.db", clock=lambda: now[0])) as store:
        ids = []
        for n in range(3):
            now[0] = 1_000_000.0 + n * 100
            ids.append(
                store.add_plan(f"call-{n}", "https://desk.example", "Jane Doe", plan_of(create(Ticket.HOMEOWNER)), {})
            )
        found = store.find_calls("", 10, since=1_000_050.0, until=1_000_150.0)
        assert [call.plan_id for call in found] == [ids[1]]
        assert [call.plan_id for call in store.find_calls("doe", 10, since=1_000_100.0)] == [ids[2], ids[1]]
        assert [call.plan_id for call in store.find_calls(" ", 2)] == [ids[2], ids[1]]
        assert store.find_calls("smith", 10) == ()


def test_a_past_call_says_by_which_playbook_and_what_was_typed(tmp_path: Path) -> None:
    typed = {"values": {"homeowner.first_name": "Jane"}}
    by = {"ptodesk.playbook": {"version": "7"}}
    with closing(Store(tmp_path / "outbox.db")) as store:
        plan_id = store.add_plan(
            "call-1", "https://desk.example", "Jane Doe", plan_of(create(Ticket.HOMEOWNER)), by, call=(typed, "x")
        )
        older = store.add_plan("call-2", "https://desk.example", "John Doe", plan_of(create(Ticket.HOMEOWNER)), {})
        call = store.look_back(plan_id)
        assert (call.playbook, call.payload, call.progress.title) == ("7", typed, "Jane Doe")
        assert (store.look_back(older).playbook, store.look_back(older).payload) == ("", {})
