"""The receipt and the outbox list: what is done, what is not, and what a person can do about it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ptodesk_gui.sop.progress import SEEN_TO, PlanProgress, PlanState, StepProgress, StepState
from ptodesk_gui.sop.steps import CreateTicket, InternalComment, PublicReply, Ticket
from ptodesk_gui.ui.outbox import KeptCall, OutboxPage, ReceiptPage, has_left

NOON = 1_790_000_000.0
CREATE = CreateTicket(
    id="homeowner.create",
    rules=("H1",),
    ticket=Ticket.HOMEOWNER,
    project="PTO",
    request_type="PTO/M3 delay",
    summary="Sample",
    description="Sample",
    labels=("PTO",),
    organization=None,
    reporter="jane@example.com",
    assignee=None,
)
REPLY = PublicReply(
    id="homeowner.reply", rules=("H4",), ticket=Ticket.HOMEOWNER, reply="homeowner_within", body="Sample"
)
NOTE = InternalComment(id="homeowner.comment", rules=("T5",), ticket=Ticket.HOMEOWNER, body="Sample")


def create(state: StepState, **more: object) -> StepProgress:
    return StepProgress(CREATE, "Create the homeowner ticket", state, **more)  # type: ignore[arg-type]


def note(state: StepState, **more: object) -> StepProgress:
    return StepProgress(NOTE, "Write the internal comment", state, **more)  # type: ignore[arg-type]


def reply(state: StepState, **more: object) -> StepProgress:
    return StepProgress(REPLY, "Reply to the homeowner", state, **more)  # type: ignore[arg-type]


def plan(state: PlanState, *steps: StepProgress, plan_id: int = 7, **more: object) -> PlanProgress:
    tickets = {"homeowner": "PTO-12"} if steps and steps[0].state is StepState.DONE else {}
    urls = {role: f"http://127.0.0.1/browse/{key}" for role, key in tickets.items()}
    return PlanProgress(
        plan_id,
        f"call-{plan_id}",
        "practice",
        "Jane Doe, Sunny Roofs",
        NOON - plan_id,
        state,
        steps,
        tickets,
        urls,
        **more,
    )  # type: ignore[arg-type]


def texts(widget: QWidget) -> str:
    QApplication.processEvents()  # new rows are shown in the turn after
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def button(widget: QWidget, start: str) -> QPushButton:
    return next(b for b in widget.findChildren(QPushButton) if b.text().startswith(start))


def plan_list(page: OutboxPage) -> QListWidget:
    return next(rows for rows in page.findChildren(QListWidget) if rows.accessibleName() == "Filed calls")


@pytest.fixture
def receipt(qtbot: QtBot) -> ReceiptPage:
    page = ReceiptPage()
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def outbox(qtbot: QtBot) -> OutboxPage:
    page = OutboxPage()
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.mark.parametrize("state", [PlanState.WAITING, PlanState.FILING, PlanState.LATER, PlanState.PERSON])
def test_half_a_plan_is_never_called_filed(receipt: ReceiptPage, state: PlanState) -> None:
    receipt.set_progress(plan(state, create(StepState.DONE), note(StepState.REFUSED, reason="No.", cure="Ask.")))
    assert not receipt.state_words.startswith("Filed")
    assert "1 of 2 steps done" in receipt.state_words


def test_a_plan_that_claims_to_be_filed_but_has_an_open_step_is_not_called_filed(receipt: ReceiptPage) -> None:
    receipt.set_progress(plan(PlanState.FILED, create(StepState.DONE), note(StepState.WAITING)))
    assert not receipt.state_words.startswith("Filed")


def test_the_receipt_shows_the_key_and_opens_its_page(receipt: ReceiptPage, qtbot: QtBot) -> None:
    receipt.set_progress(plan(PlanState.FILED, create(StepState.DONE), reply(StepState.DONE)))
    assert receipt.state_words == "Filed"
    with qtbot.waitSignal(receipt.open_requested) as opened:
        button(receipt, "Open in browser").click()
    assert opened.args == ["http://127.0.0.1/browse/PTO-12"]
    with qtbot.waitSignal(receipt.copy_requested) as copied:
        button(receipt, "Copy key").click()
    assert copied.args == ["PTO-12"]


def test_what_the_site_left_to_a_person_is_shown_although_all_is_done__M1(receipt: ReceiptPage) -> None:
    receipt.set_progress(
        plan(PlanState.FILED, create(StepState.DONE, left_to_do="Set the reporter of PTO-12 to jane@example.com."))
    )
    assert "left for you" in receipt.state_words
    assert "Set the reporter of PTO-12 to jane@example.com." in texts(receipt)


def test_a_held_plan_says_why_and_what_to_do(receipt: ReceiptPage) -> None:
    receipt.set_progress(
        plan(PlanState.PERSON, create(StepState.WAITING), held="You are signed out.", held_cure="Type a new token.")
    )
    assert "You are signed out. Type a new token." in texts(receipt)


def test_the_next_call_can_begin_while_filing(receipt: ReceiptPage, qtbot: QtBot) -> None:
    receipt.set_progress(plan(PlanState.FILING, create(StepState.SENDING)))
    with qtbot.waitSignal(receipt.new_call_requested):
        qtbot.keyClick(button(receipt, "New call"), Qt.Key.Key_Space)


def test_a_shorter_plan_leaves_no_rows_of_the_longer_one(receipt: ReceiptPage) -> None:
    receipt.set_progress(plan(PlanState.FILING, create(StepState.DONE), note(StepState.SENDING)))
    receipt.set_progress(plan(PlanState.FILING, create(StepState.SENDING)))
    assert "Write the internal comment" not in texts(receipt)


def test_the_outbox_lists_the_newest_first_with_state_reason_and_time(outbox: OutboxPage) -> None:
    older = plan(PlanState.PERSON, create(StepState.REFUSED, reason="Refused.", cure="Ask."), plan_id=9)
    outbox.set_plans([older, plan(PlanState.FILED, create(StepState.DONE), plan_id=3)], NOON)
    rows = plan_list(outbox)
    assert rows.count() == 2
    assert "Filed" in rows.item(0).text()
    second = rows.item(1).text()
    assert "a person is needed" in second
    assert "Refused." in second
    assert "since " in second


def test_the_chosen_plan_stays_chosen_when_others_move(outbox: OutboxPage) -> None:
    plans = [plan(PlanState.FILED, create(StepState.DONE), plan_id=n) for n in (1, 2, 3)]
    outbox.set_plans(plans, NOON)
    rows = plan_list(outbox)
    rows.setCurrentRow(2)
    outbox.set_plans([plan(PlanState.FILING, create(StepState.SENDING), plan_id=0), *plans], NOON)
    assert rows.currentItem().data(Qt.ItemDataRole.UserRole) == 3


def test_retry_is_offered_where_it_can_help(outbox: OutboxPage, qtbot: QtBot) -> None:
    outbox.set_plans([plan(PlanState.LATER, create(StepState.LATER, reason="No network."))], NOON)
    with qtbot.waitSignal(outbox.retry_requested) as asked:
        button(outbox, "Try again").click()
    assert asked.args == [7]
    outbox.set_plans([plan(PlanState.FILED, create(StepState.DONE))], NOON)
    assert not button(outbox, "Try again").isVisibleTo(outbox)


def test_an_unclear_ticket_needs_its_key_before_it_counts_as_there(outbox: OutboxPage, qtbot: QtBot) -> None:
    outbox.set_plans([plan(PlanState.PERSON, create(StepState.UNCLEAR, ask_arrived=True))], NOON)
    there = button(outbox, "It is there")
    assert not there.isEnabled()
    qtbot.keyClicks(outbox.findChildren(QLineEdit)[0], "pto-12")
    with qtbot.waitSignal(outbox.arrived_requested) as said:
        there.click()
    assert said.args == [7, "homeowner.create", "PTO-12"]


def test_both_choices_of_an_unclear_step_are_explained(outbox: OutboxPage, qtbot: QtBot) -> None:
    outbox.set_plans([plan(PlanState.PERSON, create(StepState.DONE), note(StepState.UNCLEAR, ask_arrived=True))], NOON)
    assert "could make it twice" in texts(outbox)
    assert button(outbox, "It is there").isEnabled()
    with qtbot.waitSignal(outbox.resend_requested) as said:
        button(outbox, "It is not there").click()
    assert said.args == [7, "homeowner.comment"]


def test_a_step_that_is_still_being_looked_up_asks_nobody(outbox: OutboxPage) -> None:
    outbox.set_plans([plan(PlanState.FILING, create(StepState.UNCLEAR))], NOON)
    assert not button(outbox, "It is there").isVisibleTo(outbox)
    assert "being looked up" in texts(outbox)


def test_an_empty_outbox_says_so(outbox: OutboxPage) -> None:
    outbox.set_plans([], NOON)
    assert "The outbox is empty." in texts(outbox)
    outbox.set_kept((KeptCall("call-1", "Jane Doe", NOON),), NOON)
    assert "The outbox is empty." not in texts(outbox), "a call is kept"


def test_what_was_left_is_ticked_off_by_its_step(receipt: ReceiptPage, qtbot: QtBot) -> None:
    receipt.set_progress(plan(PlanState.FILED, create(StepState.DONE, left_to_do="Set the reporter of PTO-12.")))
    with qtbot.waitSignal(receipt.ticked_off) as ticked:
        button(receipt, "I have done this").click()
    assert ticked.args == [7, "homeowner.create"]
    receipt.set_progress(plan(PlanState.FILED, create(StepState.DONE), reply(StepState.DONE)))
    assert "Nothing is left to do." in texts(receipt)


def test_a_ticket_without_reporter_or_reply_is_left_to_a_person__M1(receipt: ReceiptPage) -> None:
    bare = StepProgress(replace(CREATE, reporter=None), "Create the homeowner ticket", StepState.DONE)
    receipt.set_progress(plan(PlanState.FILED, bare, note(StepState.DONE)))
    assert receipt.state_words == "Filed, with something left for you"
    assert "Homeowner ticket PTO-12 has no reporter" in texts(receipt)
    assert "Homeowner ticket PTO-12 has no reply yet" in texts(receipt)


def test_what_the_plan_left_out_is_ticked_off_and_is_no_longer_shown__M1(receipt: ReceiptPage, qtbot: QtBot) -> None:
    bare = StepProgress(replace(CREATE, reporter=None), "Create the homeowner ticket", StepState.DONE)
    receipt.set_progress(plan(PlanState.FILED, bare, note(StepState.DONE)))
    assert has_left(plan(PlanState.FILED, bare, note(StepState.DONE)))
    with qtbot.waitSignal(receipt.ticked_off) as ticked:
        button(receipt, "I have done this").click()
    assert ticked.args == [7, "homeowner.create"]
    seen_to = plan(PlanState.FILED, replace(bare, reason=SEEN_TO), note(StepState.DONE))
    receipt.set_progress(seen_to)
    assert not has_left(seen_to)
    assert receipt.state_words == "Filed"
    assert "Nothing is left to do." in texts(receipt)


def test_what_the_site_left_is_ticked_off_before_what_the_plan_left_out__M1(receipt: ReceiptPage) -> None:
    both = StepProgress(
        replace(CREATE, reporter=None), "Create the homeowner ticket", StepState.DONE, left_to_do="Set the assignee."
    )
    receipt.set_progress(plan(PlanState.FILED, both, note(StepState.DONE)))
    ticks = [b.accessibleName() for b in receipt.findChildren(QPushButton) if b.text().startswith("I have done this")]
    assert ticks == ["I have done this: Set the assignee."]


def test_a_call_that_was_not_filed_can_be_taken_up_again(outbox: OutboxPage, qtbot: QtBot) -> None:
    outbox.set_kept((KeptCall("call-1", "Jane Doe", NOON), KeptCall("call-2", "John Example", NOON)), NOON)
    next(r for r in outbox.findChildren(QListWidget) if "not filed" in r.accessibleName()).setCurrentRow(1)
    with qtbot.waitSignal(outbox.take_up_requested) as asked:
        button(outbox, "Take up again").click()
    assert asked.args == ["call-2"]


def test_throwing_a_call_away_takes_a_second_press(outbox: OutboxPage, qtbot: QtBot) -> None:
    outbox.set_kept((KeptCall("call-1", "Jane Doe", NOON),), NOON)
    asked: list[str] = []
    outbox.throw_away_requested.connect(asked.append)
    button(outbox, "Throw away").click()
    assert asked == []
    button(outbox, "Press again").click()
    assert asked == ["call-1"]


def test_a_plan_that_waits_for_a_person_is_not_said_to_go_on(receipt: ReceiptPage) -> None:
    receipt.set_progress(plan(PlanState.PERSON, create(StepState.DONE), note(StepState.REFUSED, reason="No.")))
    assert "goes on in the background" not in texts(receipt)
    assert "What is left waits for you" in texts(receipt)


@pytest.mark.parametrize("word", ["sentence ", "https://example.com/" + "x" * 120])
def test_no_row_is_wider_than_its_list(outbox: OutboxPage, word: str, qapp: QApplication) -> None:
    reason = "Jira refused what was sent: " + word * 12
    outbox.resize(1100, 700)
    outbox.set_plans([plan(PlanState.PERSON, create(StepState.REFUSED, reason=reason))], NOON)
    outbox.set_kept((KeptCall("call-1", reason, NOON),), NOON)
    qapp.processEvents()
    for rows in outbox.findChildren(QListWidget):
        if rows.isVisibleTo(outbox):
            room = rows.viewport().width()
            assert [rows.visualItemRect(rows.item(row)).width() for row in range(rows.count())] == [room]
            assert not rows.horizontalScrollBar().isVisible()
    kept = next(rows for rows in outbox.findChildren(QListWidget) if "not filed" in rows.accessibleName())
    assert kept.visualItemRect(kept.item(0)).bottom() < kept.viewport().height()
