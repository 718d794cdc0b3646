"""The plan of one case: what to say, what to watch, and the ticket steps that follow from the procedure."""

from dataclasses import dataclass
from typing import Any

from ptodesk_gui.sop.grace import Grace
from ptodesk_gui.sop.steps import Step, step_to_dict


@dataclass(frozen=True, slots=True)
class Said:
    """Approved words for the phone, filled in completely (C8-C10)."""

    id: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Something the agent must see, with what follows from it (C2, C3, C12, C13, I5, I7, T8)."""

    id: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something missing or impossible. ``blocks``: filing refuses until it is mended; else filed as it is, and shown."""

    field: str
    rule: str
    text: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class ChosenReply:
    """The reply chosen for one person (None: none is sent), the rule that chose it, and what else may be picked."""

    chosen: str | None
    rule: str
    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that follows from one case. The same case, playbook and day always give the same plan."""

    grace: Grace
    say: tuple[Said, ...]
    flags: tuple[Flag, ...]
    problems: tuple[Problem, ...]
    homeowner_reply: ChosenReply
    installer_reply: ChosenReply
    steps: tuple[Step, ...]

    @property
    def blocked(self) -> bool:
        """Whether a problem keeps the plan from being filed."""
        return any(p.blocks for p in self.problems)


def plan_to_dict(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON values, in the shape that ``ptodesk plan`` prints."""

    def iso(day: Any) -> str | None:
        return None if day is None else day.isoformat()

    grace = plan.grace
    return {
        "grace": {
            "status": grace.status,
            "m2": iso(grace.m2),
            "due": iso(grace.due),
            "day": grace.day,
            "days_left": grace.days_left,
        },
        "say": [{"id": s.id, "rule": s.rule, "text": s.text} for s in plan.say],
        "flags": [{"id": f.id, "rule": f.rule, "text": f.text} for f in plan.flags],
        "problems": [{"field": p.field, "rule": p.rule, "text": p.text, "blocks": p.blocks} for p in plan.problems],
        "replies": {
            who: {"chosen": r.chosen, "rule": r.rule, "offered": list(r.offered)}
            for who, r in (("homeowner", plan.homeowner_reply), ("installer", plan.installer_reply))
        },
        "steps": [step_to_dict(step) for step in plan.steps],
    }
