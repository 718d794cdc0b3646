"""Every action of the window with its key, in one table. The palette lists it. Made after the first paint."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ptodesk_gui.ui.call import keys
from ptodesk_gui.ui.call.fields import DOUBLE_BILLING, NOTES, TITLES
from ptodesk_gui.ui.main_window import CALL

ANYWHERE: Final = ""

CHECKLIST_GROUP: Final = "Go to"
TICK_GROUP: Final = "Tick from anywhere"
REPLY_GROUP: Final = "Replies"
TICKET_GROUP: Final = "Tickets that are there"
WINDOW_GROUP: Final = "Call and window"
PRACTICE_GROUP: Final = "Practice"
TYPING_GROUP: Final = "While typing"


@dataclass(frozen=True, slots=True)
class Spec:
    """One action: its id, what it does in words, its key, the group it is listed in, the page it works on."""

    id: str
    text: str
    key: str
    group: str
    page: str = CALL


@dataclass(frozen=True, slots=True)
class Habit:
    """A key that a field or a page has by itself; listed, not bound."""

    text: str
    key: str
    group: str


ITEM_IDS: Final = {item: f"item.{item}" for item in keys.ITEMS}
TICK_IDS: Final = {field: f"tick.{field}" for field in keys.TICKS}
OPEN_CALL_IDS: Final = {number: f"call.{number}" for number in keys.OPEN_CALLS}
TEXT_SIZE_IDS: Final = {"text.larger": 1, "text.smaller": -1, "text.usual": 0}
_TICK_WORDS: Final = {**NOTES, keys.DOUBLE_BILLING_FIELD: DOUBLE_BILLING[0]}

ACTIONS: Final[tuple[Spec, ...]] = (
    *(Spec(ITEM_IDS[item], TITLES[item], key, CHECKLIST_GROUP) for item, key in keys.ITEMS.items()),
    Spec("item.next", "What to ask next", keys.NEXT_ITEM, CHECKLIST_GROUP),
    *(Spec(TICK_IDS[field], _TICK_WORDS[field], key, TICK_GROUP) for field, key in keys.TICKS.items()),
    Spec("notes.add", "Add what is ticked to the concern", keys.ADD_NOTES, TICK_GROUP),
    Spec("reply.homeowner", "Homeowner reply", keys.GO_HOMEOWNER, REPLY_GROUP),
    Spec("reply.installer", "Installer reply", keys.GO_INSTALLER, REPLY_GROUP),
    Spec("reply.next", "Next reply", keys.NEXT_REPLY, REPLY_GROUP),
    Spec("reply.previous", "Previous reply", keys.PREVIOUS_REPLY, REPLY_GROUP),
    Spec("say.on", "Further down in what to say", keys.SCROLL, REPLY_GROUP),
    Spec("say.back", "Back up in what to say", keys.SCROLL_BACK, REPLY_GROUP),
    Spec("said", "Said it, or not after all", keys.SAID, REPLY_GROUP),
    Spec("said.also", "Said the second sentence, or not after all", keys.SAID_ALSO, REPLY_GROUP),
    Spec("speak", "Have it all spoken again", "Ctrl+Shift+S", REPLY_GROUP),
    Spec("copy.homeowner", "Copy homeowner reply", keys.COPY_HOMEOWNER, REPLY_GROUP),
    Spec("copy.installer", "Copy installer reply", keys.COPY_INSTALLER, REPLY_GROUP),
    Spec("copy.line", "Copy one line of what to say or of the reply", "Ctrl+L", REPLY_GROUP),
    Spec("copy.back", "Bring back what was copied before", "Shift+F2", REPLY_GROUP, ANYWHERE),
    Spec("history", "Open tickets of the homeowner", "Ctrl+H", TICKET_GROUP),
    Spec("news", "New information for the open ticket", "Ctrl+I", TICKET_GROUP),
    Spec("tickets", "Open a ticket, waiting tickets", "Ctrl+T", TICKET_GROUP, ANYWHERE),
    Spec("source", "How the ticket came", "F7", TICKET_GROUP),
    Spec("paste", "Take from pasted text", "Ctrl+Shift+V", TICKET_GROUP),
    Spec("call.end", "End call, review", keys.END_CALL, WINDOW_GROUP),
    Spec("call.new", "New call", "Ctrl+N", WINDOW_GROUP, ANYWHERE),
    Spec("call.waiting", "Take the call that waits", "Ctrl+Shift+N", WINDOW_GROUP, ANYWHERE),
    Spec("call.next", "Next open call", "Ctrl+Tab", WINDOW_GROUP, ANYWHERE),
    Spec("call.previous", "Open call before", "Ctrl+Shift+Tab", WINDOW_GROUP, ANYWHERE),
    *(
        Spec(OPEN_CALL_IDS[number], f"Go to open call {number}", key, WINDOW_GROUP, ANYWHERE)
        for number, key in keys.OPEN_CALLS.items()
    ),
    Spec("call.back", "Take the filed call back before it is sent", "Ctrl+B", WINDOW_GROUP, ANYWHERE),
    Spec("call.copy", "Copy all that was typed", "Ctrl+Shift+C", WINDOW_GROUP, ANYWHERE),
    Spec("outbox", "Outbox", "Ctrl+Shift+O", WINDOW_GROUP, ANYWHERE),
    Spec("past", "Past calls: find, look at, go on from", "Ctrl+F", WINDOW_GROUP, ANYWHERE),
    Spec("playbook", "Playbook in use", "Ctrl+Shift+P", WINDOW_GROUP, ANYWHERE),
    Spec("settings", "Settings", "Ctrl+,", WINDOW_GROUP, ANYWHERE),
    Spec("look.next", "Light, dark, high contrast", "Ctrl+Shift+D", WINDOW_GROUP, ANYWHERE),
    Spec("text.larger", "Larger text", "Ctrl+=", WINDOW_GROUP, ANYWHERE),
    Spec("text.smaller", "Smaller text", "Ctrl+-", WINDOW_GROUP, ANYWHERE),
    Spec("text.usual", "Text as large as the system's", "Ctrl+0", WINDOW_GROUP, ANYWHERE),
    Spec("compact", "Compact window, whole window", "F11", WINDOW_GROUP, ANYWHERE),
    Spec("report", "What went wrong, to copy", "Ctrl+Shift+E", WINDOW_GROUP, ANYWHERE),
    Spec("find", "Find an action by its name", "Ctrl+K", WINDOW_GROUP, ANYWHERE),
    Spec("help", "All actions and keys", "F1", WINDOW_GROUP, ANYWHERE),
    Spec("quit", "Quit", "Ctrl+Q", WINDOW_GROUP, ANYWHERE),
)

PRACTICE_ACTIONS: Final[tuple[Spec, ...]] = (  # in practice mode only
    Spec("practice", "Practice callers", "Ctrl+P", PRACTICE_GROUP, ANYWHERE),
    Spec("practice.next", "What the caller says next", "F8", PRACTICE_GROUP, ANYWHERE),
    Spec("practice.compare", "Compare with the procedure", "Shift+F8", PRACTICE_GROUP, ANYWHERE),
    Spec("practice.bad_day", "Bad day on the desk", "Ctrl+Shift+B", PRACTICE_GROUP, ANYWHERE),
)

HABITS: Final[tuple[Habit, ...]] = (
    Habit("Next field", "Enter", TYPING_GROUP),
    Habit("New line", "Shift+Enter", TYPING_GROUP),
    Habit("Field before", "Shift+Tab", TYPING_GROUP),
    Habit("Choose", "Up, Down", TYPING_GROUP),
    Habit("Tick", "Space", TYPING_GROUP),
    Habit("Undo", "Ctrl+Z", TYPING_GROUP),
)

LISTED: Final[tuple[Spec | Habit, ...]] = (*ACTIONS, *HABITS)

PAGE_WORDS: Final = {
    CALL: "the call",
    "review": "the review",
    "receipt": "the receipt",
    "outbox": "the outbox",
    "tickets": "the tickets",
    "playbook": "the playbook",
    "past": "past calls",
    "comparison": "the comparison",
}
ELSEWHERE: Final = "Works in {page}"
NOT_NOW: Final = "Not now"


def build_actions(owner: QWidget, specs: Iterable[Spec] = ACTIONS) -> dict[str, QAction]:
    """The actions of the table by their ids, added to the window so that their keys work."""
    made: dict[str, QAction] = {}
    for spec in specs:
        action = QAction(spec.text, owner)
        action.setShortcut(QKeySequence(spec.key))
        action.setAutoRepeat(False)
        action.setData(spec.page)
        action.setToolTip(f"{spec.text} ({spec.key})")
        owner.addAction(action)
        made[spec.id] = action
    return made
