"""The replies that can be sent to one person, with a word on each: whether it fits, and why not."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from ptodesk_gui.sop.entry import OWN
from ptodesk_gui.sop.view import ReplyOption
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.labelled import muted
from ptodesk_gui.ui.widgets.plain_label import PlainLabel
from ptodesk_gui.ui.widgets.scrolling import settle
from ptodesk_gui.ui.widgets.signs import Sign, SignLabel
from ptodesk_gui.ui.widgets.toggles import RadioButton

OWN_TITLE: Final = "My own words"
FITS: Final = "Fits"
DOES_NOT_FIT: Final = "Does not fit"


class ReplyOptions(QWidget):
    """One radio button for each reply and one for the agent's own words. Rows are kept and filled anew."""

    chosen = Signal(str)  # a reply's id, or OWN
    chosen_row_changed = Signal()

    def __init__(self, person: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person = person
        self._shown: tuple[ReplyOption, ...] | None = None
        self._group = QButtonGroup(self)
        self._rows: list[_OptionRow] = []
        self._quiet = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)

    @property
    def ids(self) -> tuple[str, ...]:
        """What can be chosen, in order."""
        return tuple(row.id for row in self._rows if row.id)

    @property
    def fitting(self) -> tuple[str, ...]:
        """Those of them whose condition holds, and the agent's own words."""
        doubtful = {option.id for option in self._shown or () if not option.fits}
        return tuple(id_ for id_ in self.ids if id_ not in doubtful)

    @property
    def chosen_row(self) -> QWidget | None:
        """The row of the chosen reply."""
        return next((row for row in self._rows if row.id and row.button.isChecked()), None)

    def set_options(self, options: tuple[ReplyOption, ...], chosen: str | None) -> None:
        """Paint the options with the chosen one ticked; None ticks none."""
        if options != self._shown:
            self._shown = options
            self._fill([option for option in options if option.id != OWN])
        self._quiet = True
        try:
            self._group.setExclusive(False)
            for row in self._rows:
                row.button.setChecked(bool(row.id) and row.id == chosen)
            self._group.setExclusive(True)
        finally:
            self._quiet = False
        self.chosen_row_changed.emit()

    def take_focus(self) -> None:
        """Put the keyboard on the chosen reply, else on the first."""
        rows = [row for row in self._rows if row.id]
        for row in sorted(rows, key=lambda row: not row.button.isChecked())[:1]:
            row.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self, options: Sequence[ReplyOption]) -> None:
        while len(self._rows) < len(options) + 1:
            row = _OptionRow()
            row.button.toggled.connect(lambda on, row=row: self._toggled(on, row))
            self._group.addButton(row.button)
            self._rows.append(row)
            self._column.insertWidget(self._column.count() - 1, row)
        for number, row in enumerate(self._rows):
            if number < len(options):
                row.show_option(options[number], self._person)
            elif number == len(options):
                row.show_own(self._person)
            else:
                row.clear()
        settle(*self._rows, self, self.parentWidget())

    def _toggled(self, on: bool, row: "_OptionRow") -> None:
        if on and not self._quiet and row.id:
            self.chosen.emit(row.id)


class _OptionRow(QWidget):
    """A reply's button, its title, which wraps, and the word about it. A click anywhere chooses."""

    def __init__(self) -> None:
        super().__init__()
        self.id = ""
        self.button = RadioButton()
        self._title = PlainLabel()
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._sign = SignLabel()
        self._why = muted("")
        self._why.setWordWrap(True)
        grid = QGridLayout(self)
        grid.setContentsMargins(2, 2, 2, 2)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.button, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._sign, 1, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        grid.addWidget(self._why, 1, 1)
        grid.setColumnStretch(1, 1)
        self.button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The whole row shows where the keyboard is."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose."""
        self.button.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame of the row that has the keyboard."""
        if self.button.hasFocus():
            c = theme.colours(self.palette())
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(c.accent, 1.5))
            painter.setBrush(c.accent_fill)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
            painter.end()

    def show_option(self, option: ReplyOption, person: str) -> None:
        word = FITS if option.fits else DOES_NOT_FIT
        why = f"{word}: {option.why}" if option.why else word
        self._show(option.id, option.title, person, why, Sign.TICK if option.fits else Sign.NOT)

    def show_own(self, person: str) -> None:
        self._show(OWN, OWN_TITLE, person, "", Sign.NONE)

    def clear(self) -> None:
        self.id = ""
        self.hide()

    def _show(self, id_: str, title: str, person: str, why: str, sign: Sign) -> None:
        self.id = id_
        self._title.setText(title)
        self.button.setAccessibleName(f"Reply to the {person}: {title}")
        self.button.setAccessibleDescription(why)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._sign.set_sign(sign)
        self._sign.setVisible(bool(why))
        self.show()
