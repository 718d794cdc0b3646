"""One item of the checklist at a time, to be answered where the window is narrow."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ptodesk_gui.sop.form import YES, Field, Item, ItemState
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call import fields, keys
from ptodesk_gui.ui.call.offers import FieldOffers
from ptodesk_gui.ui.widgets.card import Card
from ptodesk_gui.ui.widgets.choice_row import ChoiceRow
from ptodesk_gui.ui.widgets.inputs import LineInput, TextInput
from ptodesk_gui.ui.widgets.labelled import Labelled, muted, name_field, words
from ptodesk_gui.ui.widgets.toggles import CheckBox

if TYPE_CHECKING:
    from ptodesk_gui.sop.entry import Entry
    from ptodesk_gui.sop.view import CallView

AnyInput = LineInput | TextInput | ChoiceRow | CheckBox
_TEXTS: Final = {Field.CONCERN: fields.CONCERN, Field.INSTALLER_CONCERN: fields.INSTALLER_CONCERN}


class CompactAnswers(Card):
    """Paints one item and says what is typed, letter for letter. Which item it is changes only when the agent goes on."""

    edited = Signal(str, str)  # path of the field, what stands in it
    pasted = Signal(str)
    focus_changed = Signal(str)
    passed_the_end = Signal()  # Enter, and there is nothing more to ask

    def __init__(self) -> None:
        super().__init__()
        self.item = Item.CALLER
        self.by_field: dict[Field, AnyInput] = {}
        self._frames: dict[Field, Labelled] = {}
        self._bodies: dict[Item, QWidget] = {}
        self._item_of: dict[Field, Item] = {}
        self._view: CallView | None = None
        self._loading = False
        self._title = words("", theme.FIELD, bold=True)
        self._key = muted("")
        self._state = muted("")
        self._state.setWordWrap(True)
        self._offers = FieldOffers(self, self.by_field.__getitem__)
        self._lay_out()
        for field, made in self.by_field.items():
            self._connect(field, made)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.show_item(self.item)

    @property
    def focused(self) -> Field | None:
        """The field that has the keyboard."""
        return self._field_of(QApplication.focusWidget())

    def set_view(self, view: "CallView") -> None:
        """Paint what follows from what is typed; the item stays as long as the keyboard is in it."""
        self._view = view
        for field, frame in self._frames.items():
            frame.set_word(view.field_words.get(field))
        self._offers.set_offers(view.offers)
        if self.focused is None and view.next_item is not None:
            self.show_item(view.next_item)
        self._say_state()

    def fill(self, entry: "Entry") -> None:
        """Fill the inputs that the entry has otherwise, saying nothing."""
        self._loading = True
        try:
            for field, made in self.by_field.items():
                if self._value(made) != entry.text(field):
                    _put(made, entry.text(field))
        finally:
            self._loading = False

    def show_item(self, item: Item) -> None:
        """Show another item."""
        self.item = item
        self._title.setText(fields.TITLES[item])
        self._key.setText(keys.ITEMS[item])
        for each, body in self._bodies.items():
            body.setVisible(each is item)
        self._say_state()

    def focus_item(self, item: Item) -> None:
        """Show an item with the keyboard in its first input that is empty."""
        self.show_item(item)
        own = [field for field, of in self._item_of.items() if of is item]
        empty = [f for f in own if isinstance(self.by_field[f], LineInput) and not self._value(self.by_field[f])]
        self._focus((empty or own)[0])

    def focus_field(self, path: str) -> bool:
        """Show a field's item with the keyboard in the field; False when it is none of these."""
        field = next((f for f in self.by_field if f.value == path), None)
        if field is not None:
            self.show_item(self._item_of[field])
            self._focus(field)
        return field is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Up and Down go through what is offered."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.focused is not None:
            self._go_on(self.focused)
        elif key not in (Qt.Key.Key_Down, Qt.Key.Key_Up) or not self._offers.step(1 if key == Qt.Key.Key_Down else -1):
            super().keyPressEvent(event)

    def _go_on(self, field: Field) -> None:
        """To the next field of the item; after its last one to the next item that is not done."""
        order = [f for f, item in self._item_of.items() if item is self.item]
        ticks = {f for f in order if isinstance(self.by_field[f], CheckBox)}
        after = [f for f in order[order.index(field) + 1 :] if not (field in ticks and f in ticks)]
        if after:
            self._focus(after[0])
            return
        items = list(Item)
        done = {shown.item for shown in self._view.checklist if shown.state is ItemState.DONE} if self._view else set()
        ahead = [item for item in items[items.index(self.item) + 1 :] if item not in done]
        if ahead:
            self.focus_item(ahead[0])
        else:
            self.passed_the_end.emit()

    def _focus(self, field: Field) -> None:
        made = self.by_field[field]
        if isinstance(made, ChoiceRow):
            made.take_focus()
        else:
            made.setFocus(Qt.FocusReason.OtherFocusReason)

    def _field_of(self, widget: QObject | None) -> Field | None:
        for field, made in self.by_field.items():
            if widget is made or (isinstance(made, ChoiceRow) and widget in made.buttons):
                return field
        return None

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        field = self._field_of(now)
        self._offers.follow(field)
        if field is not None:
            self.focus_changed.emit(field.value)

    def _say_state(self) -> None:
        shown = next((each for each in self._view.checklist if each.item is self.item), None) if self._view else None
        if shown is not None:
            head = fields.STATE_WORDS[shown.state]
            self._state.setText(f"{head}. {shown.wanted}" if shown.wanted else head)

    def _connect(self, field: Field, made: AnyInput) -> None:
        if isinstance(made, ChoiceRow):
            made.chosen.connect(lambda value: self._say(field))
        elif isinstance(made, CheckBox):
            made.toggled.connect(lambda on: self._say(field))
        else:
            made.textChanged.connect(lambda *text: self._say(field))
            made.text_pasted.connect(lambda: self.pasted.emit(field.value))

    def _say(self, field: Field) -> None:
        if not self._loading:
            self.edited.emit(field.value, self._value(self.by_field[field]))
            self._offers.typed(field)

    @staticmethod
    def _value(made: AnyInput) -> str:
        if isinstance(made, LineInput):
            return made.text()
        if isinstance(made, TextInput):
            return made.typed
        return made.value if isinstance(made, ChoiceRow) else YES if made.isChecked() else ""

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._key)
        head.addWidget(self._state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        for item in Item:
            body = self._bodies[item] = QWidget()
            rows = QVBoxLayout(body)
            rows.setContentsMargins(0, 0, 0, 0)
            rows.setSpacing(2)
            self._fill_body(item, rows)
            column.addWidget(body)

    def _fill_body(self, item: Item, rows: QVBoxLayout) -> None:
        for line_row in fields.LINES.get(item, ()):
            row = QHBoxLayout()
            row.setSpacing(8)
            for line in line_row:
                made = LineInput()
                made.setMinimumWidth(40)
                if line.example:
                    made.set_example(line.example)
                row.addLayout(self._add(item, line.field, made, line.label, line.spoken), line.share)
            rows.addLayout(row)
        if item is Item.INSPECTION:
            choice = ChoiceRow(fields.INSPECTION, fields.TITLES[item])
            layout = choice.layout()
            if isinstance(layout, QBoxLayout):
                layout.setDirection(QBoxLayout.Direction.TopToBottom)
            rows.addLayout(self._add(item, Field.INSPECTION, choice, "", fields.TITLES[item]))
        ticks = {Field.DOUBLE_BILLING: fields.DOUBLE_BILLING[0]} if item is Item.CONCERN else {}
        for field, (label, spoken) in _TEXTS.items() if item is Item.CONCERN else ():
            text = TextInput(3, least=2, enter_goes_on=True)
            rows.addLayout(self._add(item, field, text, label, spoken))
        for field, label in (fields.NOTES if item is Item.CONTACT else ticks).items():
            box = CheckBox(label)
            name_field(box, fields.NOTES_SPOKEN.get(field, fields.DOUBLE_BILLING[1]), f"compact.{field}")
            self.by_field[field], self._item_of[field] = box, item
            rows.addLayout(_with_key(box, keys.TICKS[field]))

    def _add(
        self, item: Item, field: Field, made: LineInput | TextInput | ChoiceRow, label: str, spoken: str
    ) -> Labelled:
        self.by_field[field], self._item_of[field] = made, item
        frame = self._frames[field] = Labelled(label, made, f"compact.{field}", spoken)
        return frame


def _put(made: AnyInput, value: str) -> None:
    if isinstance(made, LineInput):
        made.setText(value)
    elif isinstance(made, TextInput):
        made.setPlainText(value)
    elif isinstance(made, ChoiceRow):
        made.set_value(value)
    else:
        made.setChecked(value == YES)


def _with_key(box: CheckBox, key: str) -> QHBoxLayout:
    row = QHBoxLayout()
    label: QLabel = muted(key)
    row.addWidget(box)
    row.addWidget(label)
    row.addStretch(1)
    return row
