"""What was copied or said and is out of date by now, because a fact has changed since: each mark names the fact.

The window remembers a ``Use`` with every copy and every sentence said (``copied``, ``said``, ``remember``); ``stale``
compares them with the call as it stands. Nothing here asks when something happened: only facts count.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ptodesk_gui.sop.case import OwnWords
from ptodesk_gui.sop.entry import OWN, Field
from ptodesk_gui.sop.fact_words import change_in_words, facts_of
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.reading import NOTE_FIELDS
from ptodesk_gui.sop.replies import BLANKS, TEXT_TITLES
from ptodesk_gui.sop.view import CallView, Notice, ReplyChoice, Saying, StaleMark

__all__ = ["Use", "Used", "as_notices", "copied", "remember", "said", "stale"]

_DAY_CHANGED: Final = "the day or the playbook has changed"


class Used(StrEnum):
    """What became of a text."""

    HOMEOWNER_REPLY = "homeowner_reply"  # copied
    INSTALLER_REPLY = "installer_reply"  # copied
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Use:
    """A text that left the window: which, how it read, and every fact as it was then. ``states`` are the facts it states.

    ``fitted``: its condition held.
    """

    what: Used
    id: str
    rule: str
    text: str
    facts: Mapping[str, str]
    states: tuple[str, ...]
    fitted: bool = True


_DATES: Final = (Field.M1, Field.M2, Field.M3)
_FLOW: Final = (Field.CHANNEL, Field.JOB_FOUND, Field.OPEN_HOMEOWNER, Field.OPEN_INSTALLER)
# The facts that make a text the one to use, besides those that it states (C8, C9, C12, C14, H4, H5, H7, I4, I7, O5, O6).
_DECIDED_BY: Final[Mapping[str, tuple[Field, ...]]] = {
    "say_within": _DATES,
    "say_past": _DATES,
    "homeowner_within": _DATES,
    "homeowner_past": _DATES,
    "homeowner_littleton": (Field.INSTALLER, Field.CITY, Field.STATE),
    "homeowner_self_help": (Field.INSTALLER, Field.INSPECTION, *NOTE_FIELDS, *_DATES),
    "homeowner_again": (Field.OPEN_HOMEOWNER,),
    "homeowner_ask_job": (Field.JOB_FOUND, Field.CHANNEL),
    "installer_within": _DATES,
    "installer_past": _DATES,
    "installer_again": (Field.OPEN_INSTALLER,),
    "": (*_DATES, Field.INSTALLER, *_FLOW),  # no reply
}
_ANY: Final = tuple(dict.fromkeys(which.value for fields in _DECIDED_BY.values() for which in fields))
_MORE_FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "homeowner": (Field.FIRST_NAME, Field.LAST_NAME),
    "address": (Field.STREET, Field.CITY, Field.STATE, Field.ZIP),
}


# --- remembering ------------------------------------------------------------------------------------------------------


def copied(view: CallView, what: Used, playbook: Playbook) -> Use | None:
    """The reply that was copied just now; None when there is none that could have been."""
    choice = _choice(view, what)
    option = choice.chosen_option
    if choice.chosen == OWN:
        own = view.case.homeowner_reply if what is Used.HOMEOWNER_REPLY else view.case.installer_reply
        text = own.text if isinstance(own, OwnWords) else ""
        rule = "H5" if what is Used.HOMEOWNER_REPLY else "I4"
        return Use(what, OWN, rule, text, facts_of(view), ())
    if option is None or not option.words.complete:
        return None
    states = _stated(playbook, option.id)
    return Use(what, option.id, option.rule, option.words.text, facts_of(view), states, option.fits)


def said(view: CallView, saying_id: str, playbook: Playbook) -> Use | None:
    """The sentence that was said just now; None when it was not there to be said."""
    saying = _saying(view, saying_id)
    if saying is None:
        return None
    return Use(Used.SAID, saying_id, saying.rule, _spoken(saying), facts_of(view), _stated(playbook, saying_id))


def remember(uses: Iterable[Use], use: Use | None) -> tuple[Use, ...]:
    """The uses with one more: a reply copied again, or a sentence said again, takes the place of what it was before."""
    if use is None:
        return tuple(uses)
    kept = (other for other in uses if other.what is not use.what or (use.what is Used.SAID and other.id != use.id))
    return (*kept, use)


def _stated(playbook: Playbook, text_id: str) -> tuple[str, ...]:
    """The facts that a text states, by the variables in it."""
    found: list[str] = []
    for name in sorted(playbook.texts[text_id].variables):
        found += (which.value for which in _MORE_FIELDS[name]) if name in _MORE_FIELDS else [BLANKS[name].field]
    return tuple(dict.fromkeys(found))


# --- comparing --------------------------------------------------------------------------------------------------------


def stale(uses: Iterable[Use], view: CallView) -> tuple[StaleMark, ...]:
    """What is out of date by now: one sentence for each fact that changed, and the field to look at."""
    now = facts_of(view)
    return tuple(mark for use in uses for mark in _marks(use, view, now))


def as_notices(marks: Iterable[StaleMark]) -> tuple[Notice, ...]:
    """The marks as notices, for the place where flags are shown."""
    return tuple(Notice(f"stale.{mark.what}.{mark.field or 'day'}", mark.rule, mark.text, mark.field) for mark in marks)


def _marks(use: Use, view: CallView, now: Mapping[str, str]) -> Iterator[StaleMark]:
    found = _said_out_of_date(use, view) if use.what is Used.SAID else _reply_out_of_date(use, view, now)
    if found is None:
        return
    causes, instead = found
    for path in _changed(use, causes, now):
        change = change_in_words(path, use.facts.get(path, ""), now.get(path, "")) if path else _DAY_CHANGED
        yield StaleMark(f"{_named(use)} is out of date: {change}.{instead}", path, use.what.value, use.rule)


def _changed(use: Use, causes: Iterable[str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The causes that changed, else whatever else did; an empty path where no fact has changed at all."""
    ways = (causes, (*use.states, *_ANY))
    for paths in ways:
        changed = tuple(path for path in dict.fromkeys(paths) if use.facts.get(path, "") != now.get(path, ""))
        if changed:
            return changed
    return ("",)


