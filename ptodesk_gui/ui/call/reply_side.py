"""The reply to one person: which one and why, the others, and how it reads now."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QStackedWidget, QVBoxLayout, QWidget

from ptodesk_gui.sop.entry import OWN, Field
from ptodesk_gui.sop.view import FieldWord, ReplyChoice
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call.reply_options import OWN_TITLE, ReplyOptions
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.inputs import TextInput
from ptodesk_gui.ui.widgets.keyed import give_key
from ptodesk_gui.ui.widgets.labelled import Labelled
from ptodesk_gui.ui.widgets.plain_label import PlainLabel
from ptodesk_gui.ui.widgets.rendering_label import RenderingLabel
from ptodesk_gui.ui.widgets.scrolling import ScrollBox
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

AUTOMATIC: Final = "Undo my choice"
NO_REPLY: Final = "No reply is sent."


class ReplySide(QWidget):
    """Paints a ``ReplyChoice``."""

    chosen = Signal(str)  # a reply's id, OWN, or "" for the procedure's choice
    edited = Signal(str)  # the agent's own words, letter for letter

    def __init__(self, person: str, text_field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: ReplyChoice | None = None
        self._loading = False
        self.options = ReplyOptions(person)
        self.editor = TextInput(3, least=2)
        self.own = Labelled(OWN_TITLE, self.editor, text_field.value, f"Reply to the {person} in my own words")
        self._why = PlainLabel()
        self._why.setWordWrap(True)
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._stale = QWidget()
        self._stale_words = PlainLabel()
        self._stale_words.setWordWrap(True)
        self._stale_words.setTextFormat(Qt.TextFormat.PlainText)
        self._stale.hide()
        self._automatic = Button(AUTOMATIC, Kind.QUIET)
        self._automatic.setAccessibleName(f"{AUTOMATIC}: the procedure chooses the reply to the {person}")
        give_key(self._automatic, "Ctrl+F6")
        self._preview = RenderingLabel(theme.font(theme.FIELD))
        self._none = QLabel(NO_REPLY)
        self._reading = QStackedWidget()
        self._lay_out(person)
        self._automatic.clicked.connect(lambda: self.chosen.emit(""))
        self.options.chosen.connect(self.chosen)
        self.editor.textChanged.connect(self._typed)

    def load(self, own_words: str) -> None:
        """Fill in the agent's own words, saying nothing."""
        self._loading = True
        try:
            self.editor.setPlainText(own_words)
        finally:
            self._loading = False

    def set_choice(self, choice: ReplyChoice) -> None:
        """Paint which reply is chosen, and how it reads."""
        if choice == self._choice:
            return
        self._choice = choice
        self.options.set_options(choice.options, choice.chosen)
        self._why.setText(choice.why)
        self._automatic.setVisible(choice.by_agent)
        option = choice.chosen_option
        if choice.chosen == OWN:
            self._reading.setCurrentIndex(1)
        elif option is None:
            self._reading.setCurrentIndex(2)
        else:
            self._preview.set_rendering(option.words)
            self._reading.setCurrentIndex(0)

    def set_word(self, word: FieldWord | None) -> None:
        """Show the word about the agent's own words."""
        self.own.set_word(word)

    def set_stale(self, words: str) -> None:
        """Say that what was copied is out of date, and why; empty when it is not."""
        if words != self._stale_words.text():
            self._stale_words.setText(words)
            self._stale.setVisible(bool(words))

    def step(self, by: int) -> None:
        """Ask for the next reply that fits, or the one before; one that does not fit is chosen in the list, never in passing."""
        chosen = self._choice.chosen if self._choice else None
        order, fitting = list(self.options.ids), set(self.options.fitting)
        at = order.index(chosen) if chosen in order else (-1 if by > 0 else 0)
        for steps in range(1, len(order) + 1):
            reply = order[(at + by * steps) % len(order)]
            if reply in fitting and reply != chosen:
                self.chosen.emit(reply)
                return

    def take_focus(self) -> None:
        """Put the keyboard on the choice."""
        self.options.take_focus()

    def _typed(self) -> None:
        if not self._loading:
            self.edited.emit(self.editor.typed)

    def _lay_out(self, person: str) -> None:
        for widget in (
            ScrollBox(self._preview, f"How the reply to the {person} reads", keyboard=True),
            _held(self.own),
            _top(self._none),
        ):
            self._reading.addWidget(widget)
        right = QVBoxLayout()
        right.setSpacing(2)
        stale = QHBoxLayout(self._stale)
        stale.setContentsMargins(0, 0, 0, 0)
        stale.setSpacing(4)
        stale.addWidget(SignLabel(Sign.WARNING), 0, Qt.AlignmentFlag.AlignTop)
        stale.addWidget(self._stale_words, 1)
        right.addWidget(self._stale)
        right.addLayout(self._why.in_measure())
        right.addWidget(self._reading, 1)
        options = ScrollBox(self.options, f"Replies to the {person}")
        self.options.chosen_row_changed.connect(lambda: options.reveal(self.options.chosen_row))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(options, 1)
        left.addWidget(self._automatic)
        row.addLayout(left, 38)
        row.addLayout(right, 62)


def _top(label: QLabel) -> QWidget:
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    return label


def _held(layout: QLayout) -> QWidget:
    held = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    held.setLayout(layout)
    return held
