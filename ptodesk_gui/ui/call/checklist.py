"""The checklist: every item visible at once, filled in any order, by the keyboard alone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ptodesk_gui.sop.form import Field, Item
from ptodesk_gui.ui.call import keys
from ptodesk_gui.ui.call.fields import LINES, NOTES
from ptodesk_gui.ui.call.inputs import AnyInput, Inputs
from ptodesk_gui.ui.call.offers import FieldOffers, Offers
from ptodesk_gui.ui.call.section import Section
from ptodesk_gui.ui.call.word_in_full import WordInFull
from ptodesk_gui.ui.widgets.choice_row import ChoiceRow
from ptodesk_gui.ui.widgets.inputs import LineInput, TextInput
from ptodesk_gui.ui.widgets.toggles import CheckBox

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

    from ptodesk_gui.sop.entry import Entry
    from ptodesk_gui.sop.view import ChecklistItem, FieldWord

_NOTES: Final = tuple(NOTES)


class Checklist(QWidget):
    """Paints the checklist and says what was typed, letter for letter."""

    edited = Signal(str, str)  # path of the field, what stands in it
    pasted = Signal(str)
    focus_changed = Signal(str)
    passed_the_end = Signal()  # Enter in the last field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inputs = Inputs()
        self.sections = {item: Section(item, key, self.inputs.bodies[item]) for item, key in keys.ITEMS.items()}
        self._loading = False
        self._words: Mapping[Field, FieldWord] = {}
        self._addition = ""
        self._field_of: dict[QObject, Field] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for item, section in self.sections.items():
            column.addWidget(section, 1 if item is Item.CONCERN else 0)
        column.addStretch(0)
        self._in_full = WordInFull(self)
        self._offers = FieldOffers(self, self.inputs.by_field.__getitem__)
        for field, made in self.inputs.by_field.items():
            self._connect(field, made)
        self.inputs.by_field[Field.DISCLOSURE_CONFIRMED].setEnabled(False)
        self.inputs.add_notes.setEnabled(False)
        self.inputs.add_notes.clicked.connect(self.add_notes)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def text_resized(self) -> None:
        """What is measured by the text is measured anew."""
        self.inputs.text_resized()

    def wide_width(self) -> int:
        """The width it needs with the names beside the inputs."""
        return max(section.wide_width() for section in self.sections.values())

    def set_stacked(self, stacked: bool) -> None:
        """The names over the inputs, or beside them."""
        for section in self.sections.values():
            section.set_stacked(stacked)

    @property
    def focused(self) -> Field | None:
        """The field that has the keyboard."""
        widget = self.focusWidget()
        return self._field_of.get(widget) if widget is not None and widget.hasFocus() else None

    def load(self, entry: "Entry") -> None:
        """Fill every input from the entry, saying nothing."""
        self._loading = True
        try:
            for field in self.inputs.by_field:
                self.inputs.fill(field, entry.text(field))
        finally:
            self._loading = False

    def refill(self, entry: "Entry") -> None:
        """Fill the inputs that the entry has otherwise; cursor and undo of the others stay."""
        self._loading = True
        try:
            for field in self.inputs.by_field:
                if self.inputs.value(field) != entry.text(field):
                    self.inputs.fill(field, entry.text(field))
        finally:
            self._loading = False

    def set_items(self, items: "tuple[ChecklistItem, ...]", next_item: Item | None) -> None:
        """Paint the states."""
        for shown in items:
            section = self.sections[shown.item]
            section.set_item(shown)
            section.set_next(shown.item is next_item)

    def set_words(self, words: "Mapping[Field, FieldWord]") -> None:
        """Show the word beside each field that has one."""
        if words == self._words:
            return
        self._words = words
        for field, frame in self.inputs.frames.items():
            frame.set_word(words.get(field))
        self.inputs.date_words.set_words(words)
        self._await_callout()

    def set_offers(self, offers: Offers) -> None:
        """Show, under the field with the keyboard, what may be meant by what stands there."""
        self._offers.set_offers(offers)
        self._await_callout()

    def set_installer_concern(self, text: str) -> None:
        """Show what the installer ticket says while the agent has typed nothing else."""
        made = self.inputs.by_field[Field.INSTALLER_CONCERN]
        if isinstance(made, TextInput) and not made.typed and made.placeholderText() != text:
            made.setPlaceholderText(text)

    def set_disclosure_asked(self, asked: bool) -> None:
        """Whether the disclosure is to be confirmed at all."""
        made = self.inputs.by_field[Field.DISCLOSURE_CONFIRMED]
        made.setEnabled(asked or bool(self.inputs.value(Field.DISCLOSURE_CONFIRMED)))

    def set_addition(self, text: str) -> None:
        """What can be added to the concern, letter for letter; empty when nothing can."""
        self._addition = text
        self.inputs.add_notes.setEnabled(bool(text))

    def add_notes(self) -> None:
        """Add the notes to the concern, as if they were typed at its end; the agent asked for it (T8)."""
        made = self.inputs.by_field[Field.CONCERN]
        if isinstance(made, TextInput) and self._addition:
            made.add(self._addition)

    def focus_field(self, path: str, reason: "Qt.FocusReason | None" = None) -> bool:
        """Put the keyboard into a field; False when this form has no such field."""
        made = next((m for f, m in self.inputs.by_field.items() if f.value == path), None)
        if made is None:
            return False
        if isinstance(made, ChoiceRow):
            made.take_focus()
        elif reason is None:
            made.setFocus()
        else:
            made.setFocus(reason)
            if isinstance(made, LineInput):
                made.end(False)  # the next key must not take the place of what is there
        return True

    def focus_item(self, item: Item) -> None:
        """Go to the first input of an item that is empty; from within the item, or when none is, to its first."""
        from PySide6.QtCore import Qt  # here and below: not before the first paint

        own = [field for field, of in self.inputs.item_of.items() if of is item]
        focused = self.focused
        missing = [f for f in own if self._is_empty_line(f)] if item in LINES and focused not in own else []
        self.focus_field((missing or own)[0].value, Qt.FocusReason.ShortcutFocusReason)

    def toggle(self, field: Field) -> None:
        """Tick or untick a yes/no input from anywhere."""
        made = self.inputs.by_field[field]
        if isinstance(made, CheckBox) and made.isEnabled():
            made.toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the inputs leave to the form: Enter goes on, Up and Down walk through the notes, and through what is offered."""
        from PySide6.QtCore import Qt

        field, key = self.focused, event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if field is not None and plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on(field)
        elif (
            plain and key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._offers.step(1 if key == Qt.Key.Key_Down else -1)
        ):
            return
        elif field in _NOTES and plain and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            at = (_NOTES.index(field) + (1 if key == Qt.Key.Key_Down else -1)) % len(_NOTES)
            self.focus_field(_NOTES[at].value, Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _go_on(self, field: Field) -> None:
        """To the next field; the notes are one stop, and the pronoun, where typed letters would be lost, is none."""
        from PySide6.QtCore import Qt

        order = list(self.inputs.by_field)
        for following in order[order.index(field) + 1 :]:
            same_notes = following in _NOTES and field in _NOTES
            passed = same_notes or following is Field.PRONOUN
            if not passed and self.inputs.by_field[following].isEnabled():
                self.focus_field(following.value, Qt.FocusReason.TabFocusReason)
                return
        self.passed_the_end.emit()

    def _is_empty_line(self, field: Field) -> bool:
        return isinstance(self.inputs.by_field[field], LineInput) and not self.inputs.value(field)

    def _connect(self, field: Field, made: AnyInput) -> None:
        if isinstance(made, ChoiceRow):
            made.chosen.connect(lambda value: self._say(field))
            self._field_of |= dict.fromkeys(made.buttons, field)
            return
        self._field_of[made] = field
        if isinstance(made, CheckBox):
            made.toggled.connect(lambda on: self._say(field))
        else:
            made.textChanged.connect(lambda *text: self._say(field))
            made.text_pasted.connect(lambda: self.pasted.emit(field.value))

    def _say(self, field: Field) -> None:
        if not self._loading:
            self.edited.emit(field.value, self.inputs.value(field))
            self._offers.typed(field)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        """The keyboard is elsewhere in the program."""
        self._in_full.hide()
        field = self._field_of.get(now) if now is not None else None
        self._offers.follow(field)
        if field is not None:
            self.focus_changed.emit(field.value)
            self._await_callout()

    def _await_callout(self) -> None:
        field = self.focused
        told = field is None or field is self.inputs.date_words.told or self._offers.shown
        self._in_full.await_quiet(None if told or field is None else self.inputs.frames.get(field))
