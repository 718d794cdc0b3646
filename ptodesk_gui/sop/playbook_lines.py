"""Where in a playbook file a key stands, so that a fault can name the line."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

_TABLE: Final = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_TEXT_OF_LINES: Final = re.compile(r'"""|\'\'\'')

Path = tuple[str | int, ...]


def key_lines(toml: str) -> Mapping[Path, int]:
    """The line of every table and key of a TOML text, counted from 1. Tables of a list carry their number: ("installers", 0, "name")."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    quotes: str | None = None
    depth = 0
    for number, line in enumerate(toml.splitlines(), 1):
        inside = quotes is not None or depth > 0
        if not inside and (found := _TABLE.match(line)):
            table = _parts(found[2])
            if found[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            lines.setdefault(table, number)
        elif not inside and (found := _KEY.match(line)):
            lines.setdefault((*table, *_parts(found[1])), number)
        for mark in _TEXT_OF_LINES.findall(line):
            quotes = None if quotes == mark else quotes or mark
        if quotes is None and not (not inside and _TABLE.match(line)):
            depth = max(0, depth + _brackets(line))
    return lines


def line_of(path: Sequence[str | int], lines: Mapping[Path, int]) -> int | None:
    """The line of the key, or of the nearest one around it; None where nothing is known."""
    full = tuple(path)
    for length in range(len(full), 0, -1):
        if full[:length] in lines:
            return lines[full[:length]]
    return None


def key_name(path: Sequence[str | int]) -> str:
    """A key as a person writes it: ``installers[2].name`` is the second installer's."""
    name = ""
    for part in path:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def _parts(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _brackets(line: str) -> int:
    """How many more brackets of a list open than close on the line, outside quotes and notes."""
    bare = re.sub(r""""(?:\\.|[^"\\])*"|'[^']*'|#.*""", "", line)
    return bare.count("[") - bare.count("]")
