"""Reads a practice caller's file: a ``Caller``, or every fault with its line.

The facts are those of a CASE file; what differs is that milestones are days before today (``m2_days_ago = 41``).
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from ptodesk_gui.sop.callers import MILESTONES, Caller, OpenHistory, Waiting, spoken_dates
from ptodesk_gui.sop.case import Case, Channel
from ptodesk_gui.sop.case_check import read_case
from ptodesk_gui.sop.case_values import kind_of
from ptodesk_gui.sop.faults import CaseFaults, PlaybookFault, PlaybookFaults
from ptodesk_gui.sop.playbook_lines import Path, key_lines, key_name, line_of
from ptodesk_gui.sop.replies import BadTextError, Text, compile_text

MOST_DAYS: Final = 3_650
_KEYS: Final = ("title", "about", "lesson", "channel", "rules", "says", "facts", "waiting", "history")
_WAITING: Final = ("project", "title", "sender_name", "sender_email", "request", "text", "days_ago")
_HISTORY: Final = ("days_ago", "installer", "concern")
_RULE: Final = re.compile(r"[A-Z][0-9]{1,2}")
_DAYS: Final = {f"{name}_days_ago": name for name in MILESTONES}
_AGENT: Final = "Practice Agent"  # the facts are checked with some agent and some ticket
_KEY: Final = "PTO-1"
_SOME_DAY: Final = date(2000, 6, 1)  # which blanks there are is the same on every day
_MADE_HERE: Final = frozenset(
    {"agent", "channel", "source_ticket", "open_homeowner_ticket", "open_installer_ticket", "m1", "m2", "m3"}
)


class CallerFaults(PlaybookFaults):
    """A caller's file cannot be used. ``faults`` are all of them."""


def check_caller(toml: str, file: str) -> Caller:
    """The caller of a file's text; ``file`` is its name. Raises CallerFaults with every fault."""
    reader = _Reader(toml, file)
    caller = reader.caller()
    if caller is None or reader.faults:
        raise CallerFaults(sorted(reader.faults, key=lambda fault: fault.line or 0))
    return caller


