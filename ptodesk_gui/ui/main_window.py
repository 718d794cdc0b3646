"""The window: a slim bar, one page at a time, a strip for notices. It paints and asks; nothing is decided here."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ptodesk_gui.sop.form import Field, Weight
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call.page import CallPage
from ptodesk_gui.ui.commands import Commands
from ptodesk_gui.ui.top_bar import PRACTICE, OutboxButton, TopBar
from ptodesk_gui.ui.widgets.button import Button, Kind
from ptodesk_gui.ui.widgets.notice_strip import NoticeStrip
from ptodesk_gui.ui.widgets.spoken import announce

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from ptodesk_gui.ui.actions import Spec
    from ptodesk_gui.ui.palette import Palette

CALL: Final = "call"
TITLE: Final = "PTO desk"
IDLE: Final = "Ctrl+N: new call    F1: all keys"
IDLE_IN_CALL: Final = (
    "Enter: next field    Alt+0: what to ask next    F2, F3: copy a reply    F9: end call    F1: all keys"
)
SIZE: Final = QSize(1280, 800)
SMALLEST: Final = QSize(480, 360)
FRAME: Final = QSize(8, 40)  # what a window manager puts around it, before that can be asked


class MainWindow(QMainWindow):
    """The call page is there from the start as page "call"; others are added when they are first needed."""

    painted = Signal()  # in the turn after the first paint: the keys work, and the rest can be built
    new_call_requested = Signal()
    copy_all_requested = Signal()
    outbox_requested = Signal()
    settings_requested = Signal()
    text_size_requested = Signal(int)  # larger (1), smaller (-1), as the system (0)
    theme_requested = Signal()  # the next one
    page_shown = Signal(str)
    outbox_said = Signal(str)  # what its button says
    closing = Signal(QCloseEvent)  # a slot may ignore the event to keep the window open

    def __init__(self, practice: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{TITLE} - {PRACTICE}" if practice else TITLE)
        self.setMinimumSize(SMALLEST)
        self.resize(SIZE)
        self.practice = practice  # whether it reaches no real site
        self._painted = False
        self._turning = False  # from one page to another
        self._commands = Commands(self)
        self._bar = TopBar(practice)
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._whole = QWidget()
        self._strip = NoticeStrip(IDLE)
        self._compact = QWidget()  # the place of what is shown where the window is narrow
        self._palette: Palette | None = None
        self.call_page = CallPage()
        self._lay_out()
        self.call_page.passed_the_end.connect(lambda: self._end.setFocus())
        self.call_page.asking_changed.connect(lambda asking: self._end.set_next(not asking))
        self.add_page(CALL, self.call_page)
        self.show_page(CALL)
        self.call_page.focus_field(Field.FIRST_NAME)

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return next(name for name, widget in self._pages.items() if widget is self._stack.currentWidget())

    @property
    def is_painted(self) -> bool:
        """Whether it has been painted, so that what comes after that can be built."""
        return self._painted

    def action(self, id_: str) -> "QAction":
        """An action of the table. Raises KeyError for an unknown id."""
        return self._commands.action(id_)

    def add_actions(self, specs: "tuple[Spec, ...]") -> None:
        """Add further actions; the palette lists them as well."""
        self._commands.add(specs)

    def set_why_not(self, id_: str, why_not: "Callable[[], str]") -> None:
        """Have the palette say why an action cannot do anything now; empty when it can."""
        self._commands.set_why_not(id_, why_not)

    def add_page(self, name: str, widget: QWidget) -> None:
        """Add a page, or put another widget in its place."""
        old = self._pages.get(name)
        if widget is not self.call_page:  # the call page paints itself, and knows what to do where it is narrow
            theme.dress(widget)
            widget = _scrolled(widget)
        self._pages[name] = widget
        self._stack.addWidget(widget)
        widget.resize(self._stack.size())  # what is in it can be laid out before it is shown
        if old is not None and old is not widget:
            self._stack.removeWidget(old)
            old.deleteLater()

    def show_page(self, name: str) -> None:
        """Show a page. Raises KeyError when it was not added."""
        self._turning = True
        try:
            self._stack.setCurrentWidget(self._pages[name])
        finally:
            self._turning = False
        self._commands.show_page(name)
        self._strip.set_idle(IDLE_IN_CALL if name == CALL else IDLE)
        if self._palette is not None:
            self._palette.hide()
        self.page_shown.emit(name)

    def add_to_bar(self, id_: str, text: str) -> Button:
        """Give an action a button in the bar, before the outbox. Raises KeyError for an unknown id."""
        button = self._bar.add_button(text, before=self._outbox)
        self._commands.give(button, id_)
        self.fit_bar()
        return button

    def fit_bar(self) -> None:
        """Lay the bar out for what it shows now: one of its buttons came, went or says more."""
        self._bar.text_resized()

    def add_row(self, row: QWidget) -> None:
        """Put a slim row between the bar and the pages; it shows and hides itself."""
        self._column.insertWidget(1, row)

    def add_to_strip(self, id_: str) -> Button:
        """Give an action a button at the end of the strip at the bottom. Raises KeyError for an unknown id."""
        button = Button("", Kind.QUIET)
        self._commands.give(button, id_)
        self._strip.add_corner(button)
        return button

    def set_call_seconds(self, seconds: int | None) -> None:
        """The time the call has taken; None while there is no call."""
        self._bar.set_call_seconds(seconds)

    def set_wrap_up_seconds(self, seconds: int | None) -> None:
        """The time since the call ended; None hides it."""
        self._bar.set_wrap_up_seconds(seconds)

    def set_homeowner(self, name: str) -> None:
        """Who is on the line."""
        self._bar.set_homeowner(name)

    def set_site(self, site: str) -> None:
        """Where tickets go."""
        self._bar.set_site(site)

    def set_unsaved(self, unsaved: bool) -> None:
        """Whether something typed is not on disk; the bar says so until it is."""
        self._bar.set_unsaved(unsaved)

    def set_outbox(self, waiting: int, needs_person: int = 0, left: int = 0) -> None:
        """How many plans wait, how many of them for a person, and how many filed ones have left something to do."""
        self._outbox.set_outbox(waiting, needs_person, left)

    def set_kept(self, kept: int) -> None:
        """How many calls are kept that are neither filed nor at hand."""
        self._outbox.set_kept(kept)

    def set_follow_ups(self, due: int) -> None:
        """How many follow-ups wait for a person."""
        self._outbox.set_due(due)

    def say_in_strip(self, text: str, weight: Weight = Weight.HINT) -> None:
        """Say a sentence at the bottom; it stays until the next one or until it is dismissed."""
        self._strip.say(text, weight)

    @property
    def outbox_words(self) -> str:
        """What there is in the outbox, as its button says it."""
        return self._outbox.words

    def show_instead(self, panel: QWidget | None) -> None:
        """Show a panel in the place of the bar and the pages; None shows these again."""
        layout = self._whole.layout()
        if panel is not None and layout is not None and layout.indexOf(panel) < 0:
            layout.replaceWidget(self._compact, panel)
            self._compact = panel
        self._compact.setVisible(panel is not None)
        for part in (self._bar, self._stack):
            part.setVisible(panel is None)
        self._strip.set_narrow(panel is not None)

    def speak(self, text: str, urgent: bool = False) -> None:
        """Have screen readers speak a sentence."""
        announce(self, text, urgent=urgent)

    @property
    def notice(self) -> str:
        """What the strip at the bottom says; empty when it says nothing."""
        return self._strip.text

    def clear_strip(self) -> None:
        """Say nothing more at the bottom."""
        self._strip.clear()

    def fit(self, available: QSize) -> None:
        """Be no larger than the screen's free part, in pixels, has room for with the window's frame around it."""
        self.resize(SIZE.boundedTo(QSize(available.width() - FRAME.width(), available.height() - FRAME.height())))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the page as it reads, then to the bar, then to the strip and what stands at the side."""
        if self._turning:
            return False  # the page that comes takes the keyboard; Qt asks for the page that goes
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QDockWidget

        from ptodesk_gui.ui.tab_order import following, in_order

        parts = (self._stack, self._compact, self._bar, self._strip, *self.findChildren(QDockWidget))
        focused = self.focusWidget()
        found = following(list(in_order(parts, focused)), focused, 1 if forward else -1)
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return found is not None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask whoever listens."""
        self.closing.emit(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the palette in the middle."""
        super().resizeEvent(event)
        if self._palette is not None:
            self._palette.place(self._shown_part.geometry())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first time, what was left out for it is made in the turn after it."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._complete)

    def _complete(self) -> None:
        self._commands.make()
        self.painted.emit()

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self._bar, 0), (self._stack, 1), (self._compact, 1), (self._strip, 0)):
            column.addWidget(widget, stretch)
        self._compact.hide()
        self.setCentralWidget(self._whole)
        self._end = self._bar.add_button("End call  F9", primary=True)
        self._end.set_next(False)  # at first there is all to ask for
        self._outbox = OutboxButton()
        self._outbox.said.connect(self.outbox_said)
        self._outbox.said.connect(self.fit_bar)
        self._bar.add(self._outbox)
        for button, id_ in (
            (self._end, "call.end"),
            (self._outbox, "outbox"),
            (self._bar.add_button("Settings  Ctrl+,"), "settings"),
            (self._bar.add_button("Keys  F1"), "help"),
        ):
            self._commands.give(button, id_)

    @property
    def _shown_part(self) -> QWidget:
        return self._compact if self._stack.isHidden() else self._stack

    @property
    def palette_is_open(self) -> bool:
        """Whether every action is listed, with the keyboard in the field that finds them."""
        return self._palette is not None and self._palette.isVisible()

    def toggle_palette(self) -> None:
        """List every action and key, with the keyboard in the field that finds them; or leave that list."""
        if self._palette is None:
            from ptodesk_gui.ui.palette import Palette

            self._palette = Palette(self._whole)
        if self._palette.isVisible():
            self._palette.leave()
        else:
            self._palette.open(self._commands.rows(self._pages), self._shown_part.geometry())


def _scrolled(page: QWidget) -> QWidget:
    """The page in a box that scrolls it where the window is smaller than all that is on it; nothing is cut."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QScrollArea

    box = QScrollArea()
    box.setWidgetResizable(True)
    box.setFrameShape(QScrollArea.Shape.NoFrame)
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    box.setWidget(page)
    page.setAutoFillBackground(False)
    box.viewport().setAutoFillBackground(False)
    return box
