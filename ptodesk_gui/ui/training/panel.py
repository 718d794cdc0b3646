"""The practice panel beside the call: choose a caller, hear what they say, see the job page. It can be hidden at any time."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ptodesk_gui.sop.training import CallerRow, CallerView, Comparison
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.training import words
from ptodesk_gui.ui.training.choice import CallerChoice
from ptodesk_gui.ui.training.on_the_line import OnTheLine
from ptodesk_gui.ui.widgets.keyed import with_key
from ptodesk_gui.ui.widgets.toggles import CheckBox

NARROW: Final = 250  # pixels: beside it the call has the 1,024 that it needs in a window of 1,280
WIDE: Final = 340


class TrainingPanel(QWidget):
    """The list of callers, or the one who is on the line."""

    caller_chosen = Signal(str)  # caller id
    next_requested = Signal()
    compare_requested = Signal()
    copy_requested = Signal(str)

    def __init__(self, bad_day: QAction, parent: QWidget | None = None) -> None:
        """``bad_day`` is the checkable action that the panel has a box for."""
        super().__init__(parent)
        self._choice = CallerChoice()
        self._line = OnTheLine()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._choice)
        self._stack.addWidget(self._line)
        self._bad_day = CheckBox(with_key(words.BAD_DAY, bad_day.shortcut().toString()))
        self._bad_day.setAccessibleName(words.BAD_DAY_SPOKEN)
        self._bad_day.setToolTip(words.BAD_DAY_SPOKEN)
        self._bad_day.setChecked(bad_day.isChecked())
        self._bad_day.toggled.connect(bad_day.setChecked)
        bad_day.toggled.connect(self._bad_day.setChecked)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.addWidget(self._stack, 1)
        column.addWidget(self._bad_day)
        self._choice.chosen.connect(self.caller_chosen)
        self._line.next_requested.connect(self.next_requested)
        self._line.compare_requested.connect(self.compare_requested)
        self._line.copy_requested.connect(self.copy_requested)
        self._line.another_requested.connect(self.show_choice)
        theme.dress(self)

    def set_callers(self, rows: tuple[CallerRow, ...]) -> None:
        """The callers to choose from."""
        self._choice.set_callers(rows)

    def set_caller(self, view: CallerView) -> None:
        """Somebody is on the line, or has said more."""
        self._line.set_view(view)
        self._stack.setCurrentWidget(self._line)

    def set_stage(self, stage: int) -> None:
        """How far the exercise is: 0 the call, 1 on its way to the desk, 2 filed."""
        self._line.set_stage(words.STAGES[stage], can_compare=False)

    def set_result(self, comparison: Comparison) -> None:
        """The comparison is there."""
        self._line.set_stage(words.summary(comparison), can_compare=True)

    def set_trouble(self, sentence: str) -> None:
        """The comparison could not be made, and why; it can be asked for again."""
        self._line.set_stage(sentence, can_compare=True)

    def show_choice(self) -> None:
        """The list, with the keyboard in it."""
        self._stack.setCurrentWidget(self._choice)
        self._choice.take_keyboard()

    @property
    def choosing(self) -> bool:
        """Whether the list is shown."""
        return self._stack.currentWidget() is self._choice

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to leave the call its room; wider only where larger text needs it."""
        return QSize(max(NARROW, super().minimumSizeHint().width()), 300)


class TrainingDock(QDockWidget):
    """The panel at the side of a window; the window grows by it where the screen has the room."""

    def __init__(self, window: QMainWindow, panel: TrainingPanel) -> None:
        super().__init__(words.DOCK, window)
        self.setObjectName("practice")
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._window = window
        self._panel = panel
        self._grew = 0
        self.setWidget(panel)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)
        self.hide()

    def open(self) -> None:
        """Show the panel, and give it the keyboard while there is somebody to choose."""
        if not self.isVisible():
            self._grow()
            self.show()
        if self._panel.choosing:
            self._panel.show_choice()

    def fold(self) -> None:
        """Hide the panel; the window takes back the room that it gave."""
        self.hide()
        if self._grew and not self._window.isMaximized():
            self._window.resize(self._window.width() - self._grew, self._window.height())
        self._grew = 0

    def closeEvent(self, event: QCloseEvent) -> None:
        """Its own button hides it, too."""
        event.ignore()
        self.fold()

    def _grow(self) -> None:
        window = self._window
        self._grew = WIDE if self._room() >= WIDE and not (window.isMaximized() or window.isFullScreen()) else 0
        if self._grew:
            window.resize(window.width() + self._grew, window.height())
        window.resizeDocks([self], [WIDE if self._grew else NARROW], Qt.Orientation.Horizontal)

    def _room(self) -> int:
        """Pixels of the screen to the right of the window."""
        return self._window.screen().availableGeometry().right() - self._window.frameGeometry().right()
