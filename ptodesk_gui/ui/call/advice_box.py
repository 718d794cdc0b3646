"""The part of the call page that says what to say: as high as that is, and scrolled by key where the window is lower."""

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ptodesk_gui.ui.widgets.scrolling import ScrollBox, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtWidgets import QLabel

MORE: Final = "More below: {key}"
END: Final = "The end; back to the top: {key}"
_USUAL: Final = 200  # pixels of height that it asks for with little in it
_STEP: Final = 64  # pixels
_OVERLAP: Final = 30  # pixels that are still seen after a step, so that the eye finds its place


class AdviceBox(ScrollBox):
    """As high as its content, so that all of it is seen as long as the window is high enough; else a line says by which key."""

    crowded = Signal()  # some of the content is not seen without scrolling any more, or all of it is seen again

    def __init__(self, inner: QWidget, name: str, key: str, *, least: int) -> None:
        super().__init__(inner, name, least=least)
        inner.setMinimumHeight(
            1
        )  # the height follows the width; Qt's own least height is that of words in a narrow window
        self._key = key
        self._hint: QLabel | None = None
        self._asked = (0, 0)  # pixels: the height and the least width of the content that room was asked for
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._tell)
        bar.valueChanged.connect(self._tell)

    @property
    def hint(self) -> str:
        """What the line says about what is not seen; empty when all is."""
        return self._hint.text() if self._hint is not None and not self._hint.isHidden() else ""

    def sizeHint(self) -> QSize:
        """The height of the content at the present width, in steps: what stands below does not move with every line."""
        return QSize(400, max(math.ceil((self._needed() + 2) / _STEP) * _STEP, _USUAL))

    def whole_height(self) -> int:
        """The height of all that is to be said."""
        return self._needed() + 2

    def step(self, by: int) -> None:
        """Show what comes next (1) or before (-1); from the end on to the top, and the other way round."""
        bar = self.verticalScrollBar()
        most = bar.maximum()
        if by > 0 and bar.value() >= most:
            bar.setValue(0)
        elif by < 0 and bar.value() <= 0:
            bar.setValue(most)
        else:
            bar.setValue(bar.value() + by * max(self.window_part.height() - _OVERLAP, _OVERLAP))

    def begin_at(self, part: QWidget | None) -> None:
        """Show a part from its beginning, once it is laid out; None: the top, where the flags are."""
        QTimer.singleShot(0, self, lambda: self._show_from(part))

    @contextmanager
    def change(self) -> "Iterator[Callable[..., None]]":
        """Lay out the content once for all that is changed meanwhile, and at once: nothing is painted half laid out.

        Gives what is to be called with the parts that have changed, the inner ones first; nothing is laid out where none has.
        """
        layout = self.inner.layout()
        changed: list[QWidget] = []
        if layout is not None:
            layout.setEnabled(False)  # Qt would lay it out for every part that is shown
        try:
            yield lambda *parts: changed.extend(parts)
        finally:
            if layout is not None:
                layout.setEnabled(True)
        if changed:
            self._settle((*changed, self.inner))

    def _settle(self, outwards: "Sequence[QWidget]") -> None:
        """What is needed is told outwards first, then the box gets its room, then everything in it its place: each once."""
        for part in outwards:
            part.updateGeometry()
        self._ask()
        around = self.parentWidget()
        layout = around.layout() if around is not None else None
        if layout is not None:
            layout.activate()
        settle(self.window_part, *reversed(outwards))

    def _show_from(self, part: QWidget | None) -> None:
        bar = self.verticalScrollBar()
        top = 0 if part is None else part.mapTo(self.inner, QPoint()).y()
        ends_below = part is not None and top + part.height() > bar.value() + self.window_part.height()
        if part is None or ends_below or top < bar.value():
            bar.setValue(top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content changed: ask for its new height."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.inner:
            self._ask()
            self._tell()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._ask()
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Now there is somebody to tell."""
        super().showEvent(event)
        self._tell()

    def _ask(self) -> None:
        """Ask for another room if the content needs another; the whole window is laid out for it."""
        needed = (self._needed(), self.inner.minimumSizeHint().width())
        if needed != self._asked:
            self._asked = needed
            self.updateGeometry()

    def _needed(self) -> int:
        layout = self.inner.layout()
        return layout.totalHeightForWidth(self.window_part.width()) if layout is not None else 0

    def _tell(self) -> None:
        """Keep a line under the content while not all of it is seen; it never covers a word.

        Not before the content is shown: a size that changes while Qt tells a hidden widget its size is never told, and
        the words would stay as wide as without the scroll bar, and end under it.
        """
        if not self.window_part.isVisible():
            return
        if self.inner.height() <= self.height():
            if self._hint is not None and not self._hint.isHidden():
                self._hint.hide()
                self.setViewportMargins(0, 0, 0, 0)
                self.crowded.emit()
            return
        hint = self._made_hint()
        bar = self.verticalScrollBar()
        hint.setText((END if bar.value() >= bar.maximum() > 0 else MORE).format(key=self._key))
        high = hint.sizeHint().height()
        hint.setGeometry(4, self.height() - high, self.width() - 8, high)
        if hint.isHidden():
            hint.show()
            self.setViewportMargins(0, 0, 0, high)
            self.crowded.emit()

    def _made_hint(self) -> "QLabel":
        if self._hint is None:
            from ptodesk_gui.ui.widgets.labelled import muted  # here: not before the first paint

            self._hint = muted("")
            self._hint.setParent(self)
            self._hint.hide()
        return self._hint