def _said_out_of_date(use: Use, view: CallView) -> tuple[tuple[str, ...], str] | None:
    """The facts that may have made the sentence so, and what to say instead; None while it holds."""
    saying = _saying(view, use.id)
    if saying is not None:  # a blank of then was said in the agent's own words: only what it stated counts
        now = facts_of(view)
        stated = tuple(path for path in use.states if use.facts.get(path) and use.facts[path] != now.get(path))
        return (stated, "") if stated and _spoken(saying) != use.text else None
    if use.id not in _DECIDED_BY:
        return None
    instead = next((f" Now to say: “{TEXT_TITLES[other.id]}”." for other in view.say if other.id in _DECIDED_BY), "")
    return _decided(use.id), instead


def _reply_out_of_date(use: Use, view: CallView, now: Mapping[str, str]) -> tuple[tuple[str, ...], str] | None:
    """The facts that may have made the reply so, and which is the one now; None while it holds."""
    choice = _choice(view, use.what)
    home = use.what is Used.HOMEOWNER_REPLY
    pick, own_text = (
        (Field.HOMEOWNER_REPLY, Field.HOMEOWNER_REPLY_TEXT)
        if home
        else (Field.INSTALLER_REPLY, Field.INSTALLER_REPLY_TEXT)
    )
    if choice.chosen != use.id:
        picked = use.facts.get(pick, "") != now.get(pick, "")
        causes = (pick.value,) if picked else (*_decided(use.id), *_decided(choice.chosen or ""))
        return causes, f" {_instead(choice)}"
    if use.id == OWN:
        return None if now.get(own_text, "") == use.text else ((own_text.value,), "")
    option = choice.chosen_option
    if option is None or not option.words.complete or option.words.text != use.text:
        return use.states, ""
    if not use.fitted or option.fits:
        return None
    return (*_decided(use.id), *(which.value for which in _FLOW)), f" {option.why}"


def _decided(text_id: str) -> tuple[str, ...]:
    return tuple(which.value for which in _DECIDED_BY.get(text_id, ()))


def _instead(choice: ReplyChoice) -> str:
    if choice.chosen == OWN:
        return "You write the reply yourself now."
    option = choice.chosen_option
    return "No reply is chosen now." if option is None else f"The reply now is “{option.title}”."


def _named(use: Use) -> str:
    """What is out of date, in words."""
    title = "in your own words" if use.id == OWN else f"“{TEXT_TITLES[use.id]}”"
    match use.what:
        case Used.HOMEOWNER_REPLY:
            return f"The reply to the homeowner that you copied ({title})"
        case Used.INSTALLER_REPLY:
            return f"The reply to the installer that you copied ({title})"
        case Used.SAID:
            return f"What you said ({title})"


def _choice(view: CallView, what: Used) -> ReplyChoice:
    return view.homeowner_reply if what is Used.HOMEOWNER_REPLY else view.installer_reply


def _saying(view: CallView, saying_id: str) -> Saying | None:
    return next((saying for saying in view.say if saying.id == saying_id), None)


def _spoken(saying: Saying) -> str:
    """The sentence as it stood there, its blanks in brackets."""
    return "".join(part.text if part.blank_field is None else f"[{part.text}]" for part in saying.words.parts)
