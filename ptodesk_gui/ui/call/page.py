"""The call page: the checklist on one side, what follows from it on the other."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptodesk_gui.sop.form import Field, Item
from ptodesk_gui.ui.call import keys
from ptodesk_gui.ui.call.advice_box import AdviceBox
from ptodesk_gui.ui.call.checklist import Checklist
from ptodesk_gui.ui.call.grace_card import GraceCard
from ptodesk_gui.ui.call.notices import Notices
from ptodesk_gui.ui.call.replies import HOMEOWNER, INSTALLER, Replies
from ptodesk_gui.ui.call.say_panel import SayPanel
from ptodesk_gui.ui.widgets.scrolling import ScrollBox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ptodesk_gui.sop.entry import Entry
    from ptodesk_gui.sop.view import CallView, StaleMark
    from ptodesk_gui.ui.call.stacked import Stacked
    from ptodesk_gui.ui.widgets.part import Part

_SAID: Final = "said"
_DISCLOSURE: Final = "disclosure"
_LEAST: Final = 130  # pixels of height below which it scrolls anyway
_BETWEEN: Final = 24  # pixels of width beside and between the two columns
_AROUND_FORM: Final = 12  # pixels beside the form, with its scroll bar
_USUAL_FLAGS: Final = 2
_STRIP_LINES: Final = 2.1  # lines of text that are kept for what is known of open tickets


class CallPage(QWidget):
    """Paints a ``CallView`` and says what the agent does. It decides nothing and keeps nothing but the letters typed."""

    edited = Signal(str, str)  # path of the field, what stands in it
    pasted = Signal(str)
    copy_requested = Signal(str)  # "homeowner" or "installer"
    reply_chosen = Signal(str, str)  # who; a reply's id, "own", or "" for the procedure's choice
    end_call_requested = Signal()
    focus_changed = Signal(str)
    said_requested = Signal(int)  # the number of a saying that was said, or not after all
    passed_the_end = Signal()  # Enter in the last field
    asking_changed = Signal(bool)  # whether something is still to be asked for
    # what was asked for, for whoever paints the call where this page is not shown
    field_wanted = Signal(str)
    item_wanted = Signal(object)  # Item
    scroll_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CallView | None = None
        self.checklist = Checklist()
        self.grace = GraceCard()
        self.notices = Notices()
        self.say = SayPanel()
        self._body = QWidget()
        self._stacked: Stacked | None = None
        self._strip_room = QWidget()
        self._parts: list[Part] = []
        self._marks: tuple[StaleMark, ...] = ()
        self._over: QWidget | None = None
        self.replies = Replies({HOMEOWNER: keys.COPY_HOMEOWNER, INSTALLER: keys.COPY_INSTALLER})
        self._lay_out()
        self._connect()
        self.text_resized()

    def text_resized(self) -> None:
        """Keep room for the line about open tickets."""
        self._strip_room.setFixedHeight(round(self.fontMetrics().height() * _STRIP_LINES))
        self._form.updateGeometry()
        self._stack_where_narrow()
        if self._stacked is not None:  # once more when all in it has been laid out in its new size
            QTimer.singleShot(0, self, self._stack_where_narrow)

    def prepare(self) -> "Iterator[None]":
        """Make what the first facts need, a part in each step, while there is time for it."""
        yield from self.replies.prepare()
        self.say.add_box()
        yield
        for _ in range(_USUAL_FLAGS):
            self.notices.add_row()
        yield

    @property
    def view(self) -> "CallView | None":
        """What is painted; None before the first."""
        return self._view

    def set_view(self, view: "CallView") -> None:
        """Paint what follows from what is typed; only what changed is painted anew. Inputs are never touched."""
        self._view = view
        self.asking_changed.emit(view.next_item is not None)
        self.checklist.set_items(view.checklist, view.next_item)
        self.checklist.set_words(view.field_words)
        self.checklist.set_offers(view.offers)
        self.checklist.set_installer_concern(view.installer_concern)
        self.checklist.set_addition(view.concern_addition)
        self.checklist.set_disclosure_asked(any(n.id == _DISCLOSURE for n in view.notices))
        self.grace.set_view(view.grace)
        with self._to_say.change() as changed:
            flagged = self._show_notices()
            advised, fresh = self.say.set_advice(view.say, view.ask, view.grace.sentence)
            if flagged or advised:
                changed(self.say.ask, *self.say.boxes, self.say, self.notices)
        if fresh is not None:
            self._to_say.begin_at(None if fresh is self.say.first else fresh)
        self.replies.set_view(view)

    def set_marks(self, marks: "tuple[StaleMark, ...]", said: frozenset[str]) -> None:
        """Mark what was copied or said and is out of date, and what was said."""
        if marks != self._marks:
            self._marks = marks
            self._show_notices()
            self.replies.set_stale(marks)
        self.say.set_said(said)

    def _show_notices(self) -> bool:
        """The flags of the call, and before them what was said and is out of date; what was copied is marked at the replies.

        False when they are those that are shown.
        """
        from ptodesk_gui.sop.view import Notice  # not before the first paint

        stale = tuple(Notice(f"stale.{m.field}", m.rule, m.text, m.field) for m in self._marks if m.what == _SAID)
        return self.notices.set_notices((*stale, *(self._view.notices if self._view is not None else ())))

    def load(self, entry: "Entry") -> None:
        """Fill every input from the entry, saying nothing."""
        self.checklist.load(entry)
        self.replies.load(entry)
        self.load_parts(entry)

    def load_parts(self, entry: "Entry") -> None:
        """Fill the inputs of the parts that were added, saying nothing."""
        for part in self._parts:
            part.load(entry)

    def refill(self, entry: "Entry") -> None:
        """Fill the inputs that the entry has otherwise, saying nothing."""
        self.checklist.refill(entry)
        self.load_parts(entry)

    def focus_field(self, path: str) -> bool:
        """Put the keyboard into the field with this path; False when the page has none."""
        there = self.checklist.focus_field(path) or self.replies.focus_field(path)
        there = there or any(part.focus_field(path) for part in self._parts)
        self.field_wanted.emit(path)
        return there

    def add_strip(self, strip: "Part") -> None:
        """Put what is known of open tickets into the line that is kept for it."""
        layout = QVBoxLayout(self._strip_room)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(strip)
        self._add_part(strip)

    def add_source(self, source: "Part") -> None:
        """Put the ticket that a case came with over what to say; it shows itself when there is one."""
        self._advice.insertWidget(self._advice.indexOf(self.say), source)
        self._add_part(source)

    def set_saying(self, saying: bool) -> None:
        """Whether there is somebody to say something to."""
        self.say.setVisible(saying)

    def _put_first(self) -> None:
        """The flags over what to say; under it where there is not room for both: what is said next is always seen."""
        crowded = bool(self._to_say.hint)
        at = self._advice.indexOf(self.notices)
        if crowded is (at == 0):
            self._advice.removeWidget(self.notices)
            self._advice.insertWidget(self._advice.count() if crowded else 0, self.notices)
            self._to_say.begin_at(None)

    def show_over(self, panel: QWidget) -> None:
        """Show a panel over what follows from the call, without moving anything."""
        self._over = panel
        self._place_over()
        panel.show()
        panel.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel keeps to its place."""
        super().resizeEvent(event)
        self._stack_where_narrow()
        self._place_over()

    def _stack_where_narrow(self) -> None:
        """One column where the window is too narrow for two, or the text too large. A window that is not shown has no size yet."""
        if not self.window().isVisible():
            return
        form = self.checklist.wide_width() + _AROUND_FORM
        beside = max(self._right.minimumSize().width(), self.replies.minimumSizeHint().width())
        narrow = self.width() < form + beside + _BETWEEN
        self.checklist.set_stacked(narrow and self.width() < form)
        if self._stacked is None and narrow:
            from ptodesk_gui.ui.call.stacked import Stacked  # not before the first paint

            self._stacked = Stacked(self, self._body, self._columns, self._form, self._to_say)
        if self._stacked is not None:
            self._stacked.turn(narrow, self._right, self.replies)

    def _place_over(self) -> None:
        if self._over is not None and self._stacked is not None and self._stacked.on:
            self._over.setGeometry(self.rect())
        elif self._over is not None:
            top, bottom = self.grace.geometry(), self.replies.geometry().bottom()
            self._over.setGeometry(top.left(), top.bottom() + 5, top.width(), bottom - top.bottom() - 4)

    def _add_part(self, part: "Part") -> None:
        self._parts.append(part)
        part.edited.connect(self.edited)
        part.focus_changed.connect(self.focus_changed)

    def focus_item(self, item: Item) -> None:
        """Go to an item of the checklist."""
        self.checklist.focus_item(item)
        self.item_wanted.emit(item)

    def scroll_saying(self, by: int) -> None:
        """Show what comes next of what is to be said (1), or before (-1)."""
        if self._stacked is not None and self._stacked.on:
            self._stacked.show_saying()
        else:
            self._to_say.step(by)
        self.scroll_wanted.emit(by)

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
        self.say.said_requested.connect(self.said_requested)
        self.replies.pasted.connect(self.pasted)

    def _lay_out(self) -> None:
        advice = QWidget()
        column = QVBoxLayout(advice)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.notices)
        column.addWidget(self.say, 1)
        self._advice = column
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.grace)
        self._to_say = AdviceBox(advice, "What to say now", keys.SCROLL, least=_LEAST)
        self._to_say.crowded.connect(lambda: QTimer.singleShot(0, self, self._put_first))
        right.addWidget(self._to_say)
        right.addWidget(self.replies, 1)
        self._right = right
        row = QHBoxLayout()
        row.setSpacing(8)
        self._columns = row
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self._body)
        whole = QVBoxLayout(self._body)
        whole.setContentsMargins(8, 4, 8, 4)
        whole.setSpacing(4)
        whole.addWidget(self._strip_room)
        whole.addLayout(row, 1)
        self._form = form = ScrollBox(self.checklist, "Checklist", least=_LEAST)
        self.checklist.focus_changed.connect(lambda: form.reveal(self.checklist.focusWidget()))
        row.addWidget(form, 50)
        row.addLayout(right, 50)
