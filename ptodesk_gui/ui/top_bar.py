"""The slim bar at the top: the clock of the call, who is on the line, where tickets go, what is waiting."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets import numbers, painting
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.call_time import call_time
from ptodesk_gui.ui.widgets.labelled import muted, words
from ptodesk_gui.ui.widgets.plain_label import PlainLabel, plain_tip

if TYPE_CHECKING:
    from ptodesk_gui.ui.bar_lines import Lines

PRACTICE: Final = "PRACTICE"
PRACTICE_WORDS: Final = "reaches no real site"
NOBODY: Final = "New caller"
OUTBOX_EMPTY: Final = "Outbox: empty"
OUTBOX_KEY: Final = "Ctrl+Shift+O"
NOT_SAVED: Final = "Not saved"
_NAME_CHARACTERS: Final = 12  # of the homeowner's name that are seen at least
_LEFT: Final = 12  # pixels of the bar's edges
_RIGHT: Final = 8
_BETWEEN: Final = 8  # pixels between what stands in it
_STRIPE: Final = 9  # pixels of the striped edge


class TopBar(QWidget):
    """Paints the state of the window; its buttons are the window's actions."""

    def __init__(self, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        if practice:
            self._colour()
        self._call = _Clock("Call")
        self._wrap_up = _Clock("Wrap-up")
        self._name = _Elided(NOBODY)
        self._unsaved: _NotSaved | None = None
        self._where = f"{PRACTICE}: {PRACTICE_WORDS}" if practice else ""
        self._site = words(self._where, theme.FIELD, bold=True) if practice else muted("", theme.TEXT)
        self._lines = QHBoxLayout(self)
        self._lines.setContentsMargins(_LEFT, 4 + (_STRIPE if practice else 0), _RIGHT, 4)
        self._lines.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setSpacing(_BETWEEN)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(_BETWEEN)
        self._buttons.addStretch(1)
        self._lines.addLayout(self._row, 1)
        self._lines.addLayout(self._buttons)
        self._rows = [self._buttons]  # the lines that were made for them
        self._first: list[QWidget] = [self._call, self._wrap_up, self._name]
        self._order: list[Button] = []  # as they stand, whatever line they are on
        self._lines_under: list[list[QWidget]] = []  # the lines under the first
        for widget in (self._call, self._wrap_up):
            self._row.addWidget(widget)
        self._row.addWidget(self._name, 1)
        self._row.addWidget(self._site)
        self.set_call_seconds(None)
        self.set_wrap_up_seconds(None)

    def add_button(self, text: str, *, primary: bool = False, before: Button | None = None) -> Button:
        """A button, at the end or before another. The primary one stands beside the clock of the call."""
        button = Button(text, Kind.PRIMARY if primary else Kind.QUIET)
        if primary:
            self._row.insertWidget(2, button)
            self._first.append(button)
        else:
            self.add(button, before)
        return button

    def add(self, button: Button, before: Button | None = None) -> None:
        """Put a button at the end, or before another."""
        at = len(self._order) if before is None else self._order.index(before)
        self._order.insert(at, button)
        if self._lines_under:
            self._rows[-1].addWidget(button)  # it is the bar's, wherever it will stand
            button.show()
            self._break_where_narrow()
        else:
            self._buttons.insertWidget(at + 1, button)  # after what keeps them at the end

    def set_call_seconds(self, seconds: int | None) -> None:
        """The time the call has taken; None while there is no call."""
        self._call.setText(f"Call {call_time(seconds)}")

    def set_wrap_up_seconds(self, seconds: int | None) -> None:
        """The time since the call ended; None hides it."""
        self._wrap_up.setText(f"Wrap-up {call_time(seconds)}")
        self._show(self._wrap_up, seconds is not None)

    def set_homeowner(self, name: str) -> None:
        """Who is on the line."""
        self._name.setText(name or NOBODY)

    def set_unsaved(self, unsaved: bool) -> None:
        """Whether something typed is not on disk: a sign and words that stay until it is."""
        if self._unsaved is None and unsaved:
            self._unsaved = _NotSaved()
            self._row.insertWidget(self._row.indexOf(self._name), self._unsaved)
            self._first.append(self._unsaved)
        if self._unsaved is not None:
            self._show(self._unsaved, unsaved)

    def set_site(self, site: str) -> None:
        """Where tickets go. In practice mode the banner stays."""
        if not self._practice:
            self._where = site
            self._site.setText(site)
            self._break_where_narrow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand under the rest where there is no room beside it, in as many lines as they need."""
        super().resizeEvent(event)
        self._break_where_narrow()

    def text_resized(self) -> None:
        """The same."""
        self._break_where_narrow()

    def _show(self, widget: QWidget, shown: bool) -> None:
        """Show or hide one of the first line, and find room for what there is now."""
        changes = widget.isHidden() is shown
        widget.setVisible(shown)
        if changes:
            self._break_where_narrow()

    def _break_where_narrow(self) -> None:
        if not self.window().isVisible():  # it has no size yet
            return
        room = self.width() - _LEFT - _RIGHT
        for layout in (self._row, self._buttons, self._lines):
            layout.invalidate()  # layouts within others keep what they knew until these are laid out
        all_drawn = all(button.drawn for button in self.findChildren(Button))
        if (
            all_drawn
            and not self._lines_under
            and self._site.text() == self._where
            and self._lines.minimumSize().width() <= self.width()
        ):
            return
        from ptodesk_gui.ui.bar_lines import lay_out  # not before the first paint of a window of the usual size

        drawn, lines = self._broken(room)
        for button in self.findChildren(Button):
            button.show_drawing(drawn)
        if lines != self._lines_under:
            self._lines_under = lines
            lay_out(self._lines, self._rows, lines, self._order)
            if not any(self._site in line for line in lines):
                self._row.addWidget(self._site)

    def _broken(self, room: int) -> "tuple[bool, Lines]":
        """How the bar breaks into lines; where a shorter word for the site spares a line, that is taken."""
        from ptodesk_gui.ui.bar_lines import broken

        first: list[QWidget] = [widget for widget in self._first if not widget.isHidden()]
        seen = [button for button in self._order if not button.isHidden()]
        found: tuple[bool, Lines] = False, []
        short = self._where.partition(":" if self._practice else ".")[0]
        for where in (self._where, short, self._where):
            self._site.setText(where)
            found = broken([*first, self._site], seen, room, _BETWEEN)
            if not found[1]:
                break
        self._site.setToolTip(plain_tip(self._where if self._site.text() != self._where else ""))
        return found

    def changeEvent(self, event: QEvent) -> None:
        """Keep the words readable on the practice colours when the palette changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._practice:
            self._colour()

    def _colour(self) -> None:
        ink = theme.colours(
            QPalette()
        ).on_practice  # also for what is disabled: the program's grey cannot be read on the bar
        self.setPalette(theme.text_palette(ink, ink))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A plain bar, or in practice mode a coloured one with a striped edge."""
        c = theme.colours(QPalette())
        painter = painting.begin(self)
        painting.fill_box(painter, QRectF(self.rect()), c.practice if self._practice else c.panel)
        if self._practice:
            self._paint_stripes(painter, c)
        else:
            painting.fill_box(painter, QRectF(0, self.height() - 1, self.width(), 1), c.border)
        painter.end()

    def _paint_stripes(self, painter: QPainter, c: theme.Colours) -> None:
        """One tile, painted once, along the whole edge."""
        ratio = self.devicePixelRatioF()
        tile = QPixmap(round(2 * _STRIPE * ratio), round(_STRIPE * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(c.practice)
        slanted = ((_STRIPE, 0), (2 * _STRIPE - 1, 0), (_STRIPE - 1, _STRIPE), (0, _STRIPE))
        on_tile = QPainter(tile)
        on_tile.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.fill(on_tile, painting.line(*(QPointF(x, y) for x, y in slanted)), c.on_practice)
        on_tile.end()
        painter.drawTiledPixmap(QRectF(0, 0, self.width(), _STRIPE), tile, QPointF())


class OutboxButton(Button):
    """Counts what there is in the outbox that somebody may have to come back to."""

    said = Signal(str)

    def __init__(self) -> None:
        super().__init__("", Kind.QUIET)
        self.words = ""  # what it counts, without its key
        self._waiting = self._persons = self._left = self._due = self._kept = 0
        self._say()

    def set_outbox(self, waiting: int, needs_person: int, left: int = 0) -> None:
        """How many plans wait, how many of them for a person, and how many filed ones have left something to do."""
        self._waiting, self._persons, self._left = waiting, needs_person, left
        self._say()

    def set_due(self, due: int) -> None:
        """How many follow-ups wait for a person."""
        self._due = due
        self._say()

    def set_kept(self, kept: int) -> None:
        """How many calls are kept that are neither filed nor at hand."""
        self._kept = kept
        self._say()

    def _say(self) -> None:
        plans = (
            f"{self._persons} need{'s' if self._persons == 1 else ''} you"
            if self._persons
            else f"{self._waiting} waiting"
            if self._waiting
            else ""
        )
        counts = ((self._due, "due"), (self._left, "to finish"), (self._kept, "kept"))
        parts = [part for part in (plans, *(f"{count} {what}" for count, what in counts if count)) if part]
        self.words = words = f"Outbox: {', '.join(parts)}" if parts else OUTBOX_EMPTY
        self.setText(f"{words}  {OUTBOX_KEY}")
        self.setAccessibleName(words)
        self.said.emit(words)


class _NotSaved(QWidget):
    """A sign and two words; made when something could not be saved for the first time."""

    def __init__(self) -> None:
        super().__init__()
        from ptodesk_gui.ui.widgets.signs import Sign, SignLabel

        sign = SignLabel()
        sign.set_sign(Sign.FAULT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.addWidget(sign)
        row.addWidget(words(NOT_SAVED, bold=True))


class _Elided(QLabel):
    """A name as far as there is room for it; the tool tip has all of it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("textFormat", numbers.PLAIN_TEXT)
        self.setFont(theme.font(theme.FIELD, bold=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """Some letters of it."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * _NAME_CHARACTERS, metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tool tip only when it says more."""
        super().resizeEvent(event)
        self.setToolTip(plain_tip(self.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, elided."""
        if self.fontMetrics().horizontalAdvance(self.text()) <= self.width():
            super().paintEvent(event)
            return
        from PySide6.QtCore import Qt  # no name is that long before the first paint

        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), numbers.LEADING, text)
        painter.end()


class _Clock(PlainLabel):
    """A time; it moves nothing as it runs."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self._longest = f"{what} 00:00"
        self.setFont(theme.font())
        self.text_resized()

    def setText(self, text: str) -> None:
        """Show another time."""
        super().setText(text)
        self._hold()

    def text_resized(self) -> None:
        """As wide as the longest time that is usual, or as this one."""
        self.setMinimumWidth(0)
        self._hold()

    def _hold(self) -> None:
        metrics = self.fontMetrics()
        width = 2 + max(metrics.horizontalAdvance(self._longest), metrics.horizontalAdvance(self.text()))
        if width > self.minimumWidth():
            self.setMinimumWidth(width)
