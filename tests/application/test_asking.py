"""An answer counts only for the site that was asked."""

from dataclasses import dataclass
from typing import Any

from pytestqt.qtbot import QtBot

from ptodesk_gui.application.asking import OTHER_SITE, Asking


@dataclass
class Place:
    """Has a reader, which is its own name."""

    site: str = "https://desk.example"

    def reader(self) -> Any:
        return self.site


def test_what_one_site_answered_is_no_answer_once_another_is_set(qtbot: QtBot) -> None:
    place = Place()
    answers: list[Any] = []
    asking = Asking(place)  # type: ignore[arg-type]

    def meanwhile(reader: Any) -> str:
        place.site = "https://other.example"
        return f"a ticket of {reader}"

    asking.ask(meanwhile, answers.append)
    qtbot.waitUntil(lambda: answers == [OTHER_SITE])
    asking.ask(lambda reader: f"a ticket of {reader}", answers.append)
    qtbot.waitUntil(lambda: answers == [OTHER_SITE, "a ticket of https://other.example"])
    assert asking.stop(60)
