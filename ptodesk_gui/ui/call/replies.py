"""The replies to the homeowner and to the installer, one beside the other as tabs, each with its Copy."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ptodesk_gui.sop.form import Field
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.card import Card

if TYPE_CHECKING:
    from ptodesk_gui.sop.entry import Entry
    from ptodesk_gui.sop.view import CallView, StaleMark
    from ptodesk_gui.ui.call.reply_side import ReplySide
    from ptodesk_gui.ui.widgets.signs import SignLabel

HOMEOWNER: Final = "homeowner"
INSTALLER: Final = "installer"
TEXT_FIELDS: Final = {HOMEOWNER: Field.HOMEOWNER_REPLY_TEXT, INSTALLER: Field.INSTALLER_REPLY_TEXT}
CHOICE_FIELDS: Final = {HOMEOWNER: Field.HOMEOWNER_REPLY, INSTALLER: Field.INSTALLER_REPLY}
_SIGN: Final = 10  # pixels
_BEHIND_MS: Final = 20  # a little more than a frame: first what is to be said is painted, then the reply
STALE: Final = "What you copied is out of date: copy it again."
TABS: Final = {HOMEOWNER: "To homeowner", INSTALLER: "To installer"}


class Replies(Card):
    """Paints both replies and asks for copies and other choices."""

    copy_requested = Signal(str)  # "homeowner" or "installer"
    reply_chosen = Signal(str, str)
    edited = Signal(str, str)
    pasted = Signal(str)

    def __init__(self, copy_keys: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sides: dict[str, ReplySide] = {}
        self._tabs: dict[str, Button] = {}
        self._copies: dict[str, Button] = {}
        self._stale: dict[str, SignLabel] = {}
        self._due: dict[str, CallView] = {}  # what is not painted yet, by whose reply it is
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        head = QHBoxLayout()
        head.setSpacing(4)
        for who in TABS:
            tab = self._tab(who)
            head.addWidget(tab)
            self._copies[who] = self._copy(who, copy_keys[who])
            head.addWidget(self._copies[who])
            if who == HOMEOWNER:
                head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._tabs[HOMEOWNER].setChecked(True)
        for who, tab in self._tabs.items():  # however it was chosen: by mouse, by key, by a screen reader
            tab.toggled.connect(lambda on, who=who: self.show_side(who) if on else None)

    def sizeHint(self) -> QSize:
        """No more than it must have: it takes the room that what is to be said leaves."""
        return self.minimumSizeHint()

    @property
    def sides(self) -> "Mapping[str, ReplySide]":
        """The two sides as they are now; made when they are first needed, which is after the first paint."""
        self._paint(*TABS)
        return self._sides

    @property
    def shown(self) -> str:
        """Whose reply is shown."""
        return next(who for who, tab in self._tabs.items() if tab.isChecked())

    def load(self, entry: "Entry") -> None:
        """Fill in the agent's own words, saying nothing."""
        for who, side in self.sides.items():
            side.load(entry.text(TEXT_FIELDS[who]))

    def set_view(self, view: "CallView") -> None:
        """Paint both choices: the one that is shown in the turn after what is to be said, so that no key waits for it; the other when it is looked at."""
        if not self._due.get(self.shown):
            QTimer.singleShot(_BEHIND_MS, self, lambda: self._paint(self.shown))
        self._due = dict.fromkeys(TABS, view)

    def prepare(self) -> "Iterator[None]":
        """Make the two sides, each in a step."""
        for who in TABS:
            self._make(who)
            yield

    def _paint(self, *sides: str) -> None:
        for who in TABS:
            self._make(who)
        for who in sides:
            if (view := self._due.pop(who, None)) is not None:
                side = self._sides[who]
                side.set_choice(view.homeowner_reply if who == HOMEOWNER else view.installer_reply)
                side.set_word(view.field_words.get(TEXT_FIELDS[who]))

    def set_stale(self, marks: "Iterable[StaleMark]") -> None:
        """Mark the replies that were copied and are out of date, with the facts that changed."""
        marks = tuple(marks)
        for who, copy in self._copies.items():
            words = " ".join(mark.text for mark in marks if mark.what == CHOICE_FIELDS[who])
            self.sides[who].set_stale(words)
            if words and who not in self._stale:
                self._stale[who] = _corner_sign(copy)
            if who in self._stale:
                self._stale[who].setVisible(bool(words))
            copy.setAccessibleDescription(STALE if words else "")

    def show_side(self, who: str) -> None:
        """Show the reply to one person."""
        self._tabs[who].setChecked(True)
        self._stack.setCurrentWidget(self.sides[who])

    def go_to(self, who: str) -> None:
        """Show the reply to one person and put the keyboard on its choice."""
        self.show_side(who)
        self.sides[who].take_focus()

    def step(self, by: int) -> None:
        """Ask for the next reply to the person shown, or the one before."""
        self.sides[self.shown].step(by)

    def focus_field(self, path: str) -> bool:
        """Put the keyboard on a reply's choice or its own words; False when the path is another field's."""
        for who, side in self.sides.items():
            if path == CHOICE_FIELDS[who]:
                self.go_to(who)
                return True
            if path == TEXT_FIELDS[who]:
                self.show_side(who)
                side.editor.setFocus()
                return True
        return False

    def _make(self, who: str) -> None:
        if who in self._sides:
            return
        from ptodesk_gui.ui.call.reply_side import ReplySide

        self._sides[who] = side = ReplySide(who, TEXT_FIELDS[who])
        self._stack.addWidget(side)
        self._connect(who, side)

    def _choose(self, who: str, reply: str) -> None:
        """Ask for another choice, and paint it at once: own words may be typed with the next key."""
        self.reply_chosen.emit(who, reply)
        self._paint(who)

    def _tab(self, who: str) -> Button:
        tab = Button(TABS[who], Kind.TAB)
        tab.setCheckable(True)
        tab.setAccessibleName(f"Show the {who} reply")
        self._group.addButton(tab)
        self._tabs[who] = tab
        return tab

    def _copy(self, who: str, key: str) -> Button:
        copy = Button(f"Copy  {key}")
        copy.setAccessibleName(f"Copy the reply to the {who}")
        copy.clicked.connect(lambda: self.copy_requested.emit(who))
        return copy

    def _connect(self, who: str, side: "ReplySide") -> None:
        path = TEXT_FIELDS[who].value
        side.chosen.connect(lambda reply: self._choose(who, reply))
        side.edited.connect(lambda text: self.edited.emit(path, text))
        side.editor.text_pasted.connect(lambda: self.pasted.emit(path))


def _corner_sign(button: Button) -> "SignLabel":
    """A warning in the margin of a button: it takes no room beside it."""
    from PySide6.QtCore import Qt

    from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

    sign = SignLabel(Sign.WARNING, button)
    sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    sign.setFixedSize(_SIGN, _SIGN)
    sign.setToolTip(STALE)
    sign.move(1, 2)
    return sign
