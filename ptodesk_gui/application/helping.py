"""Help while typing, without the network: the ZIP code fills in city and state, companies are offered by their beginning."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ptodesk_gui.application.asking import Asking, NoAnswer
from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.known import NOTHING_KNOWN, Known
from ptodesk_gui.sop.progress import PlanProgress
from ptodesk_gui.sop.steps import CreateTicket
from ptodesk_gui.sop.zip_codes import ZipCodes, fill

if TYPE_CHECKING:
    from ptodesk_gui.ui.call.page import CallPage


class Helping(QObject):
    """Stands between the call at hand and what is known besides it, which is read off the window's thread."""

    def __init__(
        self,
        page: "CallPage",
        call: CallAtHand,
        calling: Calling,
        backstage: Backstage,
        asking: Asking,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._call, self._calling, self._backstage = call, calling, backstage
        self._asking = asking
        page.edited.connect(self.edited)
        backstage.found.connect(lambda found: self._know_companies(companies_of(found.plans)))
        backstage.slow.submit(_load_zip_codes, self._know_zip_codes)

    @property
    def known(self) -> Known:
        """What is known by now."""
        return self._backstage.known or NOTHING_KNOWN

    def edited(self, path: str, value: str) -> None:
        """A field was typed in: a whole ZIP code fills in what is empty beside it."""
        if path == Field.ZIP and (place := self.known.zip_codes.of(value)) is not None:
            before = self._call.entry
            if (after := fill(before, place)) != before:
                self._calling.change(after)

    def look_for_companies(self) -> None:
        """The site can be asked: what is known of it already has companies."""
        self._asking.ask(lambda reader: reader.companies(), self._know_companies)

    def queued(self, plan: PlanProgress) -> None:
        """A call was filed: its company is one that was used."""
        self._know_companies(companies_of((plan,)))

    def _know_companies(self, names: tuple[str, ...] | NoAnswer) -> None:
        if isinstance(names, NoAnswer):
            return
        plain = (name.replace("_", " ") for name in names)  # the name as an organization has _ for spaces (T4)
        after = tuple(dict.fromkeys((*self.known.companies, *plain)))
        if after != self.known.companies:
            self._know(replace(self.known, companies=after))

    def _know_zip_codes(self, zip_codes: ZipCodes) -> None:
        self._know(replace(self.known, zip_codes=zip_codes))

    def _know(self, known: Known) -> None:
        self._backstage.known = known
        self._calling.look_again()


def companies_of(plans: Iterable[PlanProgress]) -> tuple[str, ...]:
    """The companies that these calls were about."""
    steps = (each.step for plan in plans for each in plan.steps)
    return tuple(step.organization for step in steps if isinstance(step, CreateTicket) and step.organization)


def _load_zip_codes() -> ZipCodes:
    from ptodesk_gui.workstation.zip_file import load_zip_codes

    return load_zip_codes()
