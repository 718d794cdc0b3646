"""The company's Jira site: address and account from the settings, the token from the keyring."""

from pathlib import Path
from typing import TYPE_CHECKING

from ptodesk_gui.workstation.credentials import Credentials, KeyringFault, NoToken, Token
from ptodesk_gui.workstation.store_keys import StoreKeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from ptodesk_gui.desk.desk import Desk
    from ptodesk_gui.desk.doctor import Finding
    from ptodesk_gui.desk.history import TicketReader
    from ptodesk_gui.desk.jira_desk import JiraDesk
    from ptodesk_gui.desk.needs import SiteNeeds
    from ptodesk_gui.outbox.dispatcher import NoDesk
    from ptodesk_gui.outbox.keys import Keyring
    from ptodesk_gui.ui.settings.view import SettingsView, SettingsWanted
    from ptodesk_gui.workstation.settings import Settings

NOT_SIGNED_IN = "No API token is known for {email}."
TYPE_TOKEN = "Open the settings (Ctrl+,) and type the token."  # noqa: S105 - a sentence
NO_SITE = "No site is set."
SET_SITE = "Open the settings (Ctrl+,) and type the site's address, your email and the token."


class RealPlace:
    """Files to the site of the settings. Opened again after every change of them."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._store_keys = StoreKeys()
        self._site = ""
        self._desk: JiraDesk | NoDesk | None = None
        self._token: Token | NoToken | KeyringFault = NoToken()
        self._not_kept: KeyringFault | None = None  # why the keyring did not take the token, which is kept for this run

    @property
    def store_keys(self) -> "Keyring":
        """The OS keyring, for the key of the outbox."""
        return self._store_keys

    @property
    def store_path(self) -> Path:
        """The outbox of the real site."""
        from ptodesk_gui.workstation import paths

        return paths.store_path()

    @property
    def site(self) -> str:
        """The site's address."""
        return self._site

    def open(self, needs: "SiteNeeds", settings: "Settings") -> None:
        """Get the token and a desk for the site of the settings."""
        from ptodesk_gui.desk.address import AddressError, site_address
        from ptodesk_gui.desk.jira_desk import JiraDesk
        from ptodesk_gui.desk.session import SiteAccess
        from ptodesk_gui.outbox.dispatcher import NoDesk
        from ptodesk_gui.workstation import paths

        before = self._desk
        try:
            self._site = site_address(settings.url) if settings.url else ""
        except AddressError as error:
            self._site, self._desk = "", NoDesk(str(error), SET_SITE)
        else:
            self._token = self._credentials.token(settings.email) if settings.email else NoToken()
            if not self._site or not settings.email:
                self._desk = NoDesk(NO_SITE, SET_SITE)
            elif isinstance(self._token, KeyringFault):
                self._desk = NoDesk(self._token.reason, self._token.cure)
            elif isinstance(self._token, NoToken):
                self._desk = NoDesk(NOT_SIGNED_IN.format(email=settings.email), TYPE_TOKEN)
            else:
                self._desk = JiraDesk(SiteAccess(self._site, settings.email, self._token), paths.sites_dir(), needs)
        if isinstance(before, JiraDesk):
            before.close()

    def desk_for_site(self, site: str) -> "Desk | NoDesk | None":
        """The desk of the site in the settings, and of no other."""
        return self._desk if site == self._site else None

    def reader(self) -> "TicketReader | NoDesk":
        """What reads tickets of the site in the settings."""
        from ptodesk_gui.outbox.dispatcher import NoDesk

        desk = self._desk
        if desk is None:
            return NoDesk(NO_SITE, SET_SITE)
        return desk if isinstance(desk, NoDesk) else desk.reader

    def examine(self, told: "Callable[[Finding], object] | None" = None) -> "tuple[Finding, ...]":
        """The doctor's lines, or the one line that says why there is nothing to examine. ``told`` gets each as soon as it is known."""
        from ptodesk_gui.desk.doctor import Finding
        from ptodesk_gui.desk.jira_desk import JiraDesk

        if isinstance(self._desk, JiraDesk):
            return self._desk.doctor(told)
        if self._desk is None:
            only = Finding("Site", False, NO_SITE, SET_SITE)
        else:
            only = Finding("Sign-in", False, self._desk.reason, self._desk.cure)
        if told is not None:
            told(only)
        return (only,)

    def view(self, settings: "Settings") -> "SettingsView":
        """The settings, whether a token is stored, and what is wrong with the keyring."""
        from ptodesk_gui.ui.settings.view import SettingsView

        fault = self._token if isinstance(self._token, KeyringFault) else self._not_kept
        return SettingsView(
            url=settings.url,
            email=settings.email,
            agent=settings.agent,
            locked=settings.locked,
            token_stored=isinstance(self._token, Token),
            keyring_fault="" if fault is None else fault.reason,
        )

    def keep(self, wanted: "SettingsWanted", settings: "Settings") -> None:
        """Keep the settings in the user's file and the token in the keyring, or for this run where there is none."""
        from ptodesk_gui.desk.address import site_address
        from ptodesk_gui.workstation.settings import write_settings

        url = site_address(wanted.url) if wanted.url else ""
        values = {"url": url, "email": wanted.email, "agent": wanted.agent}
        write_settings({key: value for key, value in values.items() if key not in settings.locked})
        if wanted.token:
            email = settings.email if "email" in settings.locked else wanted.email
            self._not_kept = self._credentials.keep(email, wanted.token)

    def close(self) -> None:
        """Sign out."""
        from ptodesk_gui.desk.jira_desk import JiraDesk

        desk, self._desk = self._desk, None
        if isinstance(desk, JiraDesk):
            desk.close()
