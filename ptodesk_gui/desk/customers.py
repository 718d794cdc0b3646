"""Finding the customer behind an email address, and making one where the account may.

Kept in memory only: these are homeowners' and installers' addresses.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ptodesk_gui.desk.errors import Kind, TroubleError
from ptodesk_gui.desk.session import Session, objects
from ptodesk_gui.desk.together import Memo

LOOK_AGAIN_AFTER: Final = 300.0  # seconds until somebody who was not found is looked for again


@dataclass(frozen=True, slots=True)
class Customer:
    """Who was found. ``account`` None: nobody, as of ``at``. ``on_desk``: already among the project's customers."""

    account: str | None
    on_desk: bool = True
    at: float = 0.0


class Customers:
    """The customers of a site. For use from several threads. Look-ups may raise TroubleError."""

    def __init__(self, session: Session, clock: Callable[[], float] = time.monotonic) -> None:
        self._session = session
        self._clock = clock
        self._found: Memo[tuple[str, str], Customer] = Memo()
        self._may_make = True  # until the site says that this account may not

    def find_or_make(self, desk_id: str, who: str) -> Customer:
        """The customer of that email address, compared whole; a name instead of an address is only looked up, never made."""
        key = (desk_id, who.strip().casefold())
        found = self._found.get(key, lambda: self._ask(desk_id, who.strip()))
        if found.account is None and self._clock() - found.at > LOOK_AGAIN_AFTER:
            self._found.forget(key)
            found = self._found.get(key, lambda: self._ask(desk_id, who.strip()))
        return found

    def forget(self, desk_id: str, who: str) -> None:
        """Look for that customer again when it is next needed."""
        self._found.forget((desk_id, who.strip().casefold()))

    def add_to_desk(self, desk_id: str, account: str) -> bool:
        """Put the account among the project's customers; whether that worked. A repetition changes nothing."""
        path = f"/rest/servicedeskapi/servicedesk/{desk_id}/customer"
        try:
            self._session.make(path, {"accountIds": [account]}, expect=204, once=False)
        except TroubleError:
            return False
        return True

    def _ask(self, desk_id: str, who: str) -> Customer:
        path = f"/rest/servicedeskapi/servicedesk/{desk_id}/customer"
        account = _only(self._listed(path, who), "emailAddress" if "@" in who else "displayName", who)
        if account is not None:
            return Customer(account)
        if "@" in who:
            account = self._make(who) or _only(self._users(who), "emailAddress", who)
        return Customer(account, on_desk=False, at=self._clock())

    def _listed(self, path: str, who: str) -> list[dict[str, object]]:
        try:
            return list(self._session.pages(path, {"query": who}, experimental=True))
        except TroubleError as error:
            return _nobody_if_refused(error)

    def _users(self, who: str) -> list[dict[str, object]]:
        try:
            return objects(self._session.get("/rest/api/3/user/search", {"query": who, "maxResults": 100}))
        except TroubleError as error:
            return _nobody_if_refused(error)

    def _make(self, email: str) -> str | None:
        """The account id of a new customer; None where one exists already or the account may not make any (FACTS: Customers).

        The address stands in for the name, which the site's own pages let the customer change.
        """
        if not self._may_make:
            return None
        path = "/rest/servicedeskapi/customer?strictConflictStatusCode=true"
        try:
            made = self._session.make(path, {"email": email, "displayName": email}, expect=201, once=False)
        except TroubleError as error:
            if error.facts.status == 403:
                self._may_make = False
            _nobody_if_refused(error)
            return None
        account = made.get("accountId") if isinstance(made, dict) else None
        return account if isinstance(account, str) else None


def _nobody_if_refused(error: TroubleError) -> list[dict[str, object]]:
    """Nobody, where the site will not say; what may pass is trouble for the step."""
    if error.facts.kind is Kind.STATUS and error.facts.status in (400, 403, 404, 409):
        return []
    raise error


def _only(people: list[dict[str, object]], key: str, value: str) -> str | None:
    """The account id of the one person whose whole value it is; display names that two people share are no proof."""
    wanted = value.casefold()
    found = {
        p.get("accountId") for p in people if isinstance(p.get(key), str) and str(p[key]).strip().casefold() == wanted
    }
    accounts = [account for account in found if isinstance(account, str) and account]
    return accounts[0] if len(accounts) == 1 else None
