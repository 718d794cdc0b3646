"""The look of the window: as the settings say, changed at once when the agent asks, kept for the next start."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.sentences import sentence
from ptodesk_gui.sop.form import Weight
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.text_size import set_text_size, stepped, text_size

if TYPE_CHECKING:
    from ptodesk_gui.ui.settings import SettingsView

SHOWN_SIZE: Final = "Text size: {percent} %."
SHOWN_THEME: Final = "Look: {name}."
LOCKED: Final = "Your IT has set this; it cannot be changed here."
NAMES: Final = {
    theme.SYSTEM: "as the system",
    theme.LIGHT: "light",
    theme.DARK: "dark",
    theme.CONTRAST: "high contrast",
    theme.CONTRAST_DARK: "high contrast, dark",
}
KEEP_MS: Final = 300  # several steps of the text size are kept once


class Appearance(QObject):
    """Stands between what asks for a look and the settings that keep it."""

    said = Signal(str, object)  # a sentence, its Weight
    changed = Signal(str, int)  # the theme's name and the percent of text size that hold now

    def __init__(self, backstage: Backstage, parent: QObject) -> None:
        super().__init__(parent)
        self._backstage = backstage
        self._settled: tuple[str, int] | None = None  # as the settings said last
        self._locked: frozenset[str] = frozenset()
        self._name = theme.theme_of(_application()) or theme.SYSTEM  # the window was painted in one already
        self._wanted: dict[str, str] = {}  # not kept yet
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_MS)
        self._keeping.timeout.connect(self.keep_now)

    def settle(self, view: "SettingsView") -> None:
        """The settings hold anew. What the agent has chosen meanwhile stays until they say something else."""
        self._locked = view.locked
        says = view.theme, view.text_size
        if says != self._settled and not self._wanted:
            self._show(*says)
        self._settled = says

    def choose_theme(self, name: str) -> None:
        """Another look, now and at the next start."""
        self._choose("theme", name, name, text_size(_application()))

    def next_theme(self) -> None:
        """The one after the present look."""
        after = theme.THEMES[(theme.THEMES.index(self._name) + 1) % len(theme.THEMES)]
        self.choose_theme(after)
        if "theme" not in self._locked:
            self.said.emit(SHOWN_THEME.format(name=NAMES[after]), Weight.HINT)

    def choose_size(self, percent: int) -> None:
        """Another size of text, now and at the next start."""
        self._choose("text_size", str(percent), self._name, percent)

    def step_size(self, by: int) -> None:
        """Larger (1), smaller (-1), as the system (0)."""
        percent = stepped(text_size(_application()), by)
        self.choose_size(percent)
        if "text_size" not in self._locked:
            self.said.emit(SHOWN_SIZE.format(percent=percent), Weight.HINT)

    def keep_now(self) -> None:
        """Write what was chosen into the settings."""
        self._keeping.stop()
        changes, self._wanted = self._wanted, {}
        if not changes:
            return
        look = self._name, text_size(_application())

        def keep() -> None:
            from ptodesk_gui.workstation.look import keep_look
            from ptodesk_gui.workstation.settings import write_settings

            write_settings(changes)
            keep_look(*look)

        self._backstage.disk.submit(keep, failed=lambda error: self.said.emit(sentence(error), Weight.WARNING))

    def _choose(self, key: str, value: str, name: str, percent: int) -> None:
        if key in self._locked:
            self.said.emit(LOCKED, Weight.WARNING)
            self.changed.emit(self._name, text_size(_application()))
            return
        self._wanted[key] = value
        self._keeping.start()
        self._show(name, percent)

    def _show(self, name: str, percent: int) -> None:
        application = _application()
        self._name = name if name in theme.THEMES else theme.SYSTEM
        if theme.theme_of(application) != self._name:  # every widget hears of it and is painted anew
            theme.set_theme(application, self._name)
        set_text_size(application, percent)
        self.changed.emit(self._name, text_size(application))
        if not self._wanted:
            from ptodesk_gui.workstation.look import keep_look

            look = self._name, text_size(application)
            self._backstage.disk.submit(lambda: keep_look(*look))


def _application() -> QApplication:
    found = QApplication.instance()
    if not isinstance(found, QApplication):
        raise TypeError("there is no window")
    return found
