"""The questions that are still open: the next one large, what comes after it small."""

from typing import Final

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.widgets.labelled import muted, words

ASK_NEXT: Final = "Ask next"
NOTHING_YET: Final = "Nothing about dates can be said yet"
_MOST: Final = 4  # questions after the next one that are named


class AskBox(QWidget):
    """Paints questions. Where there is neither a question nor a saying, it says calmly why."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[tuple[str, ...], str, bool] | None = None
        self._heading = words(ASK_NEXT, theme.FIELD, bold=True)
        self._heading.setForegroundRole(QPalette.ColorRole.Link)
        self._next = words("")
        self._then = muted("", theme.FIELD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for label in (self._heading, self._next, self._then):
            label.setWordWrap(True)
            column.addWidget(label)

    @property
    def next_question(self) -> str:
        """The question that is to be asked next, as shown; empty when none is."""
        return self._next.text() if not self.isHidden() else ""

    def set_questions(self, ask: tuple[str, ...], why_none: str, *, alone: bool) -> bool:
        """Paint the open questions. ``alone``: nothing is to be said besides, for the reason ``why_none``. False when they are painted already."""
        if (ask, why_none, alone) == self._shown:
            return False
        self._shown = (ask, why_none, alone)
        self._heading.setText(ASK_NEXT if ask else NOTHING_YET)
        self._next.setFont(theme.say_font() if alone else theme.font(theme.LEAD))
        self._next.setText(ask[0] if ask else "")
        self._next.setVisible(bool(ask))
        after = "\n".join(ask[1 : 1 + _MOST]) if alone else ""
        self._then.setText(after if ask else why_none)
        self._then.setVisible(bool(self._then.text()))
        self.setVisible(bool(ask) or alone)
        return True
