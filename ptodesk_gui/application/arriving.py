"""Tickets that are there already: opened by key or from the waiting list, read beside the form, their facts offered (H1, H11, T8)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from ptodesk_gui.application.asking import Asking, NoAnswer
from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import CallAtHand, Phase, entry_from_draft
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.procedure import Procedure
from ptodesk_gui.application.source_words import CHANNELS, source_view
from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.entry import TICKET_FIELDS, Field, Memory
from ptodesk_gui.sop.takeover import fill_empty, from_ticket, open_source
from ptodesk_gui.sop.tickets import Offer, SiteTicket, WaitingRow
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.sop.waiting import waiting_rows
from ptodesk_gui.ui.history.view import WaitingLine, WaitingView

if TYPE_CHECKING:
    from ptodesk_gui.application.offering import Offering
    from ptodesk_gui.desk.desk import Later, Refused
    from ptodesk_gui.desk.history import TicketReader
    from ptodesk_gui.outbox.record import Draft
    from ptodesk_gui.sop.playbook import Playbook
    from ptodesk_gui.ui.history.source_panel import SourcePanel
    from ptodesk_gui.ui.history.tickets_page import TicketsPage

TICKETS: Final = "tickets"  # the name of the page

READING: Final = "Reading the ticket ..."
LOOKING: Final = "Looking for waiting tickets ..."
NONE_WAIT: Final = "No ticket waits to be taken."
SOME_WAIT: Final = "{count} waiting."
MORE_WAIT: Final = "{count} are shown; there are more."
INTO_THIS: Final = "A ticket opened by its key joins the call at hand ({who}). One from the list begins a case of its own; the call at hand is kept."
INTO_NEW: Final = "The case at hand ({who}) came with {key} and is kept. The ticket begins a case of its own."
OPENED: Final = "{key} is open beside the form."
SOMEBODY: Final = "caller not known yet"
LET_GO: Final = "The case does not belong to {key} any more. What was taken over from it stays."
BUSY: Final = (
    "{key} is being filed already ({title}) and is not opened again; the outbox says how far it is (Ctrl+Shift+O)."
)
TURNED_AWAY: Final = (
    "{key} was not opened: another call is at hand than when it was asked for. Open it again where it belongs (Ctrl+T)."
)
BEGUN: Final = "A case about {key} was begun before and is back as you left it."
REPORTER_TAKEN: Final = "The homeowner's email is that of {key}'s reporter, taken when it seemed to be the homeowner's. Check name and email."
UNKNOWN_CHANNEL: Final = "Email"


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the tickets: clock, store, and which plan that is not all filed works on a ticket (its title)."""

    clock: Clock
    backstage: Backstage
    working_on: Callable[..., str]


