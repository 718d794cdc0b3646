"""The replies to choose from, as records to paint: which one and why, the others, and how each reads by now (H4, H5, I4)."""

from collections.abc import Mapping
from typing import Final

from ptodesk_gui.sop.case import OwnWords
from ptodesk_gui.sop.entry import OWN
from ptodesk_gui.sop.facts import Facts, blank_fields
from ptodesk_gui.sop.flows.choice import may_apply, why_not
from ptodesk_gui.sop.grace_words import grace_words
from ptodesk_gui.sop.plan import ChosenReply
from ptodesk_gui.sop.replies import HOMEOWNER_REPLIES, INSTALLER_REPLIES, TEXT_TITLES, render
from ptodesk_gui.sop.view import ReplyChoice, ReplyOption

_RULES: Final[Mapping[str, str]] = {
    "homeowner_within": "H4",
    "homeowner_past": "H4",
    "homeowner_littleton": "H4",
    "homeowner_self_help": "H4",
    "homeowner_others": "H5",
    "homeowner_again": "O5",
    "homeowner_ask_job": "H7",
    "installer_within": "I4",
    "installer_past": "I4",
    "installer_update": "I4",
    "installer_again": "O6",
}
NO_REPLY: Final[Mapping[str, str]] = {
    "C12": "No M2 date is known: nothing is sent until you pick a reply or write one.",
    "C14": "The dates cannot be right: nothing is sent until they are mended.",
    "H9": "The job is not found yet.",
    "H10": "The job cannot be found.",
    "I8": "The ticket is a double of the open installer ticket.",
}


def homeowner_choice_view(facts: Facts, chosen: ChosenReply) -> ReplyChoice:
    """The replies to the homeowner."""
    return _choice(facts, chosen, facts.case.homeowner_reply, HOMEOWNER_REPLIES)


def installer_choice_view(facts: Facts, chosen: ChosenReply) -> ReplyChoice:
    """The replies to the installer's representative; none to choose from where the company gets no ticket (I7)."""
    replies = () if chosen.rule == "I7" else INSTALLER_REPLIES
    return _choice(facts, chosen, facts.case.installer_reply, replies)


def _choice(facts: Facts, chosen: ChosenReply, pick: str | OwnWords | None, replies: tuple[str, ...]) -> ReplyChoice:
    possible = [_option(facts, reply) for reply in replies if reply == chosen.chosen or may_apply(reply, facts)]
    return ReplyChoice(
        chosen=chosen.chosen,
        by_agent=pick is not None and chosen.chosen is not None,
        why=_why(facts, chosen, pick),
        options=tuple(sorted(possible, key=lambda option: not option.fits)),  # those that fit come first
    )


def _option(facts: Facts, reply: str) -> ReplyOption:
    unfit = why_not(reply, facts)
    return ReplyOption(
        id=reply,
        title=TEXT_TITLES[reply],
        rule=_RULES[reply],
        fits=not unfit,
        why=unfit,
        words=render(facts.playbook.texts[reply], facts.values, blank_fields(facts.case)),
    )


def _why(facts: Facts, chosen: ChosenReply, pick: str | OwnWords | None) -> str:
    """Why this reply, or none, in a sentence with its rule."""
    if chosen.chosen == OWN:
        return "You write it yourself."
    if chosen.chosen is None:
        return f"{_why_none(facts, chosen.rule)} ({chosen.rule})"
    if pick is not None:
        unfit = why_not(chosen.chosen, facts)
        return f"You picked it. {unfit}".rstrip()
    return f"{_condition(facts, chosen.chosen)} ({chosen.rule})"


def _why_none(facts: Facts, rule: str) -> str:
    if rule == "I7":
        return f"{facts.installer_name} gets no installer ticket: {facts.playbook.person} is mentioned instead."
    return NO_REPLY.get(rule, "The procedure sends none.")


def _condition(facts: Facts, reply: str) -> str:
    """What makes the procedure choose this reply."""
    if facts.area is not None and reply == facts.area.reply:
        return f"{facts.area.company} in {facts.area.city}."
    if reply == "homeowner_self_help":
        return f"The homeowners of {facts.installer_name} get it."
    if reply in ("homeowner_again", "installer_again"):
        return "There is an open ticket."
    if reply == "homeowner_ask_job":
        return "The job was not found."
    if not facts.started:
        return "No M2 date is known."
    return grace_words(facts.grace, facts.playbook.grace_days)[0] + "."
