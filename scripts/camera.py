"""Takes the pictures of ``scripts/pictures.py``: one window, in every size and look that is asked for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ptodesk_gui.application.keyboard import LostError
from ptodesk_gui.ui import theme

SIZES = ((1024, 700), (1280, 800), (2560, 1440))
LOOKS = (theme.LIGHT, theme.DARK, theme.CONTRAST_DARK)
USUAL = (SIZES[1], LOOKS[0])
_GRABS = 20  # at most, until some in a row are the same: what is laid out late is in the picture
_SAME = 2
_COLOURS = 256


@dataclass(frozen=True)
class Shot:
    """One picture: its file's name without the end, and whether it is one of those that are kept with the project."""

    name: str
    size: tuple[int, int]
    look: str
    kept: bool


def shots(name: str, *, main: bool) -> Iterable[Shot]:
    """The pictures of one state: the usual one, and of the main states all sizes and looks."""
    for size in SIZES if main else SIZES[1:2]:
        for look in LOOKS if main else LOOKS[:1]:
            usual = (size, look) == USUAL
            kept = usual or size == USUAL[0] or look == USUAL[1]
            end = "" if usual else f"-{size[0]}x{size[1]}-{look}"
            yield Shot(f"{name}{end}", size, look, kept)


def _few_colours(image: QImage) -> QImage:
    """The picture in its 256 most frequent colours: half the size, and no difference to see."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    frequent = Counter(memoryview(image.constBits()).cast("B").cast("I")).most_common(_COLOURS)
    c = theme.colours(QPalette())
    meanings = {getattr(c, name).rgb() for name in theme.Colours.__slots__}  # a sign is small, and its colour rare
    return image.convertToFormat(
        QImage.Format.Format_Indexed8,
        [*meanings, *(colour for colour, _ in frequent)][:_COLOURS],
        Qt.ImageConversionFlag.ThresholdDither,
    )


class Camera:
    """Writes pictures into ``kept``, and those that are only to be looked at into ``rest``."""

    def __init__(self, window: QWidget, kept: Path, rest: Path) -> None:
        self._window = window
        self._kept = kept
        self._rest = rest
        self.taken: list[str] = []  # the states, in order
        for folder in (kept, rest):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def application(self) -> QApplication:
        """The program."""
        found = QApplication.instance()
        if not isinstance(found, QApplication):
            raise LostError("There is no window.")
        return found

    def take(self, name: str, *, main: bool = False) -> None:
        """Take all pictures of a state of the window."""
        self.taken.append(name)
        application = self.application
        for shot in shots(name, main=main):
            theme.set_theme(application, shot.look)
            self._window.resize(*shot.size)
            self._write(self._settled(self._window), shot)
        theme.set_theme(application, USUAL[1])
        self._window.resize(*USUAL[0])
        self._settled(self._window)

    def take_apart(self, name: str, widget: QWidget) -> None:
        """Take a window of its own, in the size it has."""
        self.taken.append(name)
        self._write(self._settled(widget), Shot(name, USUAL[0], USUAL[1], kept=True))

    def take_as_it_is(self, name: str) -> None:
        """Take the window in the size it has now."""
        self.taken.append(name)
        self._write(self._settled(self._window), Shot(name, USUAL[0], USUAL[1], kept=True))

    def _settled(self, widget: QWidget) -> QPixmap:
        before, same = QImage(), 0
        for _ in range(_GRABS):
            QApplication.processEvents()
            grabbed = widget.grab()
            same = same + 1 if (image := grabbed.toImage()) == before else 0
            if same == _SAME:
                break
            before = image
        return grabbed

    def _write(self, picture: QPixmap, shot: Shot) -> None:
        file = (self._kept if shot.kept else self._rest) / f"{shot.name}.png"
        if not _few_colours(picture.toImage()).save(str(file), quality=0):
            raise LostError(f"The picture {file.name} could not be written to {file.parent}.")
