"""Room between things is on one grid, and texts have one of a few sizes: what stands beside each other stands in line."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ptodesk_gui.ui import theme

GRID = {0, 2, 4, 8, 12, 16, 24}  # pixels
SPACED = {"setSpacing", "setHorizontalSpacing", "setVerticalSpacing", "setContentsMargins", "addSpacing"}
SIZED = {"font", "words", "muted", "text_label", "_label", "_words", "_Words", "ElidedLine", "RenderingLabel"}
SIZES = {
    *(theme.TINY, theme.SMALL, theme.TEXT, theme.FIELD),
    *(theme.LEAD, theme.TITLE, theme.SAY, theme.HUGE),
}
PADDED = re.compile(r"QListWidget::item \{ padding: ([^;]*);")


def calls(tree: ast.Module, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                yield node


def named(tree: ast.Module) -> dict[str, int]:
    """The module's own names of pixels."""
    found = {}
    for node in tree.body:
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        value = getattr(node, "value", None)
        several = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
        for name, what in zip(target.elts, value.elts, strict=True) if several else ((target, value),):  # type: ignore[union-attr]
            if isinstance(name, ast.Name) and isinstance(what, ast.Constant) and isinstance(what.value, int):
                found[name.id] = what.value
    return found


def off_the_grid(source: str) -> list[str]:
    tree = ast.parse(source)
    names = named(tree)
    found = []
    for call in calls(tree, SPACED):
        for argument in call.args:
            whole = not isinstance(argument, ast.BinOp)  # a sum of what is painted there and of room
            for node in ast.walk(argument) if whole else ():
                pixels = names.get(node.id) if isinstance(node, ast.Name) else getattr(node, "value", None)
                if isinstance(pixels, int) and pixels not in GRID:
                    found.append(f"{call.lineno}: {ast.unparse(call)}")
    found += [text for text in PADDED.findall(source) if not {int(n) for n in re.findall(r"\d+", text)} <= GRID]
    return found


def sizes_without_a_name(source: str) -> list[str]:
    return [
        f"{call.lineno}: {ast.unparse(call)}"
        for call in calls(ast.parse(source), SIZED)
        for argument in (*call.args, *(word.value for word in call.keywords if word.arg == "scale"))
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]


@pytest.fixture(scope="module")
def sources(project_dir: Path) -> dict[str, str]:
    files = (project_dir / "ptodesk_gui" / "ui").rglob("*.py")
    return {str(file.relative_to(project_dir)): file.read_text("utf-8") for file in files}


def test_room_between_things_is_on_the_grid(sources: dict[str, str]) -> None:
    assert {name: found for name, source in sources.items() if (found := off_the_grid(source))} == {}


def test_every_size_of_text_has_a_name(sources: dict[str, str]) -> None:
    assert {name: found for name, source in sources.items() if (found := sizes_without_a_name(source))} == {}
    assert len(SIZES) == 8


def test_what_is_off_the_grid_is_found() -> None:
    assert off_the_grid("_LEFT: Final = 3\nrow.setContentsMargins(_LEFT, 4, 8, 4)")
    assert off_the_grid("_LEFT, _RIGHT = 4, 5\nrow.setContentsMargins(_LEFT, 4, _RIGHT, 4)")
    assert off_the_grid("row.setSpacing(4 if stacked else 6)")
    assert off_the_grid('STYLE = "QListWidget::item { padding: 5px 4px; }"')
    assert not off_the_grid("row.setSpacing(4 if stacked else 8)")
    assert sizes_without_a_name("label.setFont(theme.font(1.3, bold=True))")
    assert not sizes_without_a_name("label.setFont(theme.font(theme.TITLE, bold=True))")
