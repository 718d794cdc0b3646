"""packaging/policy.schema.json: the policy file for editors and scripts, written from the keys that the program knows."""

import json
import sys
from pathlib import Path
from typing import Any

from ptodesk_gui.workstation.policy_keys import FORMAT, SECTIONS, Key
from scripts.locked import ROOT

PAGE = ROOT / "packaging" / "policy.schema.json"


def schema() -> dict[str, Any]:
    """The schema of a policy that has no fault."""
    sections = {name: _section(keys) for name, keys in SECTIONS.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ptodesk policy",
        "type": "object",
        "additionalProperties": False,
        "properties": {"format": {"type": "integer", "maximum": FORMAT}, **sections},
    }


def text() -> str:
    """The file's text."""
    return json.dumps(schema(), indent=2) + "\n"


def main(target: Path = PAGE) -> int:
    """Write the file."""
    target.write_text(text(), encoding="utf-8")
    return 0


def _section(keys: tuple[Key, ...]) -> dict[str, Any]:
    properties = {key.name: _key(key) for key in keys}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _key(key: Key) -> dict[str, Any]:
    about = {"description": key.means}
    if key.kind is int:
        return {**about, "type": "integer", "minimum": key.least, "maximum": key.most}
    if key.kind is bool:
        return {**about, "type": "boolean"}
    words = {"type": "string", "pattern": rf"^\s*({key.pattern})\s*$"}
    return {**about, "type": "array", "items": words} if key.kind is list else {**about, **words}


if __name__ == "__main__":
    sys.exit(main())
