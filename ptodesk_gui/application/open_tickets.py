"""History first (T9): looks up the homeowner's open tickets while the agent types, and turns the call into one about them on request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ptodesk_gui.application.asking import Asking, NoAnswer
from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.following import chosen_ticket, consequences, headline
from ptodesk_gui.application.procedure import Procedure
from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.entry import TICKET_FIELDS, Field
from ptodesk_gui.sop.history import SearchTerms, choose, history_view, match, named, open_ticket, search_terms, unchoose
from ptodesk_gui.sop.takeover import from_ticket
from ptodesk_gui.sop.tickets import History, HistoryRow, HistoryView, Match, Offer, OpenTicket, Role, SiteTicket
from ptodesk_gui.sop.view import CallView, Weight
from ptodesk_gui.ui.history.view import StripView, Tone

if TYPE_CHECKING:
    from ptodesk_gui.desk.desk import Later, Refused
    from ptodesk_gui.desk.history import TicketReader
    from ptodesk_gui.sop.playbook import Playbook
    from ptodesk_gui.ui.history.panel import HistoryPanel
    from ptodesk_gui.ui.history.strip import HistoryStrip

LOOK_AFTER_MS: Final = 400  # without a key
LOOK_AGAIN_MS: Final = 20_000  # after the site could not be asked

_OPEN: Final = (Field.OPEN_HOMEOWNER, Field.OPEN_INSTALLER)
IDLE: Final = StripView(Tone.QUIET, "Open tickets", "Looked up as soon as there is an email, a full name or a street.")
LOOKING: Final = StripView(Tone.QUIET, "Open tickets", "Being looked up ...")
NOT_LOOKED: Final = "Open tickets could not be looked up."
NONE_CHOSEN: Final = "Not chosen any more: {key}. The call makes tickets of its own again."
CHOSEN: Final = "The call adds to {key} now. Nothing that you typed is lost."
OTHER_KIND: Final = "{key} is neither a homeowner's nor an installer's ticket by its title; it cannot be chosen from here. Type its key if you are sure."
FOUND_IN: Final = "Found in {key}"
NOTHING_TO_TAKE: Final = "{key} says nothing that is not typed already."


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What a look-up found."""

    tickets: tuple[OpenTicket, ...]
    complete: bool
    read: Mapping[str, SiteTicket]  # by key


