"""Random changes of something valid: what almost fits finds more than what does not fit at all."""

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 7, 2**63, 10**40, 1e308, -0.0, "", " ", "0", "x y", "PTO", "{}", "null", "\x00", "\ud800", "é" * 300,
    "a" * 5000, "../..", "${name}", "[~accountid:x]", [], [None], [[]], {}, {"id": None}, {"": ""}, [{"id": {}}],
)  # fmt: skip
CHARACTERS = "\x00\t\n\r\"'\\=[]{}#$.,:;-–_ aZ0é\u202e\u200b\U0001f600"


def changed_json(value: Any, chance: Random, times: int = 1) -> Any:
    """The value with some places of it replaced, removed, repeated, renamed or exchanged."""
    value = copy.deepcopy(value)
    for _ in range(times):
        places = list(_places(value))
        if not places:
            return chance.choice(JUNK)
        holder, key = chance.choice(places)
        match chance.randrange(6):
            case 0 | 1:
                holder[key] = copy.deepcopy(chance.choice(JUNK))
            case 2:
                del holder[key]
            case 3 if isinstance(holder, list):
                holder.insert(key, copy.deepcopy(holder[key]))
            case 3:
                holder[f"{key}x"] = holder.pop(key)
            case 4:
                other, there = chance.choice(places)
                holder[key], other[there] = copy.deepcopy(other[there]), copy.deepcopy(holder[key])
            case _:
                holder[key] = _bent(holder[key], chance)
    return value


def changed_text(text: str, chance: Random, times: int = 1) -> str:
    """The text with characters, words or lines of it changed."""
    for _ in range(times):
        lines = text.split("\n")
        at, there = (chance.randrange(len(text) + 1) for _ in range(2))
        line, other = (chance.randrange(len(lines)) for _ in range(2))
        match chance.randrange(7):
            case 0:
                text = text[:at] + chance.choice(CHARACTERS) + text[at:]
            case 1:
                text = text[:at] + text[at + chance.randrange(1, 8) :]
            case 2:
                text = text[: min(at, there)] + text[max(at, there) :]
            case 3:
                text = "\n".join(lines[:line] + lines[line + 1 :])
            case 4:
                text = "\n".join([*lines[:line], lines[other], *lines[line:]])
            case 5:
                lines[line], lines[other] = lines[other], lines[line]
                text = "\n".join(lines)
            case _:
                text = text[:at] + chance.choice(CHARACTERS) * chance.choice((2, 50, 3000)) + text[at + 1 :]
    return text


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in the value: what holds it, and its key or number there."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict | list):
            keys = list(holder) if isinstance(holder, dict) else range(len(holder))
            for key in keys:
                yield holder, key
                waiting.append(holder[key])


def _bent(value: Any, chance: Random) -> Any:
    """Something of the same kind, or the same in another kind."""
    if isinstance(value, str):
        return chance.choice(
            (value.upper(), value + value, value[::-1], [value], {"value": value}, changed_text(value, chance))
        )
    if isinstance(value, bool):
        return chance.choice((not value, int(value), str(value)))
    if isinstance(value, int | float):
        return chance.choice((value + 1, -value, str(value), [value], float("1e300")))
    return chance.choice((str(value)[:100], {"values": value}, [value, value]))
