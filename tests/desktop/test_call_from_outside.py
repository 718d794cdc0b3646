"""A whole call on a real screen, driven from outside: by keys and through the accessibility tree, as a screen reader sees it."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.sop.entry import Field
from tests.acceptance.agent import SAMPLE, Desk
from tests.desktop.screen import Driver, need_desktop, screen, window

POLITE = 1  # as AT-SPI's announcements have it


@pytest.fixture
def outside(own_home: Path) -> Iterator[Driver]:
    """The window on a screen of its own, in practice mode, and what works it from outside."""
    need_desktop()
    with screen() as environment, window(own_home, environment) as driver:
        yield driver


def us(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def test_a_whole_call_without_mouse_and_without_sight__H1_H2_I1_I2(outside: Driver, own_home: Path) -> None:
    today = date.today()
    facts = SAMPLE | {Field.M1: us(today - timedelta(70)), Field.M2: us(today - timedelta(30))}
    way = (*facts, None)  # Enter goes from field to field, but for where an item is gone to by its key
    for field, then in pairwise(way):
        part = outside("focused", field.value)
        assert (part["role"], bool(part["name"])) == ("text", True), part
        if field is Field.INSTALLER:  # the compact window, and back
            outside("keys", "F11")
            outside("focused", f"compact.{field.value}")
            outside("type", facts[field])
            outside("says", f"compact.{field.value}", facts[field])
            outside("keys", "F11")
            outside("focused", field.value)
        else:
            outside("type", facts[field])
        outside("says", field.value, facts[field])
        if field is Field.M2:
            heard = outside("announced", "Say now: ")
            assert [weight for text, weight in heard if re.search(r"Day 3[01] of 60", text)] == [POLITE]
        outside("keys", {Field.STREET: "alt+2", Field.CONCERN: "alt+7", None: "F9"}.get(then, "Return"))
    outside("announced", "Nothing keeps this from being filed.")
    outside("keys", "ctrl+Return")
    heard = outside("announced", "Jane Doe, Sunny Roofs: Filed")
    spoken = [
        text for text, _ in heard if not text.startswith("Down arrow takes")
    ]  # those whenever they are shown anew
    assert len(set(spoken)) == len(spoken), "each of it is said once"
    (keys,) = [text for text in spoken if "Jane Doe, Sunny Roofs: Filed" in text]
    homeowner, installer = re.findall(r"PTO-\d+", keys)
    for key in (homeowner, installer):
        assert outside("showing", key, "label")
    with PracticeDesk(own_home / "ptodesk-data" / "practice") as served:
        desk = Desk(served)
        try:
            first, second = desk.ticket(homeowner), desk.ticket(installer)
        finally:
            desk.close()
    assert first.title == "Homeowner Concern Received – Jane Doe – Sunny Roofs"
    assert second.title == "Homeowner Concern – Sunny Roofs – Jane Doe"
    assert (first.reporter, first.links) == ("jane@example.com", [("is caused by", installer)])
