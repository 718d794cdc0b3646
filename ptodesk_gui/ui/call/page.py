"""The call page: the checklist on one side, what follows from it on the other."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.view import CallView, Item
from ptodesk_gui.ui.call import keys
from ptodesk_gui.ui.call.checklist import Checklist
from ptodesk_gui.ui.call.grace_card import GraceCard
from ptodesk_gui.ui.call.notices import Notices
from ptodesk_gui.ui.call.replies import HOMEOWNER, INSTALLER, Replies
from ptodesk_gui.ui.call.say_panel import SayPanel
from ptodesk_gui.ui.widgets.scrolling import ScrollBox

_DISCLOSURE: Final = "disclosure"
_LEAST: Final = 130  # pixels of height below which it scrolls anyway
_USUAL: Final = 250


class CallPage(QWidget):
    """Paints a ``CallView`` and says what the agent does. It decides nothing and keeps nothing but the letters typed."""

    edited = Signal(str, str)  # path of the field, what stands in it
    pasted = Signal(str)
    copy_requested = Signal(str)  # "homeowner" or "installer"
    reply_chosen = Signal(str, str)  # who; a reply's id, "own", or "" for the procedure's choice
    end_call_requested = Signal()
    focus_changed = Signal(str)
    passed_the_end = Signal()  # Enter in the last field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CallView | None = None
        self.checklist = Checklist(keys.ITEMS, keys.TICKS)
        self.grace = GraceCard()
        self.notices = Notices()
        self.say = SayPanel()
        self.replies = Replies({HOMEOWNER: keys.COPY_HOMEOWNER, INSTALLER: keys.COPY_INSTALLER})
        self._lay_out()
        self._connect()

    def set_view(self, view: CallView) -> None:
        """Paint what follows from what is typed; only what changed is painted anew. Inputs are never touched."""
        self._view = view
        self.checklist.set_items(view.checklist, view.next_item)
        self.checklist.set_words(view.field_words)
        self.checklist.set_installer_concern(view.installer_concern)
        self.checklist.set_disclosure_asked(any(n.id == _DISCLOSURE for n in view.notices))
        self.grace.set_view(view.grace)
        self.notices.set_notices(view.notices)
        self.say.set_sayings(view.say, view.grace.sentence)
        self.replies.set_view(view)

    def load(self, entry: Entry) -> None:
        """Fill every input from the entry, saying nothing."""
        self.checklist.load(entry)
        self.replies.load(entry)

    def focus_field(self, path: str) -> bool:
        """Put the keyboard into the field with this path; False when the page has none."""
        return self.checklist.focus_field(path) or self.replies.focus_field(path)

    def focus_item(self, item: Item) -> None:
        """Go to an item of the checklist."""
        self.checklist.focus_item(item)

    def toggle(self, field: Field) -> None:
        """Tick or untick a yes/no input."""
        self.checklist.toggle(field)

    def focus_next_item(self) -> None:
        """Go to the item that is to be asked for next."""
        if self._view is not None and self._view.next_item is not None:
            self.focus_item(self._view.next_item)

    def _connect(self) -> None:
        self.checklist.edited.connect(self.edited)
        self.checklist.pasted.connect(self.pasted)
        self.checklist.focus_changed.connect(self.focus_changed)
        self.checklist.passed_the_end.connect(self.passed_the_end)
        self.notices.field_requested.connect(self.focus_field)
        self.replies.copy_requested.connect(self.copy_requested)
        self.replies.reply_chosen.connect(self.reply_chosen)
        self.replies.edited.connect(self.edited)
        self.replies.pasted.connect(self.pasted)

    def _lay_out(self) -> None:
        advice = QWidget()
        column = QVBoxLayout(advice)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.notices)
        column.addWidget(self.say, 1)
        right = QVBoxLayout()
        right.setSpacing(5)
        right.addWidget(self.grace)
        right.addWidget(_Advice(advice, "What to say now", least=_LEAST))
        right.addWidget(self.replies, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        form = ScrollBox(self.checklist, "Checklist", least=_LEAST)
        self.checklist.focus_changed.connect(lambda: form.reveal(self.checklist.focusWidget()))
        row.addWidget(form, 50)
        row.addLayout(right, 50)


class _Advice(ScrollBox):
    """As high as what is to be said, so that all of it is seen as long as the window is high enough."""

    def sizeHint(self) -> QSize:
        """The height of the content at the present width."""
        layout = self.inner.layout()
        needed = layout.totalHeightForWidth(self.window_part.width()) if layout is not None else 0
        return QSize(400, max(needed + 2, _USUAL))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content changed: ask for its new height."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.inner:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
