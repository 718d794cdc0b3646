"""What was copied and said, as a text that is kept with the call: stale marks survive a restart and a call that is put aside."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from ptodesk_gui.sop.entry import OWN, Entry, Memory
from ptodesk_gui.sop.replies import TEXT_TITLES
from ptodesk_gui.sop.stale import Use, Used

MOST_COPIES: Final = 10  # that are kept of one call


def uses_as_text(uses: Iterable[Use]) -> str:
    """The uses as JSON; empty when there are none."""
    kept = [
        {
            "what": use.what.value,
            "id": use.id,
            "rule": use.rule,
            "text": use.text,
            "facts": dict(use.facts),
            "states": list(use.states),
            "fitted": use.fitted,
        }
        for use in uses
    ]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def uses_from_text(text: str) -> tuple[Use, ...]:
    """The uses that ``uses_as_text`` wrote; what another version wrote and this one cannot read is left out."""
    try:
        found = json.loads(text) if text else []
    except ValueError:
        return ()
    return tuple(filter(None, map(_use, found))) if isinstance(found, list) else ()


def _use(kept: object) -> Use | None:
    if not isinstance(kept, Mapping):
        return None
    try:
        what, id_, facts, states = Used(kept["what"]), kept["id"], kept["facts"], kept["states"]
        if id_ != OWN and id_ not in TEXT_TITLES:
            return None
        texts = {str(path): str(value) for path, value in facts.items()}
        return Use(
            what, id_, str(kept["rule"]), str(kept["text"]), texts, tuple(map(str, states)), bool(kept["fitted"])
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        return None


def with_copy(entry: Entry, at: float, who: str, text: str) -> Entry:
    """The entry with one more copy of a reply, at a time in seconds since the epoch; the latest ones are kept."""
    copies = [*copies_of(entry), (at, who, text)][-MOST_COPIES:]
    return entry.with_memory(Memory.COPIES, json.dumps(copies, ensure_ascii=False))


def copies_of(entry: Entry) -> tuple[tuple[float, str, str], ...]:
    """Every copy: when, whose reply, its text; none of what another version wrote and this one cannot read."""
    try:
        return tuple((float(at), str(who), str(text)) for at, who, text in json.loads(entry.memory(Memory.COPIES)))
    except (ValueError, TypeError):
        return ()
