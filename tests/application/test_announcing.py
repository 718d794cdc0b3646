"""What changes by itself is spoken: each of it once, flags at once, nothing into typing."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ptodesk_gui.application.announcing import Announcing, Heard, Spoken
from ptodesk_gui.application.call import CallAtHand, Standing
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.workstation.playbook_files import load_playbook

TODAY = date(2026, 3, 14)


class Call(QObject):
    """A call at hand that says when it has changed, and an outbox that moves on."""

    changed = Signal()
    progressed = Signal(object)
    queued = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        playbook = load_playbook()
        self.at_hand = CallAtHand(Clock(now=lambda: 0.0, today=lambda: TODAY, steady=lambda: 0.0), "Dana Reyes")
        self.at_hand.use(lambda entry, today: call_view(entry, playbook, today))
        self.spoken: list[Spoken] = []
        clock = Clock(now=lambda: 100.0)
        self.announcing = Announcing(self._speak, self.at_hand, self, self, self, clock, "Ctrl+B", self)  # type: ignore[arg-type]
        self.quiet = self.announcing._quiet

    def _speak(self, text: str, urgent: bool) -> None:
        self.spoken.append(Spoken(text, urgent))

    def type(self, field: Field, text: str) -> None:
        """Letter after letter, as typing is."""
        for end in range(1, len(text) + 1):
            self.at_hand.edit(field, text[:end])
            self.changed.emit()

    def heard(self) -> list[Spoken]:
        """What is spoken once the agent pauses."""
        assert self.quiet.isActive()
        self.quiet.stop()
        self.quiet.timeout.emit()
        spoken, self.spoken = self.spoken, []
        return spoken


@pytest.fixture
def call(qtbot: QtBot) -> Call:
    return Call()


def test_the_words_to_say_and_the_period_are_spoken_once_when_the_agent_pauses__C8(call: Call) -> None:
    call.type(Field.M2, "2/1/2026")
    assert call.spoken == [], "nothing is spoken into typing"
    grace, say = call.heard()
    assert grace.text.startswith("Day 41 of 60")
    assert say.text.startswith("Say now: I see your system was fully installed in February")
    assert [grace.urgent, say.urgent] == [False, False]
    call.type(Field.FIRST_NAME, "Jane")
    assert call.heard() == []


def test_a_blank_is_named_and_filling_it_says_nothing_twice__C9(call: Call) -> None:
    call.type(Field.M2, "12/1/2025")
    assert "blank: installer" in call.heard()[1].text
    call.type(Field.INSTALLER, "Sunny Roofs")
    assert call.heard() == []
    call.announcing.again()
    assert "Your installer, Sunny Roofs," in call.spoken[0].text


def test_a_flag_interrupts_and_is_spoken_again_only_after_it_was_gone__C2(call: Call) -> None:
    for field, text in ((Field.CITY, "Littleton"), (Field.STATE, "CO"), (Field.INSTALLER, "Top Electric")):
        call.type(field, text)
    flags = call.heard()
    assert flags
    assert all(flag.urgent for flag in flags)
    call.type(Field.ZIP, "80120")
    assert call.heard() == []
    call.type(Field.CITY, "Denver")
    call.heard()
    call.type(Field.CITY, "Littleton")
    assert [flag for flag in call.heard() if "Littleton" in flag.text]


def test_a_date_that_cannot_be_used_is_spoken__C14(call: Call) -> None:
    call.type(Field.M2, "13/5/2026")
    assert any("month 13" in spoken.text for spoken in call.heard())


def test_a_call_that_is_taken_up_is_spoken_as_it_stands(call: Call) -> None:
    call.type(Field.M2, "2/1/2026")
    call.heard()
    call.at_hand.take(Standing(Entry("another", "", {Field.M2.value: "2/1/2026"}), Field.FIRST_NAME))
    call.changed.emit()
    assert len(call.heard()) == 2
    call.at_hand.begin("Dana Reyes")
    call.changed.emit()
    assert call.heard() == [], "an empty call has nothing to say"


def test_filing_is_spoken_at_its_turns_and_a_refusal_is_left_to_the_window() -> None:
    heard = Heard()
    plan = PlanProgress(1, "call", "practice", "Jane Doe, Sunny Roofs", 0.0, PlanState.WAITING, (), {}, {})
    waiting, filing, person, later, filed = (PlanState(s) for s in ("waiting", "filing", "person", "later", "filed"))
    turns = [
        heard.of_plan(replace(plan, state=state, tickets={"homeowner": "PTO-1"}), 0.0, "Ctrl+B")
        for state in (waiting, filing, person, later, later, filed, filed)
    ]
    assert [turn.text if turn else "" for turn in turns] == [
        "Jane Doe, Sunny Roofs: being filed.",
        "",
        "",
        "Jane Doe, Sunny Roofs: Not all filed yet; tried again by itself (0 of 0 steps done). Homeowner ticket PTO-1",
        "",
        "Jane Doe, Sunny Roofs: Filed. Homeowner ticket PTO-1",
        "",
    ]


def test_how_long_a_filed_call_can_be_taken_back_is_spoken_once_and_at_once(call: Call) -> None:
    plan = PlanProgress(
        1, "call", "practice", "Jane Doe, Sunny Roofs", 0.0, PlanState.WAITING, (), {}, {}, undo_until=110.0
    )
    call.queued.emit(plan)
    call.progressed.emit(plan)
    assert call.spoken == [Spoken("Jane Doe, Sunny Roofs: sent in 10 seconds. Ctrl+B takes it back.", urgent=True)]
