"""What the window's actions do, in one block."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from ptodesk_gui.ui import actions
from ptodesk_gui.ui.call.replies import HOMEOWNER, INSTALLER

if TYPE_CHECKING:
    from ptodesk_gui.ui.main_window import MainWindow


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
    table["help"].triggered.connect(window.toggle_help)
    table["quit"].triggered.connect(window.close)
