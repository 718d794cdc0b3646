"""How the window looks: light, dark or high contrast, and how large the text is. Each choice holds at once."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel

from ptodesk_gui.ui import theme

THEME: Final = "Loo&k"
TEXT_SIZE: Final = "Te&xt size"
THEMES: Final[Mapping[str, str]] = {
    theme.SYSTEM: "As the system",
    theme.LIGHT: "Light",
    theme.DARK: "Dark",
    theme.CONTRAST: "High contrast",
    theme.CONTRAST_DARK: "High contrast, dark",
}
PERCENT: Final = "{percent} %"


class LookRows(QObject):
    """Two choices for a form; painting a look says nothing."""

    theme_requested = Signal(str)
    text_size_requested = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = QComboBox()
        for name, words in THEMES.items():
            self._theme.addItem(words, name)
        self._size = QComboBox()
        for percent in theme.SIZES:
            self._size.addItem(PERCENT.format(percent=percent), percent)
        self._theme.activated.connect(lambda: self.theme_requested.emit(self._theme.currentData()))
        self._size.activated.connect(lambda: self.text_size_requested.emit(self._size.currentData()))

    def add_rows(self, form: QFormLayout) -> None:
        """Put both choices at the end of a form."""
        for text, box in ((THEME, self._theme), (TEXT_SIZE, self._size)):
            label = QLabel(text)
            label.setBuddy(box)
            for part in (box, box.view()):
                part.setAccessibleName(text.replace("&", ""))
            form.addRow(label, box)

    def set_look(self, name: str, percent: int) -> None:
        """Show which look holds."""
        self._theme.setCurrentIndex(self._theme.findData(name))
        self._size.setCurrentIndex(self._size.findData(percent))

    def lock(self, locked: frozenset[str]) -> None:
        """Grey what IT has set."""
        self._theme.setEnabled("theme" not in locked)
        self._size.setEnabled("text_size" not in locked)
