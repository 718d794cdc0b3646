"""The narrow strip beside the softphone: one key to and fro, nothing typed is lost, its place is kept for the next start."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from ptodesk_gui.sop.form import Item
from ptodesk_gui.ui.main_window import CALL
from ptodesk_gui.workstation.compact_place import keep_place, read_place

if TYPE_CHECKING:
    from ptodesk_gui.application.backstage import Backstage
    from ptodesk_gui.application.call import CallAtHand
    from ptodesk_gui.application.calling import Calling
    from ptodesk_gui.ui.compact import Compact
    from ptodesk_gui.ui.compact_panel import CompactPanel
    from ptodesk_gui.ui.main_window import MainWindow

# What is done in parts of the call page that the strip does not have: the whole window comes first.
_ELSEWHERE: Final = ("reply.homeowner", "reply.installer", "history", "news", "source")


class CompactMode(QObject):
    """Stands between the window's two shapes and the call at hand."""

    call_wanted = Signal()  # from another page: the call at hand is to be gone on with, or the next one begun

    def __init__(
        self, window: "MainWindow", call: "CallAtHand", calling: "Calling", backstage: "Backstage", parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._page, self._call, self._backstage = window, window.call_page, call, backstage
        self._compact: Compact | None = None
        self._panel: CompactPanel | None = None
        self._countdown = ""
        self.wanted = False  # during calls; the pages after a call have the whole window
        action = window.action("compact")
        action.triggered.connect(self.toggle)
        calling.changed.connect(self._follow)
        window.page_shown.connect(self._page_shown)
        for id_ in _ELSEWHERE:
            window.action(id_).triggered.connect(lambda _=False, id_=id_: self._go_on_whole(id_))
        backstage.disk.submit(read_place, self._found)

    def toggle(self) -> None:
        """The strip, or the whole window."""
        self.wanted = not self.wanted
        if self.wanted and self._window.page != CALL:
            self.call_wanted.emit()
        self._shape()
        self.keep()

    def set_countdown(self, words: str) -> None:
        """How long a filed call can still be taken back, and by which key: said in the place of the outbox as long as it is true."""
        self._countdown = words
        if self._panel is not None:
            self._panel.set_filing(words or self._window.outbox_words)

    def fit(self) -> None:
        """The text may be larger now, or what is in the strip: it is laid out before it is measured."""
        if (compact := self._compact) is not None:
            QTimer.singleShot(0, self, compact.fit)

    def keep(self) -> None:
        """Keep the choice and the place for the next start."""
        compact = self._compact
        box = None if compact is None else self._window.geometry() if compact.on else compact.place
        if box is not None:
            wanted, place = self.wanted, (box.x(), box.y(), box.width(), box.height())
            self._backstage.disk.submit(lambda: keep_place(wanted, place))

    def _found(self, kept: tuple[bool, tuple[int, int, int, int]] | None) -> None:
        """Where the strip was at the last start, and whether it was wanted."""
        if kept is not None and self._compact is None:
            self.wanted = kept[0]
            self._made().place = QRect(*kept[1])
            self._shape()

    def _shape(self) -> None:
        """Give the window the shape that is wanted, with the keyboard and the caret where they were."""
        compact = self._made()
        on = self.wanted and self._window.page == CALL
        if on == compact.on:
            return
        path, caret = self._call.focus, _caret(QApplication.focusWidget())
        if on:
            self._follow(force=True)
            compact.enter()
            self.fit()
            if self._panel is not None and not self._panel.answers.focus_field(path):
                self._panel.answers.focus_item(self._panel.answers.item)
        else:
            self._page.refill(self._call.entry)
            compact.leave()
            if self._window.page == CALL:
                self._page.focus_field(path)
        _set_caret(QApplication.focusWidget(), caret)

    def _page_shown(self, name: str) -> None:
        if self.wanted:
            self._shape()

    def _go_on_whole(self, id_: str) -> None:
        """Do again in the whole window what the strip has no room for."""
        if self._compact is not None and self._compact.on:
            self.toggle()
            QTimer.singleShot(0, self, self._window.action(id_).trigger)

    def _follow(self, *, force: bool = False) -> None:
        panel = self._panel
        if panel is not None and self._call.view is not None and (force or self._on):
            panel.fill(self._call.entry)
            panel.set_view(self._call.view)
            self.set_countdown(self._countdown)

    def _go_to_field(self, path: str) -> None:
        if self._panel is not None and self._on:
            self._panel.answers.focus_field(path)

    def _go_to_item(self, item: Item) -> None:
        if self._panel is not None and self._on:
            self._panel.answers.focus_item(item)

    @property
    def _on(self) -> bool:
        return self._compact is not None and self._compact.on

    def _made(self) -> "Compact":
        if self._compact is None:
            from ptodesk_gui.ui.compact import Compact  # here: not before it is asked for
            from ptodesk_gui.ui.compact_panel import CompactPanel

            panel = self._panel = CompactPanel(
                self._window.action("compact").shortcut().toString(), self._window.practice
            )
            panel.setParent(self._window)  # it goes with the window, whether or not it was ever shown
            panel.hide()
            self._compact = Compact(self._window, panel)
            self._connect(panel)
        return self._compact

    def _connect(self, panel: "CompactPanel") -> None:
        page, answers = self._page, panel.answers
        for signal, slot in (
            (panel.whole.clicked, self.toggle),
            (panel.copy_requested, page.copy_requested),
            (panel.said_requested, page.said_requested),
            (panel.end_call_requested, page.end_call_requested),
            (answers.edited, page.edited),
            (answers.edited, lambda: page.refill(self._call.entry)),
            (answers.pasted, page.pasted),
            (answers.focus_changed, page.focus_changed),
            (page.field_wanted, self._go_to_field),
            (page.item_wanted, self._go_to_item),
            (page.scroll_wanted, panel.scroll_saying),
            (self._window.outbox_said, lambda _: self.set_countdown(self._countdown)),
        ):
            signal.connect(slot)


def _caret(widget: QWidget | None) -> tuple[int, int] | None:
    """Where a selection begins and where its caret is; None where there is no text to type in."""
    if isinstance(widget, QLineEdit):
        at = widget.cursorPosition()
        if not widget.hasSelectedText():
            return at, at
        start, end = widget.selectionStart(), widget.selectionEnd()
        return (start, end) if at == end else (end, start)
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().anchor(), widget.textCursor().position()
    return None


def _set_caret(widget: QWidget | None, caret: tuple[int, int] | None) -> None:
    if caret is None:
        return
    anchor, at = caret
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(anchor)
        if at != anchor:
            widget.setSelection(anchor, at - anchor)
    elif isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        most = len(widget.toPlainText())
        cursor.setPosition(min(anchor, most))
        cursor.setPosition(min(at, most), cursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
