"""Records that the window paints: everything there is to see of one call, already decided.

``call_view`` (in ``sop/advice.py``) makes a ``CallView`` from an ``Entry``, the playbook and today's date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from ptodesk_gui.sop.form import Field
from ptodesk_gui.sop.form import Item as Item
from ptodesk_gui.sop.form import ItemState as ItemState
from ptodesk_gui.sop.form import Weight as Weight

if TYPE_CHECKING:  # the window is painted before the first case or plan is made
    from ptodesk_gui.sop.case import Case
    from ptodesk_gui.sop.plan import Plan, Problem


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item of the checklist: its state and, in a few words, what is known or missing.

    ``wanted`` is the part of the words that asks for something, for narrow places; it is always in ``words`` as well.
    """

    item: Item
    state: ItemState
    words: str
    wanted: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class FieldWord:
    """The word beside a field."""

    weight: Weight
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of rendered text. ``blank_field`` is set when it stands for a fact that is not known yet;
    ``text`` is then the blank's name in words ("installer"), and the field to fill is ``blank_field``."""

    text: str
    blank_field: str | None = None


@dataclass(frozen=True, slots=True)
class Rendering:
    """A text of the playbook filled with what is known. Only a rendering without blanks may leave the program."""

    parts: tuple[Part, ...]

    @property
    def blanks(self) -> tuple[Part, ...]:
        """The parts whose facts are not known yet."""
        return tuple(p for p in self.parts if p.blank_field is not None)

    @property
    def complete(self) -> bool:
        """Whether every blank is filled."""
        return not self.blanks

    @property
    def text(self) -> str:
        """The finished text. Raises ValueError, naming the blanks, while one is unfilled."""
        if not self.complete:
            raise ValueError("not filled yet: " + ", ".join(p.text for p in self.blanks))
        return "".join(p.text for p in self.parts)


@dataclass(frozen=True, slots=True)
class Saying:
    """Something to say on the phone now: the approved words, and what to tell besides (C8-C10)."""

    id: str
    rule: str
    words: Rendering
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """A flag where the eye is: what is so, and what follows from it."""

    id: str
    rule: str
    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class StaleMark:
    """Something copied or said that is out of date: a sentence that names the fact that changed, and its field.

    ``what`` is "homeowner_reply", "installer_reply" or "said". ``field`` is empty when only the day has changed.
    """

    text: str
    field: str
    what: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class GraceView:
    """The 60 days as a picture and in words (C6-C15). Dates are None while there is no usable M2 date.

    ``headline`` is short ("Day 41 of 60"), ``sentence`` says the rest ("19 days left. First payment due April 2, 2026.").
    """

    status: str
    today: date
    m2: date | None
    due: date | None
    day: int | None
    days_left: int | None
    period_days: int
    headline: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReplyOption:
    """One reply that can be chosen. ``fits`` False: its condition does not hold, ``why`` says which (H5)."""

    id: str
    title: str
    rule: str
    fits: bool
    why: str
    words: Rendering


@dataclass(frozen=True, slots=True)
class ReplyChoice:
    """The replies to one person. ``chosen`` is None when none is sent (C12, I7); ``why`` says why this one or none."""

    chosen: str | None
    by_agent: bool
    why: str
    options: tuple[ReplyOption, ...]

    @property
    def chosen_option(self) -> ReplyOption | None:
        """The option that is chosen."""
        return next((o for o in self.options if o.id == self.chosen), None)


@dataclass(frozen=True, slots=True)
class CallView:
    """Everything there is to see of one call."""

    case: "Case"
    checklist: tuple[ChecklistItem, ...]
    field_words: Mapping[Field, FieldWord]
    grace: GraceView
    say: tuple[Saying, ...]
    notices: tuple[Notice, ...]
    homeowner_reply: ReplyChoice
    installer_reply: ReplyChoice
    installer_concern: str  # what the installer ticket will say: the agent's text or the playbook's neutral one
    problems: "tuple[Problem, ...]"
    plan: "Plan"
    next_item: Item | None  # the first item that is not done
    ready_to_file: bool  # no problem blocks and nothing that a ticket cannot do without is missing
    ask: tuple[str, ...] = ()  # the questions to the homeowner that are still open, the next one first
    concern_addition: str = ""  # what can be added to the concern when the agent asks for it: notes and inspection
    offers: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)  # what may be meant, to be taken by one key


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One sentence of a ticket's preview: what it is about ("Title", "Reply to the customer") and the full text."""

    label: str
    text: str
    step_id: str
    public: bool = False  # the customer will see it


@dataclass(frozen=True, slots=True)
class TicketPreview:
    """One ticket exactly as it will be. ``ticket`` is the step's ticket; ``heading`` names it, ``audience`` who gets it."""

    ticket: str
    heading: str
    audience: str
    lines: tuple[ReviewLine, ...]


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One step of the plan in words ("Create the homeowner ticket")."""

    step_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Review:
    """The review before filing: problems first, the tickets, the links in one sentence each, and what is not done and why.

    ``steps`` has every step of the plan in the order in which they are filed.
    """

    problems: "tuple[Problem, ...]"
    tickets: tuple[TicketPreview, ...]
    links: tuple[str, ...]
    not_done: tuple[str, ...]  # "No installer ticket: Top Electric is ... (I7)"
    can_file: bool
    steps: tuple[ReviewStep, ...] = ()
