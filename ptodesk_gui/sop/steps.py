"""The ticket steps a plan is made of, one class per action, and their JSON form (the same one the plan prints)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from typing import Any, ClassVar, Final


class Ticket(StrEnum):
    """Which ticket a step works on."""

    SOURCE = "source"
    HOMEOWNER = "homeowner"
    INSTALLER = "installer"
    OPEN_HOMEOWNER = "open_homeowner"
    OPEN_INSTALLER = "open_installer"


class Unchanged(Enum):
    """Marks a field that an edit leaves as it is (None already means: empty it, Anonymous)."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    id: str
    rules: tuple[str, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _TicketStep(_Step):
    ticket: Ticket
    key: str | None = None  # set when the ticket exists already


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTicket(_TicketStep):
    """Move a ticket to another project before anything else is done to it (T1)."""

    action: ClassVar[str] = "move_ticket"
    project: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTicket(_TicketStep):
    """Create a ticket (H1, H2, H3, I1, I2, I3). ``reporter`` None: created without one (M1)."""

    action: ClassVar[str] = "create_ticket"
    project: str
    request_type: str
    summary: str
    description: str
    labels: tuple[str, ...]
    organization: str | None
    reporter: str | None
    assignee: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTicket(_TicketStep):
    """Change fields of a ticket that exists. ``reporter`` None is Anonymous (T12); existing labels stay (T2)."""

    action: ClassVar[str] = "edit_ticket"
    summary: str | Unchanged = UNCHANGED
    description: str | Unchanged = UNCHANGED
    add_labels: tuple[str, ...] | Unchanged = UNCHANGED
    request_type: str | Unchanged = UNCHANGED
    organization: str | None | Unchanged = UNCHANGED
    reporter: str | None | Unchanged = UNCHANGED
    assignee: str | None | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalComment(_TicketStep):
    """A comment only agents can see (T5, I7). ``mention`` names the person it notifies."""

    action: ClassVar[str] = "internal_comment"
    body: str
    mention: str | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReply(_TicketStep):
    """A reply to the customer (H4, I4). ``reply`` is its id in the playbook, or "own" for the agent's own words."""

    action: ClassVar[str] = "public_reply"
    reply: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTickets(_Step):
    """A link, read as a sentence: "homeowner is caused by installer" (I1)."""

    action: ClassVar[str] = "link_tickets"
    from_: Ticket
    relation: str
    to: Ticket
    from_key: str | None = None
    to_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTicket(_TicketStep):
    """Close a ticket: transition, resolution, and the category on the closing screen (T11)."""

    action: ClassVar[str] = "close_ticket"
    transition: str
    resolution: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind(_TicketStep):
    """Remind the agent after some hours (H9, H10); ``then`` "close": close the ticket unless an answer came.

    The last three are how the ticket is closed then, or when the agent says so: kept with the plan, because that is what
    the agent has agreed to, and not printed.
    """

    action: ClassVar[str] = "remind"
    after_hours: int
    text: str
    then: str | Unchanged = UNCHANGED
    transition: str | Unchanged = UNCHANGED
    resolution: str | Unchanged = UNCHANGED
    category: str | Unchanged = UNCHANGED

    @property
    def closing(self) -> tuple[str, str, str] | None:
        """Transition, resolution and category (T11); None in a plan that does not name them."""
        if isinstance(self.transition, str) and isinstance(self.resolution, str) and isinstance(self.category, str):
            return self.transition, self.resolution, self.category
        return None


Step = MoveTicket | CreateTicket | EditTicket | InternalComment | PublicReply | LinkTickets | CloseTicket | Remind

STEP_CLASSES: Final[Mapping[str, type[Step]]] = {
    cls.action: cls
    for cls in (
        MoveTicket,
        CreateTicket,
        EditTicket,
        InternalComment,
        PublicReply,
        LinkTickets,
        CloseTicket,
        Remind,
    )
}

_LEFT_OUT_WHEN_NONE = frozenset({"key", "from_key", "to_key"})
_KEPT: Final[Mapping[type[Step], frozenset[str]]] = {Remind: frozenset({"transition", "resolution", "category"})}


_NAMES: Final[Mapping[type[Step], tuple[tuple[str, str], ...]]] = {
    cls: tuple((f.name, f.name.rstrip("_")) for f in fields(cls) if f.name != "id") for cls in STEP_CLASSES.values()
}


def step_to_dict(step: Step, *, whole: bool = False) -> dict[str, Any]:
    """The step as plain JSON values, in the shape that ``ptodesk plan`` prints; ``whole``: with what is only kept."""
    out: dict[str, Any] = {"id": step.id, "action": step.action}
    kept = () if whole else _KEPT.get(type(step), ())
    for name, shown in _NAMES[type(step)]:
        if name in kept:
            continue
        value = getattr(step, name)
        if value is UNCHANGED or (value is None and name in _LEFT_OUT_WHEN_NONE):
            continue
        out[shown] = list(value) if isinstance(value, tuple) else value
    return out


def step_from_dict(data: Mapping[str, Any]) -> Step:
    """The step that ``step_to_dict`` wrote (the whole of it, when all of it was written).

    Raises KeyError for an unknown action and TypeError for keys the action does not have.
    """
    cls = STEP_CLASSES[data["action"]]
    values: dict[str, Any] = {}
    for name, value in data.items():
        if name == "action":
            continue
        name = "from_" if name == "from" else name
        if name in ("ticket", "from_", "to"):
            value = Ticket(value)
        elif isinstance(value, list):
            value = tuple(value)
        values[name] = value
    return cls(**values)
