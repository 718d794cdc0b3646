"""The replies of a practice call: which one was sent, whether it is the procedure's choice, and whether it is filled as it should be."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from ptodesk_gui.sop.facts import Facts
from ptodesk_gui.sop.filed import FiledTicket
from ptodesk_gui.sop.plan import ChosenReply, Plan
from ptodesk_gui.sop.replies import TEXT_TITLES, Text, audience_of
from ptodesk_gui.sop.steps import PublicReply, Step, Ticket
from ptodesk_gui.sop.training import Point, Verdict

NONE: Final = "None"
WHAT: Final = "Reply"
_INSTALLERS: Final = (Ticket.INSTALLER, Ticket.OPEN_INSTALLER)
_WAITS_FOR_AGENT: Final = ("C12", "C14")


class Replies:
    """Compares the public comments of a practice call."""

    def __init__(self, facts: Facts, plan: Plan, since: datetime) -> None:
        self._facts = facts
        self._plan = plan
        self._since = since

    def point(self, where: str, step: PublicReply, found: FiledTicket) -> Point:
        """The reply that was asked for, and what was sent."""
        sent = [comment.text for comment in found.comments(self._since, public=True)]
        asked = _title(step.reply)
        if not sent:
            return Point(where, WHAT, step.rules, Verdict.DIFFERENT, asked, NONE, "Nothing was sent.")
        if len(sent) > 1:
            filed = "; ".join(_title(self._id_of(text)) for text in sent)
            return Point(where, WHAT, step.rules, Verdict.DIFFERENT, asked, filed, "More than one reply was sent.")
        text = sent[0]
        if _tidy(text) == _tidy(step.body):
            return Point(where, WHAT, step.rules, Verdict.RIGHT, asked, asked)
        reply = self._id_of(text)
        if reply == step.reply:
            line = _first_difference(step.body, text)
            return Point(where, WHAT, step.rules, Verdict.DIFFERENT, *line, "The right reply, filled in differently.")
        offered = reply in self._choice(step.ticket).offered
        note = "It may be picked; the procedure's first choice is another one." if offered else ""
        if not reply:
            note = "It is in your own words: read whether they may be sent."
        verdict = Verdict.LOOK if offered or not reply else Verdict.DIFFERENT
        return Point(where, WHAT, step.rules, verdict, asked, _title(reply), note)

    def not_asked(self, where: str, role: Ticket, steps: Sequence[Step], found: FiledTicket) -> Iterator[Point]:
        """A reply where the procedure sends none, or the reason why there is none (C12, M1)."""
        if any(isinstance(step, PublicReply) for step in steps):
            return
        rule = self._why_none(role)
        sent = [_title(self._id_of(comment.text)) for comment in found.comments(self._since, public=True)]
        if rule in _WAITS_FOR_AGENT and sent:
            note = "Picked or written by you: it must not state an install month or a due date."
            yield Point(where, WHAT, (rule,), Verdict.LOOK, NONE, "; ".join(sent), note)
        elif sent or rule:
            verdict = Verdict.DIFFERENT if sent else Verdict.RIGHT
            yield Point(where, WHAT, (rule,) if rule else (), verdict, NONE, "; ".join(sent) or NONE)

    def _why_none(self, role: Ticket) -> str:
        """The rule that sends no reply in this ticket; empty where nobody would expect one."""
        if role is Ticket.SOURCE:
            return ""
        choice = self._choice(role)
        if choice.chosen is None:
            return choice.rule
        return "M1"

    def _choice(self, role: Ticket) -> ChosenReply:
        if role is Ticket.SOURCE:
            return ChosenReply(None, "", ())
        return self._plan.installer_reply if role in _INSTALLERS else self._plan.homeowner_reply

    def _id_of(self, text: str) -> str:
        """The approved text that this is, however it is filled; empty for own words."""
        tidy = _tidy(text)
        exact, like = "", ""
        for reply, words in self._facts.playbook.texts.items():
            if audience_of(reply) == "say":
                continue
            if not words.missing(self._facts.values) and _tidy(words.fill(self._facts.values)) == tidy:
                exact = exact or reply
            elif _pattern(words).fullmatch(tidy):
                like = like or reply
        return exact or like


def _pattern(text: Text) -> re.Pattern[str]:
    """The text with anything in its blanks."""
    pieces = (re.escape(_tidy_piece(plain)) + ("" if name is None else ".*?") for plain, name in text.pieces)
    return re.compile("".join(pieces), re.DOTALL)


def _first_difference(asked: str, filed: str) -> tuple[str, str]:
    """The first line in which the two differ."""
    for one, other in zip(_lines(asked), _lines(filed), strict=False):
        if one != other:
            return one, other
    return asked, filed


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def _tidy(text: str) -> str:
    """The text by its words: how a site breaks lines is no difference."""
    return " ".join(text.split())


def _tidy_piece(plain: str) -> str:
    """A piece of a text by its words; a space at either end stays."""
    lead = " " if plain[:1].isspace() else ""
    trail = " " if plain[-1:].isspace() and plain.strip() else ""
    return lead + " ".join(plain.split()) + trail


def _title(reply: str) -> str:
    return f'"{TEXT_TITLES[reply]}"' if reply in TEXT_TITLES else "Own words"
