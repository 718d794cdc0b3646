"""What is different between two plans of one case, in words a lead can read: sentences, replies, tickets, steps."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ptodesk_gui.sop.facts import long_date
from ptodesk_gui.sop.flows.choice import OWN
from ptodesk_gui.sop.grace import Grace
from ptodesk_gui.sop.plan import ChosenReply, Plan
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.replies import TEXT_TITLES
from ptodesk_gui.sop.review import review, step_words

NONE: Final = "none"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different: where, the lines that are so today, the lines that would be."""

    where: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def only_spaces(self) -> bool:
        """Whether both read the same, and differ in spaces that nobody sees."""
        return [line.split() for line in self.before] == [line.split() for line in self.after]


def differences(old: Plan, new: Plan, old_book: Playbook, new_book: Playbook) -> tuple[Difference, ...]:
    """Everything that is different, in the order in which it comes up. Empty for plans that do the same."""
    before, after = dict(_facets(old, old_book)), dict(_facets(new, new_book))
    found = []
    for key in _in_order(list(before), list(after)):
        was, becomes = before.get(key, ""), after.get(key, "")
        if was != becomes:
            found.append(Difference(key[0], *_changed_lines(was, becomes)))
    return tuple(found)


_Key = tuple[str, str]  # the heading, and what tells two of the same heading apart


def _in_order(before: list[_Key], after: list[_Key]) -> list[_Key]:
    """The keys of both; what is new stands where it stands among the new ones."""
    out: list[_Key] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        out += before[a:b] if kind == "equal" else [*before[a:b], *after[c:d]]
    return list(dict.fromkeys(out))


def _changed_lines(was: str, becomes: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old, new = was.splitlines(), becomes.splitlines()
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    return (
        tuple(line for _, a, b, _, _ in changed for line in old[a:b]),
        tuple(line for _, _, _, c, d in changed for line in new[c:d]),
    )


def _facets(plan: Plan, book: Playbook) -> Iterator[tuple[_Key, str]]:
    """Everything there is to compare of a plan, in the order of a call."""
    yield ("Grace period", ""), _grace(plan.grace)
    for said in plan.say:
        yield (f"Say: {TEXT_TITLES[said.id]}", said.id), said.text
        if said.id in book.besides:
            yield (f"Tell besides: {TEXT_TITLES[said.id]}", said.id), book.besides[said.id]
    for flag in plan.flags:
        yield (f"Flag {flag.id} ({flag.rule})", ""), flag.text
    for problem in plan.problems:
        blocks = " Filing is blocked." if problem.blocks else ""
        yield (f"Problem with {problem.field} ({problem.rule})", problem.text), problem.text + blocks
    for who, reply in (("homeowner", plan.homeowner_reply), ("installer", plan.installer_reply)):
        yield (f"Reply chosen for the {who}", ""), _chosen(reply)
        yield (f"Replies offered for the {who}", ""), "\n".join(map(_title, reply.offered)) or NONE
    yield ("Steps", ""), "\n".join(map(step_words, plan.steps))
    for ticket in review(plan, ()).tickets:
        for line in ticket.lines:
            yield (f"{ticket.heading}: {line.label}", line.step_id), line.text


def _grace(grace: Grace) -> str:
    if grace.due is None:
        return "not started"
    return f"{grace.status}, first payment due {long_date(grace.due)}"


def _chosen(reply: ChosenReply) -> str:
    return NONE if reply.chosen is None else _title(reply.chosen)


def _title(reply: str) -> str:
    return "own words" if reply == OWN else f"{TEXT_TITLES[reply]} ({reply})"
