"""All that stands beside the call and comes from tickets that are there already: built after the first paint, connected here."""

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.arriving import TICKETS, Arriving, Behind
from ptodesk_gui.application.asking import Asking
from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.marks import Marks
from ptodesk_gui.application.offering import Offering
from ptodesk_gui.application.open_tickets import OpenTickets
from ptodesk_gui.application.place import Place
from ptodesk_gui.application.procedure import Procedure
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.history.offers_panel import OffersPanel
from ptodesk_gui.ui.history.panel import HistoryPanel
from ptodesk_gui.ui.history.source_panel import SourcePanel
from ptodesk_gui.ui.history.strip import HistoryStrip
from ptodesk_gui.ui.history.tickets_page import TicketsPage
from ptodesk_gui.ui.main_window import MainWindow

STOP_SECONDS = 2.0
NO_TICKET = "New information is for an open ticket: choose one first (Ctrl+H)."
_TICKET_PATHS = ("source_ticket", Field.SOURCE_KEY, Field.SOURCE_PROJECT)
_OPEN_PATHS = (Field.OPEN_HOMEOWNER, Field.OPEN_INSTALLER)


class Beside(QObject):
    """The strip of open tickets, the panels over the advice, the source ticket, the tickets page, and the stale marks."""

    said = Signal(str, object)  # a sentence, its Weight
    page_wanted = Signal(str)
    call_wanted = Signal()  # the call page is to be shown
    left = Signal()  # back to where the call at hand is

    def __init__(
        self, window: MainWindow, call: CallAtHand, calling: Calling, place: Place, behind: Behind, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._call = window, call
        page = window.call_page
        self.strip = HistoryStrip(_key_of(window, "history"), _key_of(window, "paste"))
        self.panel, self.offers = HistoryPanel(page), OffersPanel(page)
        self.source, self.tickets = SourcePanel(), TicketsPage()
        page.add_strip(self.strip)
        page.add_source(self.source)
        window.add_page(TICKETS, self.tickets)
        window.add_to_bar("tickets", f"Tickets  {_key_of(window, 'tickets')}")
        self.asking = Asking(place, self)
        self.history = OpenTickets((self.strip, self.panel), call, calling, self.asking, behind.clock, self)
        self.offering = Offering(self.offers, call, calling, self)
        parts = (self.tickets, self.source, self.offering)
        self.arriving = Arriving(parts, call, calling, self.asking, behind, self)
        self.marks = Marks(page, call, calling, self)
        self._connect(calling)
        self.follow()

    def learn(self, procedure: Procedure) -> None:
        """The playbook is there."""
        for part in (self.history, self.arriving, self.marks):
            part.learn(procedure)

    def follow(self) -> None:
        """The call has changed."""
        for part in (self.history, self.arriving, self.offering, self.marks):
            part.follow()
        view = self._call.view
        self._window.call_page.set_saying(view is None or self.arriving.speaking)

    def go_to(self, path: str) -> bool:
        """Go where a problem of a ticket is mended; False when the path is another's."""
        if path in _TICKET_PATHS:
            self.arriving.show()
        elif path in _OPEN_PATHS:
            self.call_wanted.emit()
            self.show_history()
        else:
            return False
        return True

    def show_history(self) -> None:
        """Open the list of open tickets over the advice."""
        self.offers.leave()
        self._window.call_page.show_over(self.panel)
        self.panel.open()

    def stop(self) -> bool:
        """Ask nothing more."""
        return self.asking.stop(STOP_SECONDS)

    def _go_to_news(self) -> None:
        if not self._window.call_page.focus_field(Field.NEW_INFORMATION):
            self.said.emit(NO_TICKET, Weight.HINT)

    def _show_offers(self) -> None:
        self.panel.leave()
        self._window.call_page.show_over(self.offers)
        self.offers.open()

    def _connect(self, calling: Calling) -> None:
        window, page = self._window, self._window.call_page
        for signal, slot in (
            (window.action("history").triggered, self.show_history),
            (window.action("tickets").triggered, self.arriving.show),
            (window.action("paste").triggered, self.offering.paste),
            (window.action("news").triggered, self._go_to_news),
            (window.action("source").triggered, lambda: page.focus_field(Field.CHANNEL)),
            (window.action("said").triggered, lambda: self.marks.said(0)),
            (window.action("said.also").triggered, lambda: self.marks.said(1)),
            (page.said_requested, self.marks.said),
            (calling.copied, self.marks.copied),
            (self.strip.open_requested, self.show_history),
            (self.strip.paste_requested, self.offering.paste),
            (self.panel.chosen, self.history.choose),
            (self.panel.taken_over, self.history.take_over),
            (self.history.offered, self.offering.offer),
            (self.panel.named, self.history.choose_named),
            (self.offers.taken, self.offering.take),
            (self.offers.all_taken, self.offering.take_all),
            (self.offering.shown, self._show_offers),
            (self.strip.passed_the_end, page.passed_the_end),
            (self.source.edited, self.arriving.overruled),
            (self.source.page_requested, self.arriving.open_page),
            (self.source.let_go_requested, self.arriving.let_go),
            (self.tickets.open_requested, self.arriving.open),
            (self.tickets.take_requested, self.arriving.take),
            (self.tickets.refresh_requested, self.arriving.look),
            (self.tickets.back_requested, self.left),
            (self.arriving.page_wanted, self.page_wanted),
            (self.arriving.opened, self.call_wanted),
        ):
            signal.connect(slot)
        for part in (self.history, self.offering, self.arriving):
            part.said.connect(self.said)


def _key_of(window: MainWindow, id_: str) -> str:
    return window.action(id_).shortcut().toString()
