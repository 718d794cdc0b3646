"""Finding the customer behind an email address, and making one where the account may.

Kept in memory only: these are homeowners' and installers' addresses.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts
from ptodesk_gui.desk.parts import name_in
from ptodesk_gui.desk.session import Session, objects
from ptodesk_gui.desk.together import Memo

LOOK_AGAIN_AFTER: Final = 300.0  # seconds until somebody who was not found, or not let in, is looked for again
SHOWN_AFTER: Final = 60.0  # seconds for which somebody is looked for whom a request may have made whose answer got lost


@dataclass(frozen=True, slots=True)
class Customer:
    """Who was found, as of ``at``. ``account`` None: nobody. ``on_desk``: among the project's customers (by now)."""

    account: str | None
    on_desk: bool = True
    at: float = 0.0


class Customers:
    """The customers of a site. For use from several threads. Look-ups may raise TroubleError."""

    def __init__(self, session: Session, clock: Callable[[], float] = time.monotonic) -> None:
        self._session = session
        self._clock = clock
        self._found: Memo[tuple[str, str], Customer] = Memo()
        self._lost: dict[str, float] = {}  # address -> when the answer to the request that makes the customer got lost
        self._may_make = True  # until the site says that this account may not

    def find_or_make(self, desk_id: str, who: str) -> Customer:
        """The customer of that email address, compared whole; a name instead of an address is only looked up, never made.

        Who is not yet among the project's customers is put there: a project may take nobody else as a reporter.
        """
        key = (desk_id, who.strip().casefold())
        found = self._found.get(key, lambda: self._ask(desk_id, who.strip()))
        if not found.on_desk and self._clock() - found.at > LOOK_AGAIN_AFTER:
            self._found.forget(key)
            found = self._found.get(key, lambda: self._ask(desk_id, who.strip()))
        return found

    def forget(self, desk_id: str, who: str) -> None:
        """Look for that customer again when it is next needed."""
        self._found.forget((desk_id, who.strip().casefold()))

    def forget_all(self) -> None:
        """Look for everybody again."""
        self._found.forget()

    def is_on_desk(self, desk_id: str, who: str, account: str) -> bool:
        """Whether that account, which has that email address or name, is among the project's customers."""
        return any(person.get("accountId") == account for person in self._listed(_path(desk_id), who))

    def _ask(self, desk_id: str, who: str) -> Customer:
        path = _path(desk_id)
        account = _only(self._listed(path, who), "emailAddress" if "@" in who else "displayName", who)
        if account is not None:
            return Customer(account)
        if "@" in who:
            account = self._make(who) or _only(self._users(who), "emailAddress", who)
            if account is None and self._clock() - self._lost.get(who, float("-inf")) < SHOWN_AFTER:
                raise TroubleError(TroubleFacts(Kind.NOT_SHOWN))
        joined = account is not None and self._join(path, account)
        return Customer(account, joined, self._clock())

    def _join(self, path: str, account: str) -> bool:
        """Put the account among the project's customers; False where the site will not. A repetition changes nothing."""
        try:
            self._session.make(path, {"accountIds": [account]}, expect=204, once=False)
        except TroubleError as error:
            _nobody_if_refused(error)
            return False
        return True

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
            if error.facts.kind is not Kind.NOT_SENT and error.facts.status not in (400, 403, 404, 409, 429):
                self._lost[email] = self._clock()
            _nobody_if_refused(error)
            return None
        account = made.get("accountId") if isinstance(made, dict) else None
        return account if isinstance(account, str) else None


def add_to_customers(project: str, who: str, key: str) -> str:
    """What is left to do where the site did not let the program put the reporter of a ticket among the customers."""
    return f"Add {who} to the customers of {project}, so that replies in {key} reach them."


def _path(desk_id: str) -> str:
    return f"/rest/servicedeskapi/servicedesk/{desk_id}/customer"


def _nobody_if_refused(error: TroubleError) -> list[dict[str, object]]:
    """Nobody, where the site will not say; what may pass is trouble for the step."""
    if error.facts.kind is Kind.STATUS and error.facts.status in (400, 403, 404, 409):
        return []
    raise error


def _only(people: list[dict[str, object]], key: str, value: str) -> str | None:
    """The account id of the one person whose whole value it is; display names that two people share are no proof."""
    wanted = value.casefold()
    same = [p for p in people if name_in(p, key).strip().casefold() == wanted]
    accounts = {name_in(p, "accountId") for p in same}
    return (accounts.pop() or None) if len(accounts) == 1 else None
