"""The call in a narrow strip: the period, what to say, the next item, the copies, and what becomes of filing."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, Signal
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call import keys
from ptodesk_gui.ui.call.advice_box import AdviceBox
from ptodesk_gui.ui.call.grace_card import GraceCard
from ptodesk_gui.ui.call.notices import Notices
from ptodesk_gui.ui.call.replies import HOMEOWNER, INSTALLER
from ptodesk_gui.ui.call.say_panel import SayPanel
from ptodesk_gui.ui.compact_answers import CompactAnswers
from ptodesk_gui.ui.top_bar import NOBODY, OUTBOX_EMPTY, PRACTICE
from ptodesk_gui.ui.widgets import painting
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.labelled import muted, words

if TYPE_CHECKING:
    from ptodesk_gui.sop.entry import Entry
    from ptodesk_gui.sop.view import CallView, ReplyChoice

WHOLE: Final = "Whole window"
NO_REPLY: Final = "No reply is sent"
OWN_WORDS: Final = "My own words"
TO: Final = {HOMEOWNER: "Homeowner", INSTALLER: "Installer"}
_LEAST: Final = 120  # pixels of height for what to say


class CompactPanel(QWidget):
    """Paints a ``CallView`` where there is little room; its signals are those of the call page."""

    copy_requested = Signal(str)  # "homeowner" or "installer"
    end_call_requested = Signal()
    said_requested = Signal(int)

    def __init__(self, key: str, practice: bool) -> None:
        """``key`` shows the whole window again; in ``practice`` that is unmistakable here as well."""
        super().__init__()
        self.setAccessibleName("Compact window")
        self.answers = CompactAnswers()
        self.grace = GraceCard()
        self.notices = Notices()
        self.say = SayPanel()
        self.whole = Button(f"{WHOLE}  {key}", Kind.QUIET)
        self._name = words(NOBODY, bold=True)
        self._outbox = muted(OUTBOX_EMPTY, theme.TEXT)
        self._end = Button(f"End call  {keys.END_CALL}", Kind.PRIMARY)
        self._copies = {
            HOMEOWNER: Button(f"Copy  {keys.COPY_HOMEOWNER}"),
            INSTALLER: Button(f"Copy  {keys.COPY_INSTALLER}"),
        }
        self._replies = {who: muted("") for who in TO}
        self._lay_out(_Practice() if practice else None)
        self.notices.field_requested.connect(self.answers.focus_field)
        self.say.said_requested.connect(self.said_requested)
        self.answers.passed_the_end.connect(lambda: self._end.setFocus())
        self._end.clicked.connect(self.end_call_requested)
        for who, copy in self._copies.items():
            copy.setAccessibleName(f"Copy the reply to the {who}")
            copy.clicked.connect(lambda _=False, who=who: self.copy_requested.emit(who))

    def set_view(self, view: "CallView") -> None:
        """Paint what follows from what is typed."""
        self._name.setText(view.case.homeowner.name or NOBODY)
        self.grace.set_view(view.grace)
        with self._to_say.change() as changed:
            flagged = self.notices.set_notices(view.notices)
            advised, fresh = self.say.set_advice(view.say, view.ask, view.grace.sentence)
            if flagged or advised:
                changed(self.say.ask, *self.say.boxes, self.say, self.notices)
        if fresh is not None:
            self._to_say.begin_at(None if fresh is self.say.first else fresh)
        for who, choice in ((HOMEOWNER, view.homeowner_reply), (INSTALLER, view.installer_reply)):
            self._replies[who].setText(f"{TO[who]}: {_title(choice)}")
        self.answers.set_view(view)
        self._end.set_next(view.next_item is None)

    def fill(self, entry: "Entry") -> None:
        """Fill the inputs that the entry has otherwise, saying nothing."""
        self.answers.fill(entry)

    def set_filing(self, text: str) -> None:
        """What becomes of filing, in words."""
        self._outbox.setText(text)

    def scroll_saying(self, by: int) -> None:
        """Show what comes next of what is to be said (1), or before (-1)."""
        self._to_say.step(by)

    def _lay_out(self, practice: QWidget | None) -> None:
        top = QHBoxLayout()
        if practice is not None:
            top.addWidget(practice)
        top.addWidget(self._name, 1)
        top.addWidget(self.whole)
        advice = QWidget()
        inner = QVBoxLayout(advice)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(self.notices)
        inner.addWidget(self.say, 1)
        self._to_say = AdviceBox(advice, "What to say now", keys.SCROLL, least=_LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.grace)
        column.addWidget(self._to_say, 1)
        column.addWidget(self.answers)
        for who, copy in self._copies.items():
            row = QHBoxLayout()
            self._replies[who].setWordWrap(True)
            row.addWidget(self._replies[who], 1)
            row.addWidget(copy)
            column.addLayout(row)
        end = QHBoxLayout()
        self._outbox.setWordWrap(True)
        end.addWidget(self._outbox, 1)
        end.addWidget(self._end)
        column.addLayout(end)


class _Practice(QWidget):
    """The word on the colour of practice."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.addWidget(words(PRACTICE, bold=True))
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationPaletteChange, QEvent.Type.PaletteChange):
            self._colour()

    def _colour(self) -> None:
        ink = theme.colours(QPalette()).on_practice
        if ink != self.palette().color(QPalette.ColorRole.WindowText):
            self.setPalette(theme.text_palette(ink, ink))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The colour of practice."""
        painter = painting.begin(self)
        painting.fill(painter, painting.rounded(QRectF(self.rect()), 4), theme.colours(QPalette()).practice)
        painter.end()


def _title(choice: "ReplyChoice") -> str:
    """Which reply a copy would take."""
    option = choice.chosen_option
    return option.title if option is not None else OWN_WORDS if choice.chosen else NO_REPLY