class _Reader:
    """Reads one file and gathers the faults."""

    def __init__(self, toml: str, file: str) -> None:
        self.faults: list[PlaybookFault] = []
        self._toml = toml
        self._file = file
        self._lines = key_lines(toml)

    def caller(self) -> Caller | None:
        try:
            data = tomllib.loads(self._toml)
        except tomllib.TOMLDecodeError as fault:
            self.faults.append(PlaybookFault(self._file, None, "", f"cannot be read: {fault}."))
            return None
        self._unknown(data, _KEYS, ())
        days = self._days(self._table(data, ("facts", "job")))
        return Caller(
            id=self._file.removesuffix(".toml"),
            title=self._text(data, ("title",)),
            about=self._text(data, ("about",)),
            lesson=self._text(data, ("lesson",)),
            rules=self._rules(data),
            says=tuple(self._says(data, days)),
            case=self._case(data),
            days=days,
            waiting=self._waiting(data, days),
            history=self._history(data, days),
        )

    def _case(self, data: Mapping[str, Any]) -> Case:
        """The facts, without what is made when the caller calls: agent, dates, keys."""
        facts = dict(self._table(data, ("facts",)))
        job = dict(facts["job"]) if isinstance(facts.get("job"), dict) else {}
        self._made_here(("facts",), facts)
        self._made_here(("facts", "job"), job)
        facts["job"] = {key: value for key, value in job.items() if key not in _DAYS and key not in _MADE_HERE}
        made = {"channel": data.get("channel"), "agent": _AGENT}
        if data.get("channel") != Channel.PHONE:
            made["source_ticket"] = {"key": _KEY}
        try:
            return read_case({**{key: value for key, value in facts.items() if key not in _MADE_HERE}, **made})
        except CaseFaults as wrong:
            for place, text in wrong.faults:
                self._say(("channel",) if place == "channel" else ("facts", *place.split(".")), text)
            return Case(Channel.PHONE, _AGENT)

    def _made_here(self, path: Path, table: Mapping[str, Any]) -> None:
        for key in sorted(_MADE_HERE & table.keys()):
            self._say((*path, key), "does not belong here: it is made when the caller calls.")

    def _days(self, job: Mapping[str, Any]) -> dict[str, int]:
        found: dict[str, int] = {}
        for key, name in _DAYS.items():
            ago = self._whole(job, ("facts", "job", key), usual=None)
            if ago is not None:
                found[name] = ago
        for before, after in (("m1", "m2"), ("m2", "m3")):
            if found.get(before, MOST_DAYS) < found.get(after, 0):
                said = f"is before {before.upper()}: {after.upper()} is approved later, so it is fewer days ago."
                self._say(("facts", "job", f"{after}_days_ago"), said)
        return found

    def _says(self, data: Mapping[str, Any], days: Mapping[str, int]) -> Iterable[Text]:
        sentences = self._list(data, "says")
        if not sentences:
            self._say(("says",), "is missing: the sentences that the caller says, in square brackets.")
        for number, sentence in enumerate(sentences):
            yield self._compiled(("says", number), sentence, days)

    def _rules(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        rules = self._list(data, "rules")
        if not rules:
            self._say(("rules",), 'is missing: the rules that this caller exercises, such as ["C8", "H4"].')
        for rule in rules:
            if not _RULE.fullmatch(rule):
                self._say(("rules",), f'"{rule}" is no rule\'s id, such as H4.')
        return tuple(rules)

    def _waiting(self, data: Mapping[str, Any], days: Mapping[str, int]) -> Waiting | None:
        needed = data.get("channel") != Channel.PHONE
        if "waiting" not in data:
            if needed and data.get("channel") in tuple(Channel):
                self._say(("channel",), "needs the ticket that it comes in with: a table [waiting].")
            return None
        table = self._table(data, ("waiting",))
        self._unknown(table, _WAITING, ("waiting",))
        return Waiting(
            project=self._text(table, ("waiting", "project")),
            title=self._text(table, ("waiting", "title")),
            sender_name=self._text(table, ("waiting", "sender_name")),
            sender_email=self._text(table, ("waiting", "sender_email")),
            request=self._text(table, ("waiting", "request" if "request" in table else "title")),
            text=self._compiled(("waiting", "text"), self._text(table, ("waiting", "text")), days),
            days_ago=self._whole(table, ("waiting", "days_ago"), usual=0) or 0,
        )

    def _history(self, data: Mapping[str, Any], days: Mapping[str, int]) -> OpenHistory | None:
        if "history" not in data:
            if data.get("channel") == Channel.INSTALLER:
                self._say(("channel",), "needs the open installer ticket: a table [history].")
            return None
        table = self._table(data, ("history",))
        self._unknown(table, _HISTORY, ("history",))
        installer = table.get("installer", True)
        if not isinstance(installer, bool):
            self._say(("history", "installer"), f"must be true or false, not {kind_of(installer)}.")
        history = OpenHistory(self._whole(table, ("history", "days_ago"), usual=0) or 0, installer is True)
        if any(ago < history.days_ago for name, ago in days.items() if name != "m3"):
            self._say(
                ("history", "days_ago"), "is before M1 or M2: the open tickets tell of both, so they are younger."
            )
        if "concern" in table:
            history = replace(history, concern=self._text(table, ("history", "concern")))
        return history

    # -- single values

    def _compiled(self, path: Path, text: str, days: Mapping[str, int]) -> Text:
        try:
            made = compile_text(self._file, text)
        except BadTextError as wrong:
            self._say(path, f"has {wrong.reason}")
            return compile_text(self._file, "")
        known = spoken_dates(days, _SOME_DAY)
        for name in made.missing(known):
            there = ", ".join(f"${each}" for each in known) or "none, since there are no milestones"
            self._say(path, f"has the blank ${name}; there are: {there}.")
        return made

    def _text(self, table: Mapping[str, Any], path: Path) -> str:
        value = table.get(str(path[-1]))
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._say(path, "is missing." if value in (None, "") else f"must be text in quotes, not {kind_of(value)}.")
        return ""

    def _whole(self, table: Mapping[str, Any], path: Path, *, usual: int | None) -> int | None:
        value = table.get(str(path[-1]))
        if value is None:
            return usual
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_DAYS:
            return value
        self._say(path, f"must be a number of days from 0 to {MOST_DAYS:,}, not {value!r}.")
        return usual

    def _list(self, data: Mapping[str, Any], key: str) -> list[str]:
        value = data.get(key, [])
        if isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value):
            return value
        self._say((key,), "must be a list of texts in quotes, in square brackets.")
        return []

    def _table(self, data: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
        value: Any = data
        for key in path:
            value = value.get(key, {}) if isinstance(value, dict) else {}
        if isinstance(value, dict):
            return value
        self._say(path, f"must be a table, written [{key_name(path)}].")
        return {}

    def _unknown(self, table: Mapping[str, Any], known: Sequence[str], path: Path) -> None:
        for key in table:
            if key not in known:
                close = difflib.get_close_matches(key, known, 1)
                meant = f" Did you mean {close[0]}?" if close else f" Known are: {', '.join(known)}."
                self._say((*path, key), f"is not a key of a caller.{meant}")

    def _say(self, path: Path, text: str) -> None:
        self.faults.append(PlaybookFault(self._file, line_of(path, self._lines), key_name(path), text))
