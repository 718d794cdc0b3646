"""What may be meant by what stands in a field, under the field: Down takes it. No key that has a meaning already is taken."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ptodesk_gui.sop.form import Field
from ptodesk_gui.ui.widgets.inputs import LineInput

if TYPE_CHECKING:
    from ptodesk_gui.ui.widgets.offer_list import OfferList

Offers = Mapping[Field, tuple[str, ...]]


class FieldOffers(QObject):
    """Shows the offers for the field with the keyboard. Down goes to the next and puts it into the field, Up goes back."""

    def __init__(self, form: QWidget, field_of: Callable[[Field], QWidget]) -> None:
        super().__init__(form)
        self._form = form
        self._field_of = field_of
        self._offers: Offers = {}
        self._field: Field | None = None
        self._typed = ""  # what stood in the field before an offer was taken
        self._taking: tuple[str, ...] = ()  # what is gone through, while it is
        self._at = -1
        self._list: OfferList | None = None

    @property
    def shown(self) -> bool:
        """Whether anything is offered."""
        return self._list is not None and not self._list.isHidden()

    def set_offers(self, offers: Offers) -> None:
        """What may be meant, by field."""
        if offers != self._offers:
            self._offers = offers
            if not self._going_on:
                self._show()

    def follow(self, field: Field | None) -> None:
        """Another field has the keyboard, or none."""
        if field is not self._field:
            self._field = field
            self._show()

    def typed(self, field: Field) -> None:
        """Something was typed there: what is offered begins anew, unless it was taken from here."""
        if field is self._field and not self._going_on:
            self._show()

    def step(self, by: int) -> bool:
        """Put the next offer (1) or the one before (-1) into the field; False when nothing is offered."""
        made = self._field_of(self._field) if self._field is not None else None
        if not self.shown or not isinstance(made, LineInput) or self._list is None:
            return False
        if self._at < 0:
            if by < 0:
                return False
            self._typed, self._taking = made.text(), self._offers.get(self._field, ()) if self._field else ()
        self._at = min(self._at + by, len(self._taking) - 1)
        made.take(self._taking[self._at] if self._at >= 0 else self._typed)
        self._list.set_chosen(self._at)
        return True

    @property
    def _going_on(self) -> bool:
        """Whether what stands in the field is what was taken last."""
        made = self._field_of(self._field) if self._field is not None else None
        if self._taking and isinstance(made, LineInput):
            return made.text() == (self._taking[self._at] if self._at >= 0 else self._typed)
        return False

    def _show(self) -> None:
        self._taking, self._at = (), -1
        offers = self._offers.get(self._field, ()) if self._field is not None else ()
        if self._field is None or not offers:
            if self._list is not None and self._field is None:
                self._list.hide()  # the keyboard is elsewhere, and may come back
            elif self._list is not None:
                self._list.forget()
            return
        if self._list is None:
            from ptodesk_gui.ui.widgets.offer_list import OfferList  # not before the first paint

            self._list = OfferList(self._form)
        self._list.show_under(self._field_of(self._field), offers)
