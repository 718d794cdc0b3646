"""``python -m tests.acceptance.stretched FOLDER``: the walk through every state with every word half as long again.

Prints how many words were stretched, then a line for whatever is not seen whole.
"""

import ast
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from scripts.words import ROOMS, Words

VIEWS = ((1024, 700, 100), (1280, 800, 100))
_FILLER = "ooo oooo "
_done: list[str] = []


def stretched(text: str) -> str:
    """Half as long again; what is put into it stays."""
    _done.append(text)
    more = len(text) // 2
    return f"{text} {(_FILLER * more)[: max(more - 1, 1)]}".rstrip()


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        """From the source, never from what was compiled before."""
        path = self.get_filename(fullname)
        tree = Words(stretched).visit(ast.parse(self.get_data(path)))
        return compile(ast.fix_missing_locations(tree), path, "exec")  # type: ignore[no-any-return]


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The modules that words stand in."""
        if not fullname.startswith(tuple(f"ptodesk_gui.{room}" for room in ROOMS)):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
        return spec


def main(folder: Path) -> None:
    """Walk, and say what was found."""
    sys.meta_path.insert(0, _Finder())
    from PySide6.QtWidgets import QApplication

    from ptodesk_gui.ui import theme
    from ptodesk_gui.workstation.playbook_files import packaged_playbook
    from scripts.pictures import walk
    from tests.acceptance.inspector import Inspector

    application = QApplication(["ptodesk", *theme.STYLE_ARGUMENTS])
    theme.apply_theme(application, packaged_playbook().parent, theme.LIGHT)
    made: list[Any] = []

    def inspector(window: Any) -> Inspector:
        made.append(Inspector(window, VIEWS))
        return made[0]  # type: ignore[no-any-return]

    walk(inspector, folder)
    sys.stdout.write("\n".join((str(len(_done)), *made[0].found)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
