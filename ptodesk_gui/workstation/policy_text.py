"""The entries of a policy file. A file that is no TOML any more is read line by line: what stands on sound lines still holds."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

TOP: Final = ""  # the section of what stands before the first header
UNKNOWN: Final = None  # the section of what stands below a header that cannot be read
_HEADER: Final = re.compile(r"\s*\[\s*([A-Za-z0-9_-]+)\s*\]\s*(?:#.*)?$")
_KEY: Final = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=")
_MOST_LINES: Final = 20  # of one value


@dataclass(frozen=True, slots=True)
class Entry:
    """One value. ``where`` is where IT finds it ("line 4", a place in the registry); a section as a whole has no key."""

    section: str
    key: str
    value: Any
    where: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that cannot be read, and the section it stands in as far as that is known."""

    line: int
    section: str | None


def entries_of(raw: bytes) -> tuple[list[Entry], list[Unread]]:
    """What stands in a policy file, and which of its lines cannot be read."""
    lines = [_decoded(line) for line in raw.removeprefix(b"\xef\xbb\xbf").splitlines()]
    if None not in lines:
        text = [line or "" for line in lines]
        try:
            return list(_whole(tomllib.loads("\n".join(text)), text)), []
        except tomllib.TOMLDecodeError:
            pass
    return _by_lines(lines)


def _decoded(line: bytes) -> str | None:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _whole(data: dict[str, Any], lines: list[str]) -> Iterator[Entry]:
    for name, value in data.items():
        if isinstance(value, dict):
            for key, inner in value.items():
                yield Entry(name, key, inner, _where(lines, name, key))
        else:
            yield Entry(TOP, name, value, _where(lines, TOP, name))


def _where(lines: list[str], section: str, key: str) -> str:
    """The line on which a key stands; the file as a whole where it is written in some rarer way."""
    at = TOP
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            at = header[1]
        elif at == section and (found := _KEY.match(line)) and found[1] == key:
            return f"line {number}"
    return "the file"


def _by_lines(lines: list[str | None]) -> tuple[list[Entry], list[Unread]]:
    found: list[Entry] = []
    unread: list[Unread] = []
    section: str | None = TOP
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if line is not None and (not line.strip() or line.lstrip().startswith("#")):
            continue
        if line is not None and (header := _HEADER.match(line)):
            section = header[1]
            continue
        value, length = _value(lines, number - 1)
        if value is not None and section is not None:
            found += [Entry(section, key, inner, f"line {number}") for key, inner in value.items()]
            number += length - 1
            continue
        unread.append(Unread(number, section))
        if line is None or "=" not in line:  # it may have been a header
            section = UNKNOWN
    return found, unread


def _value(lines: list[str | None], start: int) -> tuple[dict[str, Any] | None, int]:
    """The key and value that begin on this line, and over how many lines they go; None where they cannot be read."""
    text = ""
    for length, line in enumerate(lines[start : start + _MOST_LINES], 1):
        if line is None or (length > 1 and (_HEADER.match(line) or _KEY.match(line))):
            break
        text += f"{line}\n"
        try:
            value = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue
        return (value, length) if value else (None, 1)
    return None, 1
