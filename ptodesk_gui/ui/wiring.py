"""What the window's actions do, in one block."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction

from ptodesk_gui.ui import actions
from ptodesk_gui.ui.call.replies import HOMEOWNER, INSTALLER

if TYPE_CHECKING:
    from ptodesk_gui.ui.main_window import MainWindow

ALL_ASKED: Final = "Everything is asked"
NOTHING_TO_ADD: Final = "Nothing is ticked that the concern does not have"
NOTHING_TO_SAY: Final = "Nothing of that kind is to be said now"


def connect(window: "MainWindow", table: Mapping[str, QAction]) -> None:
    """Connect the actions of the call and the window with those who do them."""
    page = window.call_page
    for item, id_ in actions.ITEM_IDS.items():
        table[id_].triggered.connect(lambda _=False, item=item: page.focus_item(item))
    for field, id_ in actions.TICK_IDS.items():
        table[id_].triggered.connect(lambda _=False, field=field: page.toggle(field))
    for who in (HOMEOWNER, INSTALLER):
        table[f"copy.{who}"].triggered.connect(lambda _=False, who=who: page.copy_requested.emit(who))
        table[f"reply.{who}"].triggered.connect(lambda _=False, who=who: page.replies.go_to(who))
    table["notes.add"].triggered.connect(page.checklist.add_notes)
    table["item.next"].triggered.connect(page.focus_next_item)
    table["reply.next"].triggered.connect(lambda: page.replies.step(1))
    table["reply.previous"].triggered.connect(lambda: page.replies.step(-1))
    table["say.on"].triggered.connect(lambda: page.scroll_saying(1))
    table["say.back"].triggered.connect(lambda: page.scroll_saying(-1))
    table["call.end"].triggered.connect(page.end_call_requested)
    table["call.new"].triggered.connect(window.new_call_requested)
    table["call.copy"].triggered.connect(window.copy_all_requested)
    table["outbox"].triggered.connect(window.outbox_requested)
    table["settings"].triggered.connect(window.settings_requested)
    for id_, by in actions.TEXT_SIZE_IDS.items():
        table[id_].triggered.connect(lambda _=False, by=by: window.text_size_requested.emit(by))
    table["look.next"].triggered.connect(window.theme_requested)
    for id_ in ("help", "find"):
        table[id_].triggered.connect(window.toggle_palette)
    table["quit"].triggered.connect(window.close)
    _say_why_not(window)


def _say_why_not(window: "MainWindow") -> None:
    """Why an action of the call can do nothing now, for the palette."""
    page = window.call_page

    def asked() -> str:
        return ALL_ASKED if page.view is not None and page.view.next_item is None else ""

    def added() -> str:
        return "" if page.checklist.inputs.add_notes.isEnabled() else NOTHING_TO_ADD

    def said(number: int) -> str:
        return NOTHING_TO_SAY if page.view is None or len(page.view.say) <= number else ""

    window.set_why_not("item.next", asked)
    window.set_why_not("notes.add", added)
    window.set_why_not("said", lambda: said(0))
    window.set_why_not("said.also", lambda: said(1))