class Arriving(QObject):
    """Stands between the tickets page, the source ticket beside the call, and the site."""

    said = Signal(str, object)  # a sentence, its Weight
    page_wanted = Signal(str)
    opened = Signal()  # a ticket was opened: the call page shows it

    def __init__(
        self,
        parts: "tuple[TicketsPage, SourcePanel, Offering]",
        call: CallAtHand,
        calling: Calling,
        asking: Asking,
        behind: Behind,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._page, self._panel, self._offering = parts
        self._call, self._calling, self._asking, self._behind = call, calling, asking, behind
        self._playbook: Playbook | None = None
        self._number = 0  # of the latest ticket that was asked for
        self._tickets: dict[str, SiteTicket] = {}

    def learn(self, procedure: Procedure) -> None:
        """The playbook is there."""
        self._playbook = procedure.playbook
        self.follow()

    def show(self) -> None:
        """Show the tickets page, and look for those that wait."""
        source, who = self._source, self._who
        self._page.set_where("" if self._fresh else (INTO_NEW if source else INTO_THIS).format(who=who, key=source))
        self._page.say("")
        self.page_wanted.emit(TICKETS)
        self.look()

    def look(self) -> None:
        """Look for the tickets that wait."""
        playbook = self._playbook
        if playbook is None:
            return
        self._page.set_waiting(WaitingView(LOOKING))
        now = datetime.fromtimestamp(self._behind.clock.now(), UTC)
        self._asking.ask(lambda reader: _waiting(reader, playbook, now), self._looked)

    def open(self, text: str) -> None:
        """Open the ticket of this key or address: it joins the call at hand, unless that came with another one."""
        self._read(text, own_case=False)

    def take(self, key: str) -> None:
        """Take a waiting ticket: it begins a case of its own."""
        self._read(key, own_case=True)

    def come_back(self, key: str) -> None:
        """Take up the ticket of a follow-up, from whatever page: what there is to say is said in the strip."""
        self._read(key, own_case=True, tell=self._tell)

    def join(self, key: str) -> None:
        """Open the ticket of this key, which joins the call at hand, from whatever page: said in the strip as well."""
        self._read(key, own_case=False, tell=self._tell)

    def _tell(self, words: str) -> None:
        if words:
            self.said.emit(words, Weight.WARNING)

    def follow(self) -> None:
        """The call has changed: show the ticket it came with."""
        view = self._call.view
        if view is not None and self._playbook is not None:
            ticket = self._tickets.get(self._source)
            self._panel.set_view(source_view(self._call.entry, view.case, self._playbook, ticket))

    @property
    def speaking(self) -> bool:
        """Whether there is somebody on the line to say something to."""
        view = self._call.view
        return view is None or view.case.source_ticket is None or view.case.channel is Channel.PHONE

    def overruled(self, path: str, value: str) -> None:
        """The agent chose another channel: point out whose name was taken over for the homeowner's (H11)."""
        ticket = self._tickets.get(self._source)
        if path != Field.CHANNEL or ticket is None or value in (Channel.PHONE, Channel.HOMEOWNER_EMAIL):
            return
        if ticket.reporter_email and self._call.entry.text(Field.EMAIL).strip() == ticket.reporter_email:
            self.said.emit(REPORTER_TAKEN.format(key=ticket.key), Weight.WARNING)

    def let_go(self) -> None:
        """The case is not about the ticket that was opened."""
        key, entry = self._source, self._call.entry
        for which in TICKET_FIELDS - {Field.NEW_INFORMATION, Field.OPEN_HOMEOWNER, Field.OPEN_INSTALLER}:
            entry = entry.with_value(which, "")
        self._calling.change(entry)
        self.said.emit(LET_GO.format(key=key), Weight.HINT)

    def open_page(self, key: str) -> None:
        """Open the ticket in the browser."""
        if url := self._asking.page_of(key):
            QDesktopServices.openUrl(QUrl(url))

    # -- reading and taking over

    @property
    def _source(self) -> str:
        return self._call.entry.text(Field.SOURCE_KEY)

    @property
    def _fresh(self) -> bool:
        """Whether there is no call at hand that a ticket could join or push aside."""
        return self._call.empty or self._call.phase is Phase.FILED

    @property
    def _who(self) -> str:
        entry = self._call.entry
        return f"{entry.text(Field.FIRST_NAME)} {entry.text(Field.LAST_NAME)}".strip() or SOMEBODY

    def _read(self, text: str, *, own_case: bool, tell: Callable[[str], None] | None = None) -> None:
        tell = tell or self._page.say
        self._number += 1
        number, call_id = self._number, self._call.entry.call_id
        tell(READING)
        self._asking.ask(
            lambda reader: reader.read_ticket(text),
            lambda found: self._answered((number, call_id), found, tell, own_case=own_case),
            wanted=lambda: number == self._number,
        )

    def _answered(
        self, asked: tuple[int, str], found: SiteTicket | NoAnswer, tell: Callable[[str], None], *, own_case: bool
    ) -> None:
        """What was read for one call never gets into another: ``asked`` is the question's number, and the call at hand then."""
        number, call_id = asked
        if number != self._number or self._playbook is None:
            return
        if isinstance(found, NoAnswer):
            tell(f"{found.reason} {found.cure}".strip())
            return
        if title := self._behind.working_on(found.key, found.asked):
            tell(BUSY.format(key=found.key, title=title))
            return

        def go_on(drafts: "tuple[Draft, ...]") -> None:
            if number == self._number and self._playbook is not None:
                tell("")
                entry = self._call.entry
                if call_id != entry.call_id:
                    self.said.emit(TURNED_AWAY.format(key=found.key), Weight.WARNING)
                    return
                self._page.clear_key()
                if (link := entry.memory(Memory.LINK_TICKET)) and link in (found.key, found.asked):
                    self._calling.remember(entry.with_memory(Memory.LINK_TICKET, ""))
                self._tickets[found.key] = found
                if not self._take_up(found, drafts):
                    self._take_over(found, self._playbook, own_case=own_case)

        self._behind.backstage.drafts(go_on, failed=lambda _: go_on(()))

    def _take_up(self, ticket: SiteTicket, drafts: "tuple[Draft, ...]") -> bool:
        """Go on with a case that was begun about this ticket before: one ticket, one case."""
        for draft in drafts:
            key = entry_from_draft(draft.call_id, draft.payload).text(Field.SOURCE_KEY)
            if key in (ticket.key, ticket.asked) and draft.call_id != self._call.entry.call_id:
                self._calling.take_up(draft.call_id)
                self.said.emit(BEGUN.format(key=ticket.key), Weight.HINT)
                return True
        return False

    def _take_over(self, ticket: SiteTicket, playbook: "Playbook", *, own_case: bool) -> None:
        """The ticket beside a call: what is plain fills what is empty, the rest is offered."""
        source = self._source
        begin = self._call.phase is Phase.FILED or (not self._call.empty and (own_case or bool(source)))
        if source == ticket.key and self._call.phase is not Phase.FILED:
            begin = False
        if begin:
            self._calling.begin()
        self._call.resume()
        speaking = not own_case and not self._call.empty  # a call that the ticket joins stays one (H1)
        entry = open_source(self._call.entry, ticket).with_tickets_of(self._asking.site, Field.SOURCE_KEY)
        entry = entry.with_memory(
            Memory.LINK_TICKET, ""
        )  # what a link named waits only where no ticket joined the call
        taken = from_ticket(entry, ticket, playbook, self._call.day)
        plain = [offer for offer in taken.offers if not (speaking and _is_channel_of_an_email(offer))]
        self._calling.change(fill_empty(entry, plain))
        self.opened.emit()
        words = " ".join((OPENED.format(key=ticket.key), *taken.notes))
        self.said.emit(words, Weight.WARNING if taken.notes else Weight.HINT)
        rest = from_ticket(self._call.entry, ticket, playbook, self._call.day).offers
        self._offering.offer(f"Found in {ticket.key}", tuple(o for o in rest if not _is_channel_of_an_email(o)))

    # -- the waiting list

    def _looked(self, found: "tuple[tuple[WaitingRow, ...], bool] | NoAnswer") -> None:
        if isinstance(found, NoAnswer):
            self._page.set_waiting(WaitingView(f"{found.reason} {found.cure}".strip()))
            return
        rows, complete = found
        words = (SOME_WAIT if complete else MORE_WAIT).format(count=len(rows)) if rows else NONE_WAIT
        self._page.set_waiting(WaitingView(words, tuple(map(_line, rows))))


def _is_channel_of_an_email(offer: Offer) -> bool:
    """Whether it is only that neither sender nor title is of another channel: by phone or email, the procedure is one (H1)."""
    return offer.field is Field.CHANNEL and offer.value == Channel.HOMEOWNER_EMAIL


def _waiting(
    reader: "TicketReader", playbook: "Playbook", now: datetime
) -> "tuple[tuple[WaitingRow, ...], bool] | Refused | Later":
    """Ask the site by the playbook's query. On the pool's thread."""
    from ptodesk_gui.desk.history import Tickets

    found = reader.waiting_list(playbook.waiting_tickets)
    if not isinstance(found, Tickets):
        return found
    return waiting_rows(found.tickets, playbook, now), found.complete


def _line(row: WaitingRow) -> WaitingLine:
    channel = UNKNOWN_CHANNEL if row.channel is None else CHANNELS[row.channel]
    about = ", ".join(part for part in (channel, row.age, row.reporter) if part)
    return WaitingLine(row.key, row.summary, about)
