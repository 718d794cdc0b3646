"""What was fetched of playbooks and is kept on this computer: the newest good one, the last one that was used, and how the last look went."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

NEWEST: Final = "newest.json"
LAST_GOOD: Final = "last-good.json"
LOOK: Final = "look.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """An archive with its signature (empty: it has none), where it was fetched from, and when, in seconds since 1970."""

    archive: bytes
    signature: str
    place: str
    when: float


@dataclass(frozen=True, slots=True)
class Look:
    """How the last look for a playbook went: when, and a sentence for everything that was wrong with what was there."""

    when: float = 0.0
    problems: tuple[str, ...] = ()


class PlaybookShelf:
    """A folder with three small files, each replaced whole or not at all. What cannot be read is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self) -> Kept | None:
        """The one that was fetched last and had no fault."""
        return self._kept(NEWEST)

    def last_good(self) -> Kept | None:
        """The one that was in use last."""
        return self._kept(LAST_GOOD)

    def look(self) -> Look:
        """How the last look went."""
        data = self._read(LOOK)
        try:
            return Look(float(data["when"]), tuple(str(line) for line in data["problems"]))
        except (KeyError, TypeError, ValueError):
            return Look()

    def put_newest(self, kept: Kept) -> None:
        """Keep what was fetched. Raises OSError."""
        self._write(NEWEST, _data(kept))

    def put_last_good(self, kept: Kept) -> None:
        """It is in use now. Raises OSError."""
        if self.last_good() != kept:
            self._write(LAST_GOOD, _data(kept))

    def put_look(self, look: Look) -> None:
        """Keep how a look went. Raises OSError."""
        self._write(LOOK, {"when": look.when, "problems": list(look.problems)})

    def _kept(self, name: str) -> Kept | None:
        data = self._read(name)
        try:
            archive = base64.b64decode(data["archive"], validate=True)
            return Kept(archive, str(data["signature"]), str(data["place"]), float(data["when"]))
        except (KeyError, TypeError, ValueError):
            return None

    def _read(self, name: str) -> Mapping[str, Any]:
        try:
            data = json.loads((self._folder / name).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    def _write(self, name: str, data: Mapping[str, Any]) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._folder / f"{name}.{os.getpid()}.new"
        try:
            new.write_text(json.dumps(data), "utf-8")
            os.replace(new, self._folder / name)
        finally:
            new.unlink(missing_ok=True)


def _data(kept: Kept) -> dict[str, Any]:
    archive = base64.b64encode(kept.archive).decode()
    return {"archive": archive, "signature": kept.signature, "place": kept.place, "when": kept.when}
