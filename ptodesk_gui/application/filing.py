"""From the end of the call to the receipt: what is reviewed is what is filed, once, and what becomes of it is shown."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import CallAtHand, Phase, entry_from_draft
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.procedure import Found, Procedure
from ptodesk_gui.application.sentences import sentence
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.sop.view import CallView, Review, Weight
from ptodesk_gui.ui.outbox import KeptCall, OutboxPage, ReceiptPage, has_left
from ptodesk_gui.ui.review import ReviewPage

if TYPE_CHECKING:
    from ptodesk_gui.outbox.record import Draft

CALL, REVIEW, RECEIPT, OUTBOX = "call", "review", "receipt", "outbox"
UNKNOWN_CALLER = "Caller not known"
LOADING = "The procedure is still being read; try again in a moment."
NOT_FILED = "Nothing was filed; the call stays as it is. {why}"
GOES_ON = "{count} calls from before were not all filed; filing goes on."
ONE_GOES_ON = "1 call from before was not all filed; filing goes on."


class Filing(QObject):
    """Stands between the pages after the call and the outbox."""

    said = Signal(str, object)  # a sentence, its Weight
    page_wanted = Signal(str)
    field_wanted = Signal(str)  # the path of a field of the call page
    counted = Signal(
        int, int, int
    )  # plans that are not all filed, those that wait for a person, filed ones with something left
    queued = Signal(object)  # PlanProgress: a call is in the outbox
    filed = Signal(str)  # the id of a call that is in the outbox and not at hand
    kept_counted = Signal(int)  # calls that are kept and not at hand

    def __init__(
        self,
        pages: tuple[ReviewPage, ReceiptPage, OutboxPage],
        call: CallAtHand,
        backstage: Backstage,
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._review_page, self._receipt, self._outbox = pages
        self._call = call
        self._backstage = backstage
        self._clock = clock
        self._procedure: Procedure | None = None
        self._reviewed: tuple[str, CallView] | None = None  # a call's id, and what its review shows
        self._counted_for = ""  # the call that was at hand when the kept ones were counted last
        self._underway = ""  # the id of the call that is being handed to the outbox
        self._plans: dict[int, PlanProgress] = {}
        self._gone: set[int] = set()  # plans that were taken back; no id is given twice
        self.countdown: int | None = None  # seconds, where another number than the procedure's is to hold

    def learn(self, procedure: Procedure) -> None:
        """The playbook is there."""
        self._procedure = procedure

    def found(self, found: Found) -> str:
        """Take what the store held at the start; what there is to say of it."""
        for plan in found.plans:
            self._plans[plan.plan_id] = plan
        self._plans_changed()
        self._counted_for = ""
        self.follow()
        if not self.unsent:
            return ""
        return ONE_GOES_ON if self.unsent == 1 else GOES_ON.format(count=self.unsent)

    def drop(self, plan_id: int) -> None:
        """A plan was taken back: there is none any more, whatever is still told of it."""
        self._gone.add(plan_id)
        self._plans.pop(plan_id, None)
        self._counted_for = ""
        self._plans_changed()

    def forget(self) -> None:
        """What was filed before is gone with the desk it was filed to."""
        self._plans.clear()
        self._plans_changed()

    @property
    def plans(self) -> Mapping[int, PlanProgress]:
        """What the window knows of each plan, by its id: the pages show no less."""
        return self._plans

    @property
    def unsent(self) -> int:
        """How many plans are not all filed."""
        return sum(plan.state is not PlanState.FILED for plan in self._plans.values())

    def working_on(self, *keys: str) -> str:
        """The title of a plan that is not all filed and works on one of these tickets; empty when there is none."""
        for plan in self._plans.values():
            if plan.state is not PlanState.FILED:
                theirs = {*plan.tickets.values(), *(getattr(step.step, "key", None) for step in plan.steps)}
                if theirs & set(keys):
                    return plan.title
        return ""

    def end_call(self) -> None:
        """Show what will be filed."""
        if self._call.view is None:
            self.said.emit(LOADING, Weight.WARNING)
            return
        if self._call.phase is Phase.FILED:
            return
        self._call.end()
        self.refresh_review()
        self.page_wanted.emit(REVIEW)

    def refresh_review(self) -> None:
        """Paint the review of the call as it is now, if it is being reviewed: what is shown is what is filed."""
        call_id, view = self._call.entry.call_id, self._call.view
        if self._call.phase is not Phase.WRAP_UP or view is None or self._underway == call_id:
            return
        self._reviewed = (call_id, view)
        self._review_page.set_review(review_of(view))

    def back(self) -> None:
        """Back to the call, into the field it was left from."""
        self.jump(self._call.focus)

    def jump(self, path: str) -> None:
        """Back to the call, into this field."""
        if self._underway == self._call.entry.call_id:
            return  # what is being handed over is what was reviewed
        self._call.resume()
        self.page_wanted.emit(CALL)
        self.field_wanted.emit(path)

    def file(self) -> None:
        """Hand the reviewed plan to the outbox, once; on disk before it is called filed or the draft goes."""
        call_id, view = self._reviewed or ("", None)
        if view is None or call_id != self._call.entry.call_id or self._call.phase is not Phase.WRAP_UP:
            return
        if self._underway or self._procedure is None or not review_of(view).can_file:
            return
        self._underway = call_id
        self._backstage.queue(
            call_id,
            title_of(view),
            view.plan,
            {"ptodesk.playbook": {"version": self._procedure.playbook.version}},
            lambda plan: self._queued(call_id, plan),
            self._not_queued,
            call=self._call.standing,
            hold_off=self._procedure.countdown if self.countdown is None else self.countdown,
        )

    def progress(self, plan: PlanProgress) -> None:
        """A plan has moved on."""
        if plan.plan_id in self._gone:
            return
        self._plans[plan.plan_id] = plan
        if plan.plan_id == self._receipt.plan_id:
            self._receipt.set_progress(plan)
        self._plans_changed()

    def show_outbox(self) -> None:
        """Show every plan, and every call that is kept."""
        self._paint_outbox()
        self._backstage.drafts(self._show_kept)
        self.page_wanted.emit(OUTBOX)

    def follow(self) -> None:
        """The call at hand may be another one now: another is kept then, or one less."""
        if self._call.entry.call_id != self._counted_for:
            self._counted_for = self._call.entry.call_id
            self._backstage.drafts(self._count_kept, failed=lambda _: None)

    def _count_kept(self, drafts: "tuple[Draft, ...]") -> None:
        self.kept_counted.emit(sum(draft.call_id != self._call.entry.call_id for draft in drafts))

    def _show_kept(self, drafts: "tuple[Draft, ...]") -> None:
        calls = (_kept_call(draft) for draft in drafts if draft.call_id != self._call.entry.call_id)
        self._outbox.set_kept(tuple(calls), self._clock.now())
        self._count_kept(drafts)

    def throw_away(self, call_id: str) -> None:
        """Forget a call that was kept: the agent has pressed twice."""
        self._backstage.drop_draft(call_id)
        self._backstage.drafts(self._show_kept)

    def leave_outbox(self) -> None:
        """Back to where the call at hand is."""
        if self._call.phase is Phase.CALL:
            self.jump(self._call.focus)
        else:
            self.page_wanted.emit(REVIEW if self._call.phase is Phase.WRAP_UP else RECEIPT)

    def show_receipt(self, plan_id: int) -> None:
        """Show what became of one plan."""
        if (plan := self._plans.get(plan_id)) is not None:
            self._receipt.set_progress(plan)
            self.page_wanted.emit(RECEIPT)

    def retry(self, plan_id: int) -> None:
        """Try again at once."""
        self._backstage.act(lambda filer: filer.retry(plan_id))

    def arrived(self, plan_id: int, step_id: str, ticket: str) -> None:
        """A person found the step on the site."""
        self._backstage.act(lambda filer: filer.resolve_unclear(plan_id, step_id, True, ticket or None))

    def resend(self, plan_id: int, step_id: str) -> None:
        """A person did not find the step on the site: it is sent once more."""
        self._backstage.act(lambda filer: filer.resolve_unclear(plan_id, step_id, False))

    def tick_off(self, plan_id: int, step_id: str) -> None:
        """A person has done what the site left."""
        self._backstage.act(lambda filer: filer.tick_off(plan_id, step_id))

    def open_page(self, url: str) -> None:
        """Open a ticket's page in the browser."""
        QDesktopServices.openUrl(QUrl(url))

    def _queued(self, call_id: str, plan: PlanProgress) -> None:
        self._underway = ""
        newest = self._plans.get(plan.plan_id, plan)  # the filer may have told more already
        if newest.call_id != call_id:  # of a store that was set aside: its calls were counted from 1 as well
            newest = plan
        self._plans[plan.plan_id] = newest
        self._plans_changed()
        self.queued.emit(newest)
        if self._call.entry.call_id == call_id:
            self._reviewed = None
            self._call.filed()
            self.show_receipt(plan.plan_id)
        else:
            self.filed.emit(call_id)

    def _not_queued(self, error: Exception) -> None:
        self._underway = ""
        self.refresh_review()
        self.said.emit(NOT_FILED.format(why=sentence(error)), Weight.ERROR)

    def _plans_changed(self) -> None:
        if self._outbox.isVisible():
            self._paint_outbox()
        persons = sum(plan.state is PlanState.PERSON for plan in self._plans.values())
        self.counted.emit(self.unsent, persons, sum(map(has_left, self._plans.values())))

    def _paint_outbox(self) -> None:
        self._outbox.set_plans(tuple(self._plans.values()), self._clock.now())


def _kept_call(draft: "Draft") -> KeptCall:
    entry = entry_from_draft(draft.call_id, draft.payload)
    who = f"{entry.text(Field.FIRST_NAME)} {entry.text(Field.LAST_NAME)}".strip() or UNKNOWN_CALLER
    installer = entry.text(Field.INSTALLER).strip()
    return KeptCall(draft.call_id, f"{who}, {installer}" if installer else who, draft.saved)


def review_of(view: CallView) -> Review:
    """The review of a call."""
    from ptodesk_gui.sop.review import review

    return review(view.plan, view.problems, view.case)


def title_of(view: CallView) -> str:
    """What the plan is called in lists."""
    from ptodesk_gui.sop.review import plan_title

    return plan_title(view.case)