class OpenTickets(QObject):
    """Stands between the call at hand and the open tickets of the site."""

    said = Signal(str, object)  # a sentence, its Weight
    offered = Signal(str, object)  # where they are from, tuple[Offer, ...]

    def __init__(
        self,
        parts: "tuple[HistoryStrip, HistoryPanel]",
        call: CallAtHand,
        calling: Calling,
        asking: Asking,
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._strip, self._panel = parts
        self._call, self._calling, self._asking, self._clock = call, calling, asking, clock
        self._playbook: Playbook | None = None
        self._call_id = ""
        self._terms: SearchTerms | None = None
        self._known: dict[SearchTerms, Looked] = {}
        self._latest: Looked | None = None  # what is shown, until the newest answer is there
        self._site = ""  # the one that ``_latest`` is of
        self._no_answer: NoAnswer | None = None
        self._matched: tuple[object, History] | None = None
        self.history = HistoryView("")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def learn(self, procedure: Procedure) -> None:
        """The playbook is there."""
        self._playbook = procedure.playbook
        self._known.clear()
        self.follow()

    def look_again(self) -> None:
        """The site can be asked anew, or has new tickets: what was found before counts no more."""
        self._known.clear()
        if self._latest is not None and self._site != self._asking.site:  # its keys are others' tickets there
            self._latest = None
            self.follow()
        if self._terms is not None:
            self._timer.start(0)

    def follow(self) -> None:
        """The call has changed: look up what is new to look up, and show what is known."""
        view = self._call.view
        if view is None or self._playbook is None:
            return
        if self._call.entry.call_id != self._call_id:  # another caller: nothing of the one before is shown
            self._call_id = self._call.entry.call_id
            self._known.clear()
            self._terms, self._latest, self._no_answer = None, None, None
            self._panel.leave()
        terms = search_terms(view.case)
        if terms != self._terms:
            self._turn_to(terms)
        self._show(view)

    def choose(self, row: HistoryRow) -> None:
        """Have the call add to this ticket, or no more where it does already."""
        match_, key = row.match, row.match.ticket.key
        if row.chosen:
            self._calling.change(unchoose(self._call.entry, match_).with_tickets_of(self._asking.site))
            self.said.emit(NONE_CHOSEN.format(key=key), Weight.HINT)
        elif not match_.choosable:
            self.said.emit(OTHER_KIND.format(key=key), Weight.WARNING)
        else:
            cleared = self._call.entry.with_value(Field.OPEN_HOMEOWNER, "").with_value(Field.OPEN_INSTALLER, "")
            self._calling.change(choose(cleared, match_).with_tickets_of(self._asking.site, *_OPEN))
            self.said.emit(CHOSEN.format(key=key), Weight.HINT)
        self._panel.leave()

    def take_over(self, row: HistoryRow) -> None:
        """Have the call add to this ticket, and offer what it and its installer ticket say."""
        if not row.chosen:
            self.choose(row)
        self._panel.leave()
        if self._playbook is None or self._latest is None:
            return
        keys = (row.match.ticket.key, row.match.installer_key)
        found: dict[tuple[Field, str], Offer] = {}
        for ticket in filter(None, map(self._latest.read.get, keys)):
            for offer in from_ticket(self._call.entry, ticket, self._playbook, self._call.day).offers:
                if offer.field not in TICKET_FIELDS:
                    found.setdefault((offer.field, offer.value.casefold()), offer)
        if found:
            self.offered.emit(FOUND_IN.format(key=keys[0]), tuple(found.values()))
        else:
            self.said.emit(NOTHING_TO_TAKE.format(key=keys[0]), Weight.HINT)

    def choose_named(self, text: str) -> None:
        """Have the call add to the ticket of this key, whatever its title says: the agent named it."""
        self._panel.say("Reading the ticket ...")
        call_id = self._call.entry.call_id
        self._asking.ask(lambda reader: reader.read_ticket(text), lambda found: self._named(call_id, found))

    def _named(self, call_id: str, found: SiteTicket | NoAnswer) -> None:
        if isinstance(found, NoAnswer):
            self._panel.say(f"{found.reason} {found.cure}".strip())
        elif found.closed:
            self._panel.say(f"{found.key} is closed already ({found.status}).")
        elif self._playbook is not None and call_id == self._call.entry.call_id:
            self._panel.clear_key()
            self.choose(_row_of(named(found, self._playbook)))

    # -- looking up

    def _turn_to(self, terms: SearchTerms | None) -> None:
        self._terms, self._no_answer = terms, None
        self._timer.stop()
        if terms is None:
            self._latest = None
        elif terms in self._known:
            self._latest, self._site = self._known[terms], self._asking.site
        else:
            self._timer.start(LOOK_AFTER_MS)

    def _look(self) -> None:
        terms, playbook = self._terms, self._playbook
        if terms is None or playbook is None:
            return
        self._asking.ask(
            lambda reader: _looked(reader, terms, playbook),
            lambda found: self._answered(terms, found),
            wanted=lambda: self._terms == terms,
        )

    def _answered(self, terms: SearchTerms, found: Looked | NoAnswer) -> None:
        """The newest question's answer is shown; one to an older question is only kept."""
        if isinstance(found, Looked):
            self._known[terms] = found
        if terms != self._terms:
            return
        if isinstance(found, NoAnswer):
            self._no_answer = found
            if not found.lasts:
                self._timer.start(LOOK_AGAIN_MS)
        else:
            self._latest, self._no_answer, self._site = found, None, self._asking.site
        if self._call.view is not None:
            self._show(self._call.view)

    # -- showing

    def _show(self, view: CallView) -> None:
        now = datetime.fromtimestamp(self._clock.now(), UTC)
        case = view.case
        history = self._match(view)
        shown = history_view(history, case, now) if history is not None else HistoryView("")
        rows = _with_chosen(shown.rows, case.open_homeowner_ticket, case.open_installer_ticket)
        self.history = HistoryView(shown.headline, rows)
        self._strip.set_view(self._strip_view(view, rows))
        self._strip.set_word(view.field_words.get(Field.NEW_INFORMATION))
        self._panel.set_history(self.history)

    def _match(self, view: CallView) -> History | None:
        """The matches; worked out anew only when what they hang on has changed."""
        if self._latest is None or self._playbook is None:
            return None
        case = view.case
        key = (self._latest, case.homeowner, case.address, case.source_ticket and case.source_ticket.key)
        if self._matched is None or self._matched[0] != key:
            found = match(case, self._latest.tickets, self._playbook, complete=self._latest.complete)
            self._matched = (key, found)
        return self._matched[1]

    def _strip_view(self, view: CallView, rows: tuple[HistoryRow, ...]) -> StripView:
        case = view.case
        if chosen_ticket(case):
            asks_news = case.channel is not Channel.INSTALLER
            return StripView(Tone.CHOSEN, headline(case), consequences(case, view.plan.steps), "Change", asks_news)
        if rows:
            first, more = rows[0], len(rows) - 1
            tone = Tone.FOUND if first.match.exact else Tone.DOUBTFUL
            lead = first.heading if first.match.exact else f"May be: {first.heading}"
            rest = f"{first.match.ticket.status}, {first.age}. {first.match.reason} Last said: {first.last_comment}"
            return StripView(tone, lead, rest, f"Choose, {more} more" if more else "Choose")
        if self._no_answer is not None:
            return StripView(Tone.QUIET, NOT_LOOKED, f"{self._no_answer.reason} {self._no_answer.cure}".strip())
        if self._terms is None:
            return IDLE
        if self._terms not in self._known:
            return LOOKING
        return StripView(Tone.QUIET, self.history.headline)


def _looked(reader: "TicketReader", terms: SearchTerms, playbook: "Playbook") -> "Looked | Refused | Later":
    """Ask the site, and read what it found. On the pool's thread."""
    from ptodesk_gui.desk.history import Tickets

    found = reader.find_open(terms.email, terms.name, terms.address)
    if not isinstance(found, Tickets):
        return found
    read = {ticket.key: ticket for ticket in found.tickets}
    return Looked(tuple(open_ticket(ticket, playbook) for ticket in read.values()), found.complete, read)


def _with_chosen(rows: tuple[HistoryRow, ...], *keys: str | None) -> tuple[HistoryRow, ...]:
    """The rows, and before them the chosen ticket where no look-up shows it."""
    shown = {key for row in rows for key in (row.match.ticket.key, row.match.installer_key)}
    unseen = [key for key in keys if key and key not in shown]
    if not unseen:
        return rows
    homeowner = keys[0] in unseen
    ticket = OpenTicket(unseen[0], "", "", None, "", Role.HOMEOWNER if homeowner else Role.INSTALLER)
    pair = (keys[1] or "") if homeowner and keys[1] in unseen else ""
    row = _row_of(Match(ticket, exact=False, reason="You named it.", installer_key=pair), chosen=True)
    return (row, *rows)


def _row_of(match_: Match, *, chosen: bool = False) -> HistoryRow:
    pair = f", installer ticket {match_.installer_key}" if match_.installer_key else ""
    return HistoryRow(match_, match_.ticket.summary, "", "", f"Ticket {match_.ticket.key}{pair}", chosen)
