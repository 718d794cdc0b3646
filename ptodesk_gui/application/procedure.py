"""What is found at the start and handed to the parts of the window: the calls of before, and the procedure as the playbook has it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ptodesk_gui.application.call import ViewOf
from ptodesk_gui.application.place import Adapting, Place
from ptodesk_gui.sop.entry import Entry, Field

if TYPE_CHECKING:
    from ptodesk_gui.outbox.record import Draft
    from ptodesk_gui.sop.known import Known
    from ptodesk_gui.sop.playbook import Playbook
    from ptodesk_gui.sop.progress import FollowUp, PlanProgress
    from ptodesk_gui.sop.view import CallView
    from ptodesk_gui.workstation.settings import Settings

WARM_UP = Entry("warm-up", values={Field.EMAIL.value: "jane@example.com", Field.M2.value: "3/5"})


@dataclass(frozen=True, slots=True)
class Found:
    """What the store held at the start: calls that were not filed yet, the latest first, every plan, every follow-up."""

    drafts: "tuple[Draft, ...]"
    plans: "tuple[PlanProgress, ...]"
    notice: str
    follow_ups: "tuple[FollowUp, ...]" = ()
    mine: bool = True  # False: another window is open, and they are that window's


@dataclass(frozen=True, slots=True)
class Cared:
    """What is here again of outboxes that had been set aside, what still waits for its key, and whether to look again."""

    back: str
    waiting: str
    again: bool


@dataclass(frozen=True, slots=True)
class Procedure:
    """The playbook, and what follows from an entry by it."""

    playbook: "Playbook"
    view_of: ViewOf
    notice: str = ""  # a sentence when this is not the playbook that the settings name
    origin: str = ""  # where it is from, in a sentence
    faults: tuple[str, ...] = ()  # of the playbook that the settings name
    countdown: int = 0  # seconds after File in which the call can be gone back to: IT's, else the playbook's


def read_procedure(
    place: Place, settings: "Settings", today: date, known: "Callable[[], Known | None]" = lambda: None
) -> Procedure:
    """Read the playbook of the settings, as the place has it. On a thread that may wait for disk.

    ``known`` is asked at every look at an entry for what is known besides it.
    """
    from ptodesk_gui.application.playbooks import playbook_for
    from ptodesk_gui.sop.advice import call_view
    from ptodesk_gui.sop.known import NOTHING_KNOWN
    from ptodesk_gui.workstation import logs

    logs.set_level(settings.log_level)
    in_use = playbook_for(settings, today)
    playbook, notice = in_use.playbook, " ".join((*settings.faults, in_use.notice)).strip()
    if isinstance(place, Adapting):
        playbook = place.adapted(playbook)
    call_view(WARM_UP, playbook, today)  # loads what is loaded late, so that no key press waits for it

    def view_of(entry: Entry, today: date) -> "CallView":
        return call_view(entry, playbook, today, known() or NOTHING_KNOWN)

    countdown = playbook.countdown if settings.countdown is None else settings.countdown
    return Procedure(playbook, view_of, notice, in_use.origin, in_use.faults, countdown)
