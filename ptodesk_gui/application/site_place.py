"""The real site: where the settings say it is, with the token from the keyring. No Qt."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.credentials import Credentials, KeyringFault, NoToken
from ptodesk_gui.workstation.settings import Settings

if TYPE_CHECKING:
    from ptodesk_gui.desk.desk import Desk
    from ptodesk_gui.desk.jira_desk import JiraDesk
    from ptodesk_gui.desk.needs import SiteNeeds
    from ptodesk_gui.outbox.dispatcher import NoDesk

SIGN_IN = "Set it in the settings of the window, or with `ptodesk login --url U --email E`."

log = logging.getLogger(__name__)


class SitePlace:
    """The site of the settings. ``read`` gives the settings that hold now: they are read anew whenever the place is opened."""

    def __init__(self, read: Callable[[], Settings], credentials: Credentials) -> None:
        self._read = read
        self._credentials = credentials
        self._settings = read()
        self._desk: JiraDesk | None = None
        self._missing: NoDesk | None = None

    @property
    def store_path(self) -> Path:
        """The outbox of the real site."""
        return paths.store_path()

    @property
    def site(self) -> str:
        """The site's address in one form; empty as long as no usable one is set."""
        from ptodesk_gui.desk.address import AddressError, site_address

        try:
            return site_address(self._settings.url)
        except AddressError:
            return ""

    @property
    def desk(self) -> "JiraDesk | None":
        """The desk, once the place is open and nothing is missing."""
        return self._desk

    @property
    def missing(self) -> "NoDesk | None":
        """What stands in the way of filing: no site, no account, no token."""
        return self._missing

    def open(self, needs: "SiteNeeds") -> None:
        """Read the settings and the token, and make a desk of them; nothing is sent yet."""
        from ptodesk_gui.outbox.dispatcher import NoDesk

        self.close()
        self._settings = self._read()
        found = self._connect(needs)
        self._desk, self._missing = (None, found) if isinstance(found, NoDesk) else (found, None)

    def desk_for_site(self, site: str) -> "Desk | NoDesk | None":
        """The desk of the site of the settings, or why there is none; None for any other site."""
        from ptodesk_gui.outbox.dispatcher import NoDesk

        if site != self.site:
            return None
        return (
            self._desk or self._missing or NoDesk("The connection to the site is not open.", "Start the program again.")
        )

    def close(self) -> None:
        """Let go of the connections."""
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()

    def _connect(self, needs: "SiteNeeds") -> "JiraDesk | NoDesk":
        from ptodesk_gui.desk.address import AddressError
        from ptodesk_gui.desk.jira_desk import JiraDesk
        from ptodesk_gui.desk.session import SiteAccess
        from ptodesk_gui.outbox.dispatcher import NoDesk

        settings = self._settings
        if not settings.url:
            return NoDesk("No site is set.", SIGN_IN)
        if not settings.email:
            return NoDesk("No account is set to sign in with.", SIGN_IN)
        token = self._credentials.token(settings.email)
        if isinstance(token, KeyringFault):
            return NoDesk(token.reason, token.cure)
        if isinstance(token, NoToken):
            return NoDesk("No token is stored for the account.", SIGN_IN)
        try:
            return JiraDesk(SiteAccess(settings.url, settings.email, token), paths.sites_dir(), needs)
        except AddressError as error:
            return NoDesk(str(error), SIGN_IN)
