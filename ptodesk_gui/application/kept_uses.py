"""What was copied and said, as a text that is kept with the call: stale marks survive a restart and a call that is put aside."""

import json
from collections.abc import Iterable, Mapping

from ptodesk_gui.sop.entry import OWN
from ptodesk_gui.sop.replies import TEXT_TITLES
from ptodesk_gui.sop.stale import Use, Used


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
