"""Values found in a ticket or in a pasted text: offered, and taken only as the agent says."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.sop.checklist import FIELD_NAMES
from ptodesk_gui.sop.entry import Memory
from ptodesk_gui.sop.takeover import Offer, accept, fill_empty, from_paste
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.history.view import OfferRow, OffersView

if TYPE_CHECKING:
    from ptodesk_gui.ui.history.offers_panel import OffersPanel

NO_TEXT: Final = "There is no text on the clipboard. Copy the job page first."
NOTHING_NEW: Final = "Nothing was found in the pasted text that is not typed already."
NONE_TAKEN: Final = "Nothing was taken: it is about another job than the one typed, or there are two values for one field. Enter takes one."
FROM_PASTE: Final = "Found in the pasted text"


class Offering(QObject):
    """Stands between the offers panel and the call at hand."""

    said = Signal(str, object)  # a sentence, its Weight
    shown = Signal()  # there is something to offer

    def __init__(self, panel: "OffersPanel", call: CallAtHand, calling: Calling, parent: QObject) -> None:
        super().__init__(parent)
        self._panel, self._call, self._calling = panel, call, calling
        self._offers: tuple[Offer, ...] = ()
        self._title = ""
        self._notes: tuple[str, ...] = ()
        self._call_id = ""

    def paste(self) -> None:
        """Offer what the text on the clipboard says (C1, C6, T5)."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.said.emit(NO_TEXT, Weight.WARNING)
            return
        pasted = from_paste(self._call.entry, text, self._call.day)
        self._calling.change(pasted.entry)  # remembers whose name was in it: contradictions are pointed out by that
        if not pasted.offers:
            self.said.emit(NOTHING_NEW, Weight.HINT)
        self.offer(FROM_PASTE, pasted.offers, self._about_name())

    def offer(self, title: str, offers: tuple[Offer, ...], notes: tuple[str, ...] = ()) -> None:
        """Offer these values; none closes the panel."""
        self._offers, self._title, self._notes = offers, title, notes
        self._call_id = self._call.entry.call_id
        self._paint()
        if offers:
            self.shown.emit()

    def take(self, number: int) -> None:
        """Take one value, in place of what is typed where there is something."""
        if 0 <= number < len(self._offers):
            offer = self._offers[number]
            self._calling.change(accept(self._call.entry, offer))
            self._offers = tuple(other for other in self._offers if other.field is not offer.field)
            self._paint()

    def take_all(self) -> None:
        """Take every value that stands alone for an input in which nothing is typed."""
        before = self._call.entry
        after = fill_empty(before, self._offers)
        if after is before:
            self.said.emit(NONE_TAKEN, Weight.WARNING)
        else:
            self._calling.change(after)
        self._offers = tuple(o for o in self._offers if after.text(o.field) == before.text(o.field))
        self._paint()

    def follow(self) -> None:
        """The call has changed: nothing is offered from one call to another."""
        if self._offers and self._call.entry.call_id != self._call_id:
            self._offers = ()
            self._paint()

    def _paint(self) -> None:
        if not self._offers:
            self._panel.leave()
            return
        rows = tuple(_row(offer, self._call.entry.text(offer.field)) for offer in self._offers)
        self._panel.set_offers(OffersView(self._title, rows, self._notes))

    def _about_name(self) -> tuple[str, ...]:
        """Whose name the text has, where it is not the caller's."""
        view = self._call.view
        name = self._call.entry.memory(Memory.PASTED_NAME)
        told = [n.text for n in view.notices if name and name in n.text] if view is not None else []
        return tuple(told[:1])


def _row(offer: Offer, typed: str) -> OfferRow:
    return OfferRow(FIELD_NAMES.get(offer.field, offer.field.value), offer.value, offer.why, typed.strip())
