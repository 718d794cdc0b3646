"""The call page's requests: every edit is looked at in the same turn, kept soon after, and nothing unfinished is copied."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import CallAtHand, Phase, Standing, standing_from_draft, was_held
from ptodesk_gui.application.clips import Clips
from ptodesk_gui.application.copying import Refusal, installer_reply_to_copy, reply_to_copy
from ptodesk_gui.application.drafts import DraftKeeper
from ptodesk_gui.application.open_calls import OpenCalls
from ptodesk_gui.application.procedure import Found, Procedure
from ptodesk_gui.sop.entry import YES, Entry, Field
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.call.page import CallPage

if TYPE_CHECKING:
    from ptodesk_gui.outbox.record import Draft

RESTORED = "This call was not filed yet and is back as you left it."
KEPT = "{whose} was not filed and is kept. Ctrl+Tab goes on with it."
SEVERAL_KEPT = "{count} calls were not filed and are kept. Ctrl+Tab goes from one to the next."
LEFT = "{whose} is on hold and kept. Ctrl+Tab goes back to it."
MORE_KEPT = "This call was not filed yet and is back as you left it; {count} more are kept (Ctrl+Tab goes to the next)."
COPIED = "the reply to the {who}"
LOADING = "The procedure is still being read; try again in a moment."
NOT_SAVED = (
    "What you type is not on disk yet. {why} It is tried again by itself; Ctrl+Shift+C copies all that you typed."
)
UNSAVED_AND_LEFT = "{whose} is not on disk yet; leave the window open until it is."
NOTHING_TYPED = "Nothing was copied: nothing is typed yet."
ALL_COPIED = "all that you typed"

_REPLY_FIELDS = {"homeowner": Field.HOMEOWNER_REPLY, "installer": Field.INSTALLER_REPLY}


class Calling(QObject):
    """Stands between the call page and the call at hand."""

    said = Signal(str, object)  # a sentence, its Weight
    refused = Signal(str)  # why nothing was copied: for the moment, not for what comes after the call
    changed = Signal()  # another call, or another view of it
    copied = Signal(str)  # the reply to "homeowner" or "installer" is on the clipboard
    taken_up = Signal()  # a call that was kept is going to be at hand again
    review_wanted = Signal()  # it was left in its review
    unsaved = Signal(bool)  # whether something typed cannot be kept on disk

    def __init__(
        self,
        page: CallPage,
        call: CallAtHand,
        backstage: Backstage,
        clips: Clips,
        steady: Callable[[], float],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._clips = clips
        self._page = page
        self._call = call
        self._backstage = backstage
        self._kept = False  # whether the store may hold a draft of this call
        self._awaited = ""  # the field that gets the keyboard once the page has it
        self.open_calls = OpenCalls(steady)
        call.on_phase = self._keep
        self.drafts = DraftKeeper(backstage.disk, backstage.save_draft, self)
        self.drafts.trouble.connect(self._tell_trouble)

    def learn(self, procedure: Procedure) -> None:
        """The playbook is there."""
        self._call.use(procedure.view_of)
        self._paint()

    def restore(self, found: Found) -> str:
        """Take up the call that was at hand when the program ended, unless the agent is typing already; what there is to say of it.

        A call that was left for another one is offered, and not put in the place of the one that was filed since.
        """
        if not found.drafts:
            return ""
        for draft in found.drafts:
            self.open_calls.keep(_standing(draft))
        latest = next((draft.call_id for draft in found.drafts if not was_held(draft.payload)), "")
        at_hand = self.open_calls.fetch(latest) if self._call.empty else None
        if at_hand is None:
            self.changed.emit()
            return _kept_words(self.open_calls.all)
        self._take(at_hand)
        more = len(found.drafts) - 1
        return MORE_KEPT.format(count=more) if more else RESTORED

    def page_is_whole(self) -> None:
        """The page has all of its parts: what the call has for the later ones is filled in, and nobody is interrupted."""
        self._page.load_parts(self._call.entry)
        if self._awaited and self._call.focus == Field.FIRST_NAME and self._page.focus_field(self._awaited):
            self._call.focus = self._awaited
        self._awaited = ""

    def take_up(self, call_id: str) -> None:
        """Go on with a call that was kept; the one at hand is held in its place."""
        if (held := self.open_calls.fetch(call_id)) is not None:
            self.go_on_with(held)
            return
        self.drafts.flush()
        self._backstage.drafts(lambda drafts: self._take_up(call_id, drafts))

    def _take_up(self, call_id: str, drafts: "tuple[Draft, ...]") -> None:
        draft = next((draft for draft in drafts if draft.call_id == call_id), None)
        if draft is not None and call_id != self._call.entry.call_id:
            self.go_on_with(self.open_calls.fetch(call_id) or _standing(draft))

    def go_on_with(self, call: Standing) -> None:
        """Have this call at hand, as it stands; the one at hand is held in its place."""
        self._hold()
        self.taken_up.emit()
        self._take(call)
        self.drafts.changed(self._call.standing)  # it is the one at hand again

    def hold_beside(self, call: Standing) -> None:
        """Hold a call that was never at hand: it came while another one was."""
        self.open_calls.hold(call)
        self.drafts.hold(call)
        self.changed.emit()

    def turn(self, by: int) -> None:
        """Go to the open call after (1) or before (-1) the one at hand."""
        if call_id := self.open_calls.beside(self._call.standing, by):
            self.take_up(call_id)

    def forget(self, call_id: str) -> None:
        """A call that is not at hand was filed or thrown away."""
        self.open_calls.drop(call_id)
        self.drafts.forget(call_id)
        self.changed.emit()

    def _take(self, call: Standing) -> None:
        agent = self._call.entry.agent or call.entry.agent
        self._call.take(replace(call, entry=replace(call.entry, agent=agent)))
        self._kept = True
        self._load()
        if self._call.phase is Phase.WRAP_UP and self._call.view is not None:
            self.review_wanted.emit()

    def begin(self) -> None:
        """A new call; the one before stays in the store as long as it is not filed."""
        self._hold()
        if self._kept and not self._call.empty and self._call.phase is not Phase.FILED:
            name = self._call.view.case.homeowner.name if self._call.view is not None else ""
            whose = f"The call of {name}" if name else "The call"
            if self.drafts.why:
                self.said.emit(UNSAVED_AND_LEFT.format(whose=whose), Weight.ERROR)
            else:
                self.said.emit(LEFT.format(whose=whose), Weight.HINT)
        self._call.begin(self._call.entry.agent)
        self._kept = False
        self._load()

    def begin_with(self, values: Mapping[str, str], focus: Field) -> None:
        """A new call with these inputs filled in already, and the keyboard in a field."""
        self.begin()
        self.change(replace(self._call.entry, values={path: value for path, value in values.items() if value}))
        self._page.focus_field(focus)

    def edit(self, path: str, value: str) -> None:
        """One input changed: what follows from it is painted before this returns."""
        confirmed = self._call.entry.on(Field.DISCLOSURE_CONFIRMED)
        self._call.edit(Field(path), value)
        if confirmed and path != Field.DISCLOSURE_CONFIRMED and not self._call.entry.on(Field.DISCLOSURE_CONFIRMED):
            self._page.refill(self._call.entry)  # other words than those that were confirmed (I5)
        if path == Field.CONCERN and not value.strip():
            self._call.edit(Field.CONCERN_PASTED, "")  # nothing of what was pasted is left
        self._changed()

    def change(self, entry: Entry) -> None:
        """Inputs were taken over or chosen, not typed: those that changed are filled, and no other is touched."""
        self._call.change(entry)
        self._page.refill(entry)
        self._changed()

    def remember(self, entry: Entry) -> None:
        """Something is remembered of the call that no input shows."""
        self._call.entry = entry
        self._keep()

    def paste(self, path: str) -> None:
        """Text was pasted; in the concern that is pointed out (T8)."""
        if path == Field.CONCERN:
            self.edit(Field.CONCERN_PASTED, YES)

    def choose_reply(self, who: str, reply: str) -> None:
        """The agent chose a reply, or went back to the procedure's choice."""
        self.edit(_REPLY_FIELDS[who], reply)

    def move(self, path: str) -> None:
        """Another field has the keyboard."""
        self._call.focus = path
        if self._kept:
            self.drafts.changed(self._call.standing)

    def copy(self, who: str) -> None:
        """Put the chosen reply on the clipboard, or say which blank is in the way and go there."""
        view = self._call.view
        if view is None:
            self.refused.emit(LOADING)
            return
        text = reply_to_copy(view.homeowner_reply) if who == "homeowner" else installer_reply_to_copy(view)
        if isinstance(text, Refusal):
            self.refused.emit(text.text)
            self._page.focus_field(text.field)
            return
        self._clips.copy(text, COPIED.format(who=who), rich=True)
        self._call.note_copy(who, text)
        self._keep()
        self.copied.emit(who)

    def copy_all(self) -> None:
        """Put all that was typed on the clipboard, field by field: a way out when nothing can be kept on disk."""
        from ptodesk_gui.sop.entry_words import entry_text

        text = entry_text(self._call.entry)
        if not text:
            self.said.emit(NOTHING_TYPED, Weight.HINT)
            return
        self._clips.copy(text, ALL_COPIED)

    def set_agent(self, agent: str) -> None:
        """The agent's name as the settings have it."""
        self._call.set_agent(agent)
        self._paint()

    def look_again(self) -> None:
        """More is known besides the call: paint what follows from it."""
        self._call.look_again()
        self._paint()

    def look_at_date(self) -> None:
        """Read the date again; after midnight everything is looked at anew (C15)."""
        if self._call.new_day():
            self._backstage.learn()  # another playbook may hold from today on
            self._paint()

    def _changed(self) -> None:
        self._paint()
        self._keep()

    def _hold(self) -> None:
        """Keep the call at hand as one that is left for another."""
        if self._kept and self._call.empty:  # all that was in it is gone again
            self.drafts.forget(self._call.entry.call_id)
            self._backstage.drop_draft(self._call.entry.call_id)
        elif self._kept and self._call.phase is not Phase.FILED:
            self.open_calls.hold(self._call.standing)
            self.drafts.hold(self._call.standing)
        self.drafts.flush()

    def _keep(self) -> None:
        if self._kept or not self._call.empty:
            self._kept = True
            self.drafts.changed(self._call.standing)

    def _load(self) -> None:
        self._page.load(self._call.entry)
        self._paint()
        self._awaited = ""
        if not self._page.focus_field(self._call.focus):
            self._awaited, self._call.focus = self._call.focus, Field.FIRST_NAME
            self._page.focus_field(Field.FIRST_NAME)

    def _paint(self) -> None:
        if self._call.view is not None:
            self._page.set_view(self._call.view)
        self.changed.emit()

    def _tell_trouble(self, why: str) -> None:
        if why:
            self.said.emit(NOT_SAVED.format(why=why), Weight.ERROR)
        self.unsaved.emit(bool(why))


def _standing(draft: "Draft") -> Standing:
    return standing_from_draft(draft.call_id, draft.payload, draft.focus)


def _kept_words(calls: tuple[Standing, ...]) -> str:
    """What there is to say of calls that are kept and not put into the window."""
    if len(calls) > 1:
        return SEVERAL_KEPT.format(count=len(calls))
    entry = calls[0].entry
    name = f"{entry.text(Field.FIRST_NAME)} {entry.text(Field.LAST_NAME)}".strip()
    return KEPT.format(whose=f"The call of {name}" if name else "A call")
