"""``python -m tests.acceptance.scaled FOLDER PERCENT [PICTURES]``: the walk through every state, at the scale factor and on the screen it is started with.

Prints the screen's pixels to a pixel of the program, then a line for whatever is not seen whole. PICTURES is a folder for what was looked at.
"""

import sys
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.workstation.playbook_files import packaged_playbook
from scripts.pictures import walk
from tests.acceptance.inspector import Inspector

SIZE = (1024, 700)


class Looking(Inspector):
    """Looks with the wanted size of text alone, and keeps what it saw where that is wanted."""

    def __init__(self, window: QWidget, percent: int, pictures: Path | None) -> None:
        super().__init__(window, ((*SIZE, percent),))
        self._pictures = pictures

    def _look_at(self, window: QWidget, what: str, percent: int) -> None:
        super()._look_at(window, what, percent)
        if self._pictures is not None:
            self._settled(window).save(str(self._pictures / f"{what.split()[0]}.png"))


def main(folder: Path, percent: int, pictures: Path | None) -> None:
    """Walk, and say what was found."""
    application = QApplication(["ptodesk", *theme.STYLE_ARGUMENTS])
    theme.apply_theme(application, packaged_playbook().parent, theme.LIGHT)
    made: list[Any] = []

    def looking(window: QWidget) -> Looking:
        made.append(Looking(window, percent, pictures))
        return made[0]  # type: ignore[no-any-return]

    walk(looking, folder)
    ratio = application.primaryScreen().devicePixelRatio()
    sys.stdout.write("\n".join((str(ratio), str(len(made[0].taken)), *made[0].found)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else None)
