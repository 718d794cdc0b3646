"""Past calls: searched as one types without the window ever waiting, looked at, and gone on from with a new call."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import entry_from_draft
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.kept_uses import copies_of, uses_from_text
from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.progress import PastCall, PlanProgress, PlanState
from ptodesk_gui.sop.stale import Used
from ptodesk_gui.sop.steps import InternalComment, PublicReply
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.past import PastCallView, PastPage, PastRow, PastText, PastTicket
from ptodesk_gui.ui.past import text as words

if TYPE_CHECKING:
    from ptodesk_gui.outbox.looking_back import FiledCall

PAST: Final = "past"  # the page, and the action that shows it
MOST: Final = 50  # calls that are shown at once
TAKEN_OVER: Final = (
    *(Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.PHONE, Field.PRONOUN),
    *(Field.STREET, Field.CITY, Field.STATE, Field.ZIP),
    *(Field.INSTALLER, Field.REP_FIRST_NAME, Field.REP_EMAIL),
)
NOT_KEPT: Final = "It was filed by an earlier version, which did not keep what was typed."
BEGUN: Final = "A new call with caller, address and installer of {title}. Ask whether all of it still holds."
SAID: Final = "Said"
COPIED: Final = "Copied, the reply to the {who}"
ROLES: Final[Mapping[str, str]] = {
    "source": "Source ticket",
    "homeowner": "Homeowner ticket",
    "installer": "Installer ticket",
    "open_homeowner": "Open homeowner ticket",
    "open_installer": "Open installer ticket",
}


class Past(QObject):
    """Stands between the page of past calls, the store and the call at hand."""

    said = Signal(str, object)  # a sentence, its Weight
    open_requested = Signal(str)
    copy_requested = Signal(str)
    left = Signal()  # back to where the call at hand is
    call_wanted = Signal()  # the call page is to be shown

    def __init__(
        self, window: MainWindow, calling: Calling, backstage: Backstage, clock: Clock, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._calling, self._backstage, self._clock = window, calling, backstage, clock
        self._number = 0  # of the newest search: an older one's answer is not shown
        self._calls: dict[int, FiledCall] = {}
        self.page = PastPage()
        window.add_page(PAST, self.page)
        for signal, slot in (
            (window.action(PAST).triggered, self.show),
            (self.page.search_requested, self._search),
            (self.page.call_chosen, self._look_at),
            (self.page.back_requested, self.left),
            (self.page.detail.open_requested, self.open_requested),
            (self.page.detail.copy_requested, self.copy_requested),
            (self.page.detail.begin_requested, self.begin),
        ):
            signal.connect(slot)

    def show(self) -> None:
        """Show the page, with what stood in the field the last time looked for again."""
        self._window.show_page(PAST)
        self.page.look()

    def begin(self, plan_id: int) -> None:
        """Begin a new call with the people and places of this one; the call at hand is held."""
        call = self._calls.get(plan_id)
        if call is None:
            return
        old = entry_from_draft("", call.payload)
        self.call_wanted.emit()
        self._calling.begin_with({which.value: old.text(which) for which in TAKEN_OVER}, Field.JOB_URL)
        self.said.emit(BEGUN.format(title=call.progress.title), Weight.HINT)

    def _search(self, typed: str) -> None:
        self._number += 1
        number = self._number
        asked, since, until = search_terms(typed, self._clock.today())
        self._backstage.on_disk(
            lambda store: () if number != self._number else store.find_calls(asked, MOST, since=since, until=until),
            lambda found: self._found(number, typed, found),
        )

    def _found(self, number: int, typed: str, found: tuple[PastCall, ...]) -> None:
        if number != self._number:
            return
        said = words.MOST if len(found) == MOST else words.SOME
        if not typed.strip():
            said = words.LATEST if found else words.NOTHING_YET
        elif not found:
            said = words.NOTHING
        self.page.set_found(tuple(map(_row, found)), said.format(count=len(found)))

    def _look_at(self, plan_id: int) -> None:
        self._backstage.on_disk(
            lambda store: store.look_back(plan_id), self._looked_at, lambda _: self._calls.pop(plan_id, None)
        )

    def _looked_at(self, call: "FiledCall") -> None:
        self._calls = {call.progress.plan_id: call}
        self.page.set_call(view_of(call))


def search_terms(typed: str, today: date) -> tuple[str, float | None, float | None]:
    """What was typed without the day in it, and from when until when that day was, in seconds since the epoch."""
    from ptodesk_gui.sop.typed_dates import read_date

    rest, day = [], None
    for word in typed.split():
        is_day = word.casefold() in ("today", "yesterday") or (word[0].isdigit() and any(c in "/-." for c in word))
        found = read_date(word, today)[0] if is_day and day is None else None
        if found is None:
            rest.append(word)
        else:
            day = found
    if day is None:
        return typed, None, None
    since, until = (datetime.combine(day + timedelta(days=n), time()).timestamp() for n in (0, 1))
    return " ".join(rest), since, until


def view_of(call: "FiledCall") -> PastCallView:
    """The call as the page shows it."""
    plan = call.progress
    when = _when(plan.created)
    facts = [f"Filed {when}" if plan.state is PlanState.FILED else f"Queued {when}; not all of it is filed yet"]
    if call.playbook:
        facts.append(f"By version {call.playbook} of the playbook")
    tickets = tuple(
        PastTicket(ROLES.get(role, role), key, plan.browse_urls.get(role, "")) for role, key in plan.tickets.items()
    )
    entry = entry_from_draft(plan.call_id, call.payload)
    texts = (*_said(entry), *_copied(entry), *_written(plan))
    return PastCallView(
        plan.plan_id, plan.title, tuple(facts), tickets, texts, "" if call.payload.get("values") else NOT_KEPT
    )


def _said(entry: Entry) -> Iterator[PastText]:
    for use in uses_from_text(entry.memory(Memory.USES)):
        if use.what is Used.SAID:
            yield PastText(SAID, use.text)


def _copied(entry: Entry) -> Iterator[PastText]:
    """Every copy of a reply, with its time."""
    for at, who, text in copies_of(entry):
        yield PastText(f"{COPIED.format(who=who)}, {_when(at)}", text)


def _written(plan: PlanProgress) -> Iterator[PastText]:
    """The replies and comments of the plan, as they were written."""
    for step in plan.steps:
        if isinstance(step.step, PublicReply | InternalComment):
            yield PastText(step.words, step.step.body)


def _row(call: PastCall) -> PastRow:
    about = (_when(call.created), ", ".join(call.tickets), call.address)
    return PastRow(call.plan_id, call.title, "   ".join(part for part in about if part))


def _when(seconds: float) -> str:
    then = datetime.fromtimestamp(seconds)
    return f"{then:%b} {then.day}, {then.year}, {then:%H:%M}"
