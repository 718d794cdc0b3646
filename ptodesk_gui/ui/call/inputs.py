"""Every input of the checklist, made from the table, and the bodies of the items they stand in."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout

from ptodesk_gui.sop.form import YES, Field, Item
from ptodesk_gui.ui.call import fields, keys
from ptodesk_gui.ui.call.date_words import DateWords
from ptodesk_gui.ui.widgets import numbers
from ptodesk_gui.ui.widgets.button import Button
from ptodesk_gui.ui.widgets.choice_row import ChoiceRow
from ptodesk_gui.ui.widgets.inputs import LineInput, TextInput
from ptodesk_gui.ui.widgets.labelled import Labelled, muted, name_field
from ptodesk_gui.ui.widgets.toggles import CheckBox

_GROWS = 3  # times the usual lines of the concern where there is room
AnyInput = LineInput | TextInput | ChoiceRow | CheckBox


class Inputs:
    """The inputs by field, their labelled frames, and the body of each item."""

    def __init__(self) -> None:
        self.by_field: dict[Field, AnyInput] = {}
        self.frames: dict[Field, Labelled] = {}
        self.item_of: dict[Field, Item] = {}
        self.bodies: dict[Item, QLayout] = {}
        self.date_words = DateWords()
        self.add_notes = Button(fields.ADD_NOTES)
        for item, rows in fields.LINES.items():
            self.bodies[item] = self._line_rows(item, rows)
        self.bodies[Item.INSPECTION] = self._inspection()
        self.bodies[Item.CONTACT] = self._notes()
        self.bodies[Item.CONCERN] = self._concern()

    def value(self, field: Field) -> str:
        """What stands in an input, letter for letter."""
        made = self.by_field[field]
        if isinstance(made, LineInput):
            return made.text()
        if isinstance(made, TextInput):
            return made.typed
        if isinstance(made, ChoiceRow):
            return made.value
        return YES if made.isChecked() else ""

    def fill(self, field: Field, value: str) -> None:
        """Put a value into an input."""
        made = self.by_field[field]
        if isinstance(made, LineInput):
            made.setText(value)
        elif isinstance(made, TextInput):
            made.setPlainText(value)
        elif isinstance(made, ChoiceRow):
            made.set_value(value)
        else:
            made.setChecked(value == YES)

    def text_resized(self) -> None:
        """The button of the notes as high as the ticks."""
        self.add_notes.setFixedHeight(self.by_field[Field.NOTE_UNREACHABLE].sizeHint().height())

    def _add(self, item: Item, field: Field, made: AnyInput) -> None:
        self.by_field[field] = made
        self.item_of[field] = item

    def _labelled(
        self, item: Item, field: Field, label: str, spoken: str, made: LineInput | TextInput | ChoiceRow
    ) -> Labelled:
        frame = Labelled(label, made, field.value, spoken)
        self._add(item, field, made)
        self.frames[field] = frame
        return frame

    def _line_rows(self, item: Item, rows: tuple[tuple[fields.Line, ...], ...]) -> QLayout:
        column = _column()
        for number, line_row in enumerate(rows):
            row = QHBoxLayout()
            row.setSpacing(8)
            for line in line_row:
                made = LineInput()
                if line.example:
                    made.set_example(line.example)
                row.addLayout(self._labelled(item, line.field, line.label, line.spoken, made), line.share)
            if item is Item.CALLER and number == 0:
                label, spoken, choices = fields.PRONOUN
                row.addLayout(self._labelled(item, Field.PRONOUN, label, spoken, ChoiceRow(choices, spoken)))
            column.addLayout(row)
        if item is Item.JOB:
            column.addWidget(self.date_words)
        return column

    def _inspection(self) -> QLayout:
        column = _column()
        made = ChoiceRow(fields.INSPECTION, fields.TITLES[Item.INSPECTION])
        name_field(made, fields.TITLES[Item.INSPECTION], Field.INSPECTION.value)
        self._add(Item.INSPECTION, Field.INSPECTION, made)
        column.addStretch(1)
        column.addWidget(made)
        column.addStretch(1)
        return column

    def _notes(self) -> QLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        for number, (field, words) in enumerate(fields.NOTES.items()):
            made = CheckBox(words)
            name_field(made, fields.NOTES_SPOKEN[field], field.value)
            self._add(Item.CONTACT, field, made)
            row, column = number % 3, number // 3 * 3
            grid.addWidget(made, row, column)
            grid.addWidget(muted(keys.TICKS[field]), row, column + 1)
        number = len(fields.NOTES)
        row, column = number % 3, number // 3 * 3
        grid.addWidget(self._add_notes(), row, column)
        grid.addWidget(muted(keys.ADD_NOTES), row, column + 1)
        grid.setColumnStretch(2, 1)
        grid.setColumnStretch(5, 1)
        return grid

    def _add_notes(self) -> Button:
        """As high as the ticks beside it."""
        button = self.add_notes
        self.text_resized()
        button.setProperty("focusPolicy", numbers.NO_FOCUS)  # it has its key; Tab stays with what is typed
        button.setAccessibleName(fields.ADD_NOTES_SPOKEN)
        button.setToolTip(f"{fields.ADD_NOTES_SPOKEN} ({keys.ADD_NOTES})")
        return button

    def _concern(self) -> QLayout:
        column = _column()
        for field, lines, (label, spoken), stretch in (
            (Field.CONCERN, 3, fields.CONCERN, 3000),
            (Field.INSTALLER_CONCERN, 2, fields.INSTALLER_CONCERN, 2000),
        ):
            made = TextInput(lines, least=lines - 1, most=lines * _GROWS, enter_goes_on=True)
            column.addLayout(self._labelled(Item.CONCERN, field, label, spoken, made), stretch)
        row = QHBoxLayout()
        row.setSpacing(4)
        for field, (label, spoken) in (
            (Field.DOUBLE_BILLING, fields.DOUBLE_BILLING),
            (Field.DISCLOSURE_CONFIRMED, fields.DISCLOSURE),
        ):
            box = CheckBox(label)
            name_field(box, spoken, field.value)
            self._add(Item.CONCERN, field, box)
            row.addWidget(box)
            if field is Field.DOUBLE_BILLING:
                row.addWidget(muted(keys.TICKS[field]))
                row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)  # what the fields do not take stays free
        return column


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    return column
