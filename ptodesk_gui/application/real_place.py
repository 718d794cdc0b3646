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
    from ptodesk_gui.sop.playbook import Playbook
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
        # The site, its desk, and why nothing may be queued: changed at once, while the filer asks on a thread of its own,
        # so that the desk of one site is never taken for that of another.
        self._standing: tuple[str, JiraDesk | NoDesk | None, str] = ("", None, "")
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
        return self._standing[0]

    @property
    def held(self) -> str:
        """Why nothing may be queued: it is not known which site IT has set."""
        return self._standing[2]

    @property
    def _desk(self) -> "JiraDesk | NoDesk | None":
        return self._standing[1]

    def adapted(self, playbook: "Playbook") -> "Playbook":
        """The playbook with the project that IT has set."""
        from ptodesk_gui.application.playbooks import with_project
        from ptodesk_gui.workstation.settings import read_settings

        return with_project(playbook, read_settings().project)

    def open(self, needs: "SiteNeeds", settings: "Settings") -> None:
        """Get the token and a desk for the site of the settings."""
        from ptodesk_gui.desk.address import AddressError, site_address
        from ptodesk_gui.desk.jira_desk import JiraDesk
        from ptodesk_gui.outbox.dispatcher import NoDesk
        from ptodesk_gui.workstation.policy import TELL_IT, UNSURE, UNSURE_CURE

        before = self._desk
        desk: JiraDesk | NoDesk
        held = f"{UNSURE} {UNSURE_CURE}" if settings.site_unsure else ""
        try:
            site = site_address(settings.url) if settings.url else ""
        except AddressError as error:
            site, desk = "", NoDesk(str(error), TELL_IT if "url" in settings.locked else SET_SITE)
        else:
            desk = self._opened(site, needs, settings)
        self._standing = (site, desk, held)
        if isinstance(before, JiraDesk):
            before.close()

    def _opened(self, site: str, needs: "SiteNeeds", settings: "Settings") -> "JiraDesk | NoDesk":
        from ptodesk_gui.desk.jira_desk import JiraDesk
        from ptodesk_gui.desk.network import CertificatesError, Network
        from ptodesk_gui.desk.session import SiteAccess
        from ptodesk_gui.outbox.dispatcher import NoDesk
        from ptodesk_gui.workstation import paths
        from ptodesk_gui.workstation.policy import TELL_IT, UNSURE, UNSURE_CURE

        self._token = token = self._credentials.token(settings.email) if settings.email else NoToken()
        if settings.site_unsure:
            return NoDesk(UNSURE, UNSURE_CURE)
        if not site or not settings.email:
            return NoDesk(NO_SITE, SET_SITE)
        if isinstance(token, KeyringFault):
            return NoDesk(token.reason, token.cure)
        if isinstance(token, NoToken):
            return NoDesk(NOT_SIGNED_IN.format(email=settings.email), TYPE_TOKEN)
        access = SiteAccess(site, settings.email, token, Network(settings.proxy, settings.ca_file))
        try:
            return JiraDesk(access, paths.sites_dir(), needs)
        except CertificatesError as error:
            return NoDesk(str(error), TELL_IT)

    def desk_for_site(self, site: str) -> "Desk | NoDesk | None":
        """The desk of the site in the settings, and of no other; none at all as long as it is not known which site IT has set."""
        ours, desk, held = self._standing
        return desk if held or site == ours else None

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

    @property
    def credentials(self) -> Credentials:
        """Where the token is, one that is kept for this run only included."""
        return self._credentials

    @property
    def clock_off(self) -> float | None:
        """Seconds that the site's clock is ahead of this computer's, by its last answer; None where nothing was asked."""
        from ptodesk_gui.desk.jira_desk import JiraDesk

        return self._desk.clock_off if isinstance(self._desk, JiraDesk) else None

    def view(self, settings: "Settings") -> "SettingsView":
        """The settings, whether a token is stored, and what is wrong with the keyring."""
        from ptodesk_gui.ui.settings.view import SettingsView

        fault = self._token if isinstance(self._token, KeyringFault) else self._not_kept
        return SettingsView(
            url=settings.url,
            email=settings.email,
            agent=settings.agent,
            locked=settings.locked,
            also_set=tuple(settings.of_it()),
            faults=settings.faults,
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

        site, desk, held = self._standing
        self._standing = (site, None, held)
        if isinstance(desk, JiraDesk):
            desk.close()
