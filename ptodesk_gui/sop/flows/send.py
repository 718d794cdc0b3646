"""Sends a chosen reply, or says why it is not sent: never with a blank, never to nobody (M1, C12, H5)."""

from dataclasses import dataclass
from typing import Final

from ptodesk_gui.sop.case import OwnWords
from ptodesk_gui.sop.facts import Facts, missing_field
from ptodesk_gui.sop.flows.choice import OWN, why_not
from ptodesk_gui.sop.flows.work import Place, Work
from ptodesk_gui.sop.plan import ChosenReply
from ptodesk_gui.sop.replies import BLANKS, LEFT_BLANK, TEXT_TITLES
from ptodesk_gui.sop.steps import PublicReply

_RULES: Final = {"job.m2": "C12", "installer.name": "N1", "source_ticket.request": "H8"}


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply on its way: to whom in words, the field of the agent's choice, where it is sent."""

    to: str
    field: str
    pick: str | OwnWords | None
    place: Place
    rules: tuple[str, ...]


def send(work: Work, letter: Letter, choice: ChosenReply) -> list[str]:
    """Add the public reply, or the problem that keeps it from being sent; gives the step's id where there is one."""
    if choice.chosen is None:
        return []
    body = _own_words(work, letter) if choice.chosen == OWN else _approved(work, letter, choice.chosen)
    if body is None:
        return []
    place = letter.place
    step = PublicReply(
        id=f"{place.ticket}.reply",
        rules=letter.rules,
        needs=place.needs,
        ticket=place.ticket,
        key=place.key,
        reply=choice.chosen,
        body=body,
    )
    return [work.add(step)]


def _own_words(work: Work, letter: Letter) -> str | None:
    text = letter.pick.text if isinstance(letter.pick, OwnWords) else ""
    if not text.strip():
        work.problem(letter.field, _rule(letter), f"The reply to the {letter.to} is still to be written.", blocks=True)
        return None
    if left := blank_in(text):
        said = f'The reply to the {letter.to} still has the blank "{left}" in it.'
        work.problem(letter.field, _rule(letter), said, blocks=True)
        return None
    return text


def blank_in(text: str) -> str:
    """The first blank of an approved text that is left in what somebody typed; empty where there is none."""
    found = LEFT_BLANK.search(text)
    return "" if found is None else found[0]


def _approved(work: Work, letter: Letter, reply: str) -> str | None:
    facts = work.facts
    text = facts.playbook.texts[reply]
    if not facts.started and text.needs_m2:
        said = f'"{TEXT_TITLES[reply]}" is not sent to the {letter.to}: it states a date, and no M2 date is known.'
        work.problem(letter.field, "C12", said)
        return None
    if letter.pick == reply and (reason := why_not(reply, facts)):
        work.problem(letter.field, _rule(letter), f'"{TEXT_TITLES[reply]}" may not fit. {reason}')
    missing = text.missing(facts.values)
    for name in missing:
        _say_missing(work, letter, name, facts)
    return None if missing else text.fill(facts.values)


def _say_missing(work: Work, letter: Letter, name: str, facts: Facts) -> None:
    path = missing_field(name, facts.case)
    words = "name" if name == "agent" else BLANKS[name].words
    said = f"The reply to the {letter.to} is not sent: the {words} is not known."
    work.problem(path, _RULES.get(path, "N3"), said)


def _rule(letter: Letter) -> str:
    return "H5" if letter.field == "homeowner_reply" else "I4"


def not_sendable(work: Work, field: str, pick: str | OwnWords | None, rule: str, why: str) -> None:
    """Say that what the agent picked or wrote has nowhere to go."""
    if pick:
        work.problem(field, rule, f"The reply that was picked is not sent: {why}")
