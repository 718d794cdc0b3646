"""The call page in a narrow window or with large text: one column that is scrolled as a whole, so that nothing is cut."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication, QBoxLayout, QWidget

from ptodesk_gui.ui.call.advice_box import AdviceBox
from ptodesk_gui.ui.widgets.scrolling import ScrollBox

_LEAST: Final = QSize(160, 120)
_AS_NEEDED: Final = 0  # ScrollBarPolicy
_REPLY_LINES: Final = 14  # of the replies, which scroll by themselves


class Stacked(QObject):
    """Puts what to say over the form and the replies under it, and takes all of it back beside each other."""

    def __init__(self, page: QWidget, body: QWidget, columns: QBoxLayout, form: ScrollBox, say: AdviceBox) -> None:
        """``body`` is all of the page, in its layout; ``columns`` are the form and what stands beside it."""
        super().__init__(page)
        self._page = page
        self._body = body
        self._columns = columns
        self._boxes = (form, say)
        self._outer = _Outer(QWidget(), "The call")
        self._outer.setParent(page)
        self._outer.hide()
        self.on = False
        form.inner.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)

    def turn(self, on: bool, beside: QBoxLayout, replies: QWidget) -> None:
        """Stack, or not. ``beside`` is what stands beside the form, with the replies at its end."""
        replies.setMinimumHeight(replies.fontMetrics().lineSpacing() * _REPLY_LINES if on else 0)
        if on == self.on:
            return
        self.on = on
        focus = self._page.focusWidget()
        held = self._page.window().focusWidget() is focus  # else it stays where it is: on another page, in the bar
        whole, room = self._body.layout(), self._page.layout()
        if not isinstance(whole, QBoxLayout) or not isinstance(room, QBoxLayout):
            return
        for box in self._boxes:
            box.set_whole(on)
        beside.removeWidget(replies) if on else whole.removeWidget(replies)
        (whole if on else beside).addWidget(replies, 1)
        way = QBoxLayout.Direction.BottomToTop if on else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(way)
        if on:
            room.removeWidget(self._body)
            self._outer.setWidget(self._body)
            self._body.setAutoFillBackground(False)
            room.addWidget(self._outer)
        else:
            room.removeWidget(self._outer)
            self._outer.takeWidget()
            room.addWidget(self._body)
        self._outer.setVisible(on)
        self._body.show()
        if focus is not None and held:
            focus.setFocus()

    def show_saying(self) -> None:
        """Scroll to what is to be said."""
        self._outer.reveal(self._boxes[1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The form asks for another height."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._boxes[0].updateGeometry()
        return False

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.on and new is not None and self._body.isAncestorOf(new):
            self._outer.reveal(new)


class _Outer(ScrollBox):
    """As small as it must be; sideways as well, where even one column does not fit."""

    def __init__(self, inner: QWidget, name: str) -> None:
        super().__init__(inner, name)
        self.setProperty("horizontalScrollBarPolicy", _AS_NEEDED)

    def minimumSizeHint(self) -> QSize:
        """Small."""
        return _LEAST
