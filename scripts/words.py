"""Every visible word of the program, by the module it stands in: for Qt Linguist, and for the test that makes all of them longer.

``python -m scripts.words FILE.ts`` writes them as a translation source (docs/decisions/0026).
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

ROOT: Final = Path(__file__).resolve().parents[1]
ROOMS: Final = ("ui", "application")
_KEY: Final = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+)+\w*|F\d+|Esc|Enter|Space|Tab|Up, Down|[A-Z0-9=,-]")
_WORDS: Final = re.compile(r"&?[A-Z0-9{“\"'(].*[a-z].*|.*[A-Za-z].* .*", re.DOTALL)
_NO_WORDS: Final = re.compile(r"^#[0-9a-f]{6}|[;]\s*\}|::|^\w+\.\w+$|^%\(")
_NAMES: Final = re.compile(r"_?[A-Z][A-Z0-9_]*")
_CALLS: Final = frozenset({"Spec", "Line", "Habit"})  # records of tables, whose texts are words


def is_words(text: str) -> bool:
    """Whether a constant is something that people read: no key, no style sheet, no name of a thing in the program."""
    return bool(_WORDS.fullmatch(text)) and not _KEY.fullmatch(text) and not _NO_WORDS.search(text)


class Words(ast.NodeTransformer):
    """Walks a module and puts other words in the place of its words: those of its constants, whose names are in capitals."""

    def __init__(self, other: Callable[[str], str]) -> None:
        self._other = other

    def visit_Module(self, node: ast.Module) -> ast.Module:
        """Only what stands in the module itself."""
        for statement in node.body:
            value = getattr(statement, "value", None)
            if _is_named_in_capitals(statement) and isinstance(value, ast.expr):
                statement.value = self.visit(value)  # type: ignore[attr-defined]
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.Dict:
        """The values; keys are names."""
        node.values = [self.visit(value) for value in node.values]
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """Records of tables; anything else that is called makes no words."""
        if isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            node.args = [self.visit(argument) for argument in node.args]
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """A word or sentence."""
        if isinstance(node.value, str) and is_words(node.value):
            return ast.copy_location(ast.Constant(self._other(node.value)), node)
        return node


def catalogue() -> Mapping[str, tuple[str, ...]]:
    """The words by module, in their order."""
    found = {}
    for file in _modules():
        words: list[str] = []
        Words(lambda text, words=words: words.append(text) or text).visit(ast.parse(file.read_text("utf-8")))  # type: ignore[misc]
        if words:
            found[".".join(file.relative_to(ROOT).with_suffix("").parts)] = tuple(dict.fromkeys(words))
    return found


def write(file: Path) -> int:
    """The catalogue as a translation source for Qt Linguist; how many words there are."""
    root = ElementTree.Element("TS", version="2.1", sourcelanguage="en_US")
    for module, words in catalogue().items():
        context = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(context, "name").text = module
        for text in words:
            message = ElementTree.SubElement(context, "message")
            ElementTree.SubElement(message, "source").text = text
            ElementTree.SubElement(message, "translation", type="unfinished")
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
    return len(root.findall(".//message"))


def _modules() -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / "ptodesk_gui" / room).rglob("*.py"))


def _is_named_in_capitals(statement: ast.stmt) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return all(isinstance(target, ast.Name) and bool(_NAMES.fullmatch(target.id)) for target in targets)


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))} words\n")
