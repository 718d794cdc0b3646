"""Finding out where a token works: at the site itself, or, when it has scopes, only at Atlassian's gateway (FACTS: Signing in)."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from ptodesk_gui.desk.address import is_loopback, origin
from ptodesk_gui.desk.errors import Kind, TroubleError, TroubleFacts, from_answer

if TYPE_CHECKING:
    import requests

GATEWAY: Final = "https://api.atlassian.com/ex/jira"
_TENANT: Final = "/_edge/tenant_info"
_MYSELF: Final = "/rest/api/3/myself"

Get = Callable[[str], "requests.Response"]


class Gateway:
    """The address at which one site's API is asked. For use from several threads.

    ``get`` asks an address, signed in where ``is_ours``; it may raise TroubleError. ``now`` is the time of day.
    """

    def __init__(self, site_url: str, gateway: str, get: Get, now: Callable[[], float]) -> None:
        self.base = site_url
        self._site_url = site_url
        self._gateway = _gateway_for(site_url, gateway)
        self._get = get
        self._now = now
        self._tried = ""  # the base that the token is being tried at
        self._settled = False  # whether it is known which base the token works at
        self._lock = threading.Lock()

    def settle(self) -> None:
        """The token works where it is used now."""
        self._settled = True

    def is_ours(self, url: str) -> bool:
        """Whether the sign-in may go to the address: the site's own origin, and the gateway for this cloud id."""
        if ".." in unquote(urlsplit(url).path).split("/"):  # out of this cloud's place at the gateway, into another's
            return False
        bases = (base for base in (self.base, self._tried) if base and base != self._site_url)
        return origin(url) == origin(self._site_url) or any(url.startswith(base + "/") for base in bases)

    def moved(self, refused_at: str) -> bool:
        """Whether the token works at the gateway although the site refused it. Finds out once.

        Raises TroubleError when that cannot be found out now: the token may be a good one all the same.
        """
        with self._lock:
            if self.base != refused_at:
                return True  # another thread has found out meanwhile
            if self._settled or self._gateway is None:
                return False
            cloud_id = self._cloud_id()
            if cloud_id is None:
                return False
            self._tried = f"{self._gateway}/{cloud_id}"
            works = self._works(self._tried)
            self._settled = True
            if works:
                self.base = self._tried
            self._tried = ""
            return works

    def _cloud_id(self) -> str | None:
        """The site's cloud id; None where the site has none, or says something strange."""
        answer = self._get(self._site_url + _TENANT)
        if _may_pass(answer.status_code):
            raise TroubleError(from_answer(answer.status_code, answer.headers, None, once=False, now=self._now()))
        found: Any = None
        if answer.status_code == 200:
            from ptodesk_gui.desk.bounded import json_of

            try:
                found = json_of(answer.content)
            except ValueError:
                return None
        cloud_id = found.get("cloudId") if isinstance(found, dict) else None
        plain = isinstance(cloud_id, str) and cloud_id.replace("-", "").isalnum() and cloud_id.isascii()
        return cloud_id if plain else None

    def _works(self, base: str) -> bool:
        try:
            answer = self._get(base + _MYSELF)
        except TroubleError as error:
            raise TroubleError(TroubleFacts(Kind.NO_GATEWAY, after=error.facts.after)) from error
        if _may_pass(answer.status_code):
            facts = from_answer(answer.status_code, answer.headers, None, once=False, now=self._now())
            raise TroubleError(replace(facts, kind=Kind.NO_GATEWAY))
        return answer.status_code == 200


def _may_pass(status: int) -> bool:
    return status in (408, 429) or status >= 500


def _gateway_for(site_url: str, gateway: str) -> str | None:
    """A site on this computer (the practice desk) has no gateway on the internet: its sign-in must not leave."""
    return gateway if is_loopback(origin(gateway)[1]) or not is_loopback(origin(site_url)[1]) else None
