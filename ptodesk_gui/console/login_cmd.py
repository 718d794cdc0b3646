"""``ptodesk login``: try an API token and keep it in the OS keyring, its one home."""

import sys
from typing import TYPE_CHECKING

import click

from ptodesk_gui.console import station as st
from ptodesk_gui.console.wording import on_console
from ptodesk_gui.workstation.policy import TELL_IT, UNSURE, UNSURE_CURE

if TYPE_CHECKING:
    from ptodesk_gui.desk.session import SiteAccess


@click.command()
@click.option("--url", required=True, metavar="U", help="The site, such as https://your-company.atlassian.net")
@click.option("--email", required=True, metavar="E", help="The account's email.")
def login(url: str, email: str) -> None:
    """Ask for the API token (or read it from stdin), try it, and keep it in the keyring."""
    with st.logged():
        _login(url, email.strip())


def _login(url: str, email: str) -> None:
    from ptodesk_gui.desk.address import AddressError, site_address
    from ptodesk_gui.desk.network import Network
    from ptodesk_gui.desk.session import SiteAccess
    from ptodesk_gui.workstation.credentials import Credentials
    from ptodesk_gui.workstation.settings import SettingsError, read_settings, write_settings

    settings = read_settings()
    for key, asked in (("url", url), ("email", email)):
        if key in settings.locked and getattr(settings, key).rstrip("/") != asked.rstrip("/"):
            st.end(st.PERSON, f"The {key} is set by your administrator to {getattr(settings, key)}: sign in with that.")
    try:
        site = site_address(url)
    except AddressError as error:
        st.end(st.PERSON, str(error))
    if settings.site_unsure:
        st.end(st.PERSON, f"{UNSURE} {UNSURE_CURE}")
    token = _asked_token()
    name = _tried(SiteAccess(site, email, token, Network(settings.proxy, settings.ca_file)))
    if (fault := Credentials().keep(email, token)) is not None:
        st.end(st.PERSON, f"{fault.reason} The token works, but was not kept. {on_console(fault.cure)}")
    try:
        write_settings({key: value for key, value in (("url", site), ("email", email)) if key not in settings.locked})
    except SettingsError as error:
        st.end(st.PERSON, str(error))
    _go_on(site)
    click.echo(f"Signed in to {site} as {name}. The token is in the keyring.")


def _asked_token() -> str:
    """The token, typed without echo, or from stdin when that is no terminal."""
    typed = click.prompt("API token", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    token = str(typed).strip()
    if not token or not token.isascii() or not token.isprintable():
        st.end(st.PERSON, "That is no API token. Make one in your Atlassian account's security settings.")
    return token


def _tried(access: "SiteAccess") -> str:
    """The name of the account that the token signs in; the command ends when it signs in none."""
    from ptodesk_gui.desk.desk import Later, Refused
    from ptodesk_gui.desk.jira_desk import JiraDesk
    from ptodesk_gui.desk.needs import SiteNeeds
    from ptodesk_gui.desk.network import CertificatesError

    try:
        desk = JiraDesk(access, None, SiteNeeds("", ""))
    except CertificatesError as error:
        st.end(st.PERSON, f"{error} {TELL_IT}")
    try:
        account = desk.who_am_i()
    finally:
        desk.close()
    if isinstance(account, Refused):
        st.end(st.PERSON, on_console(f"{account.reason} {account.cure} The token was not kept."))
    if isinstance(account, Later):
        st.end(
            st.PERSON, on_console(f"{account.reason} The token could not be tried and was not kept. Try again later.")
        )
    return account.name


def _go_on(site: str) -> None:
    """Have what waited for the sign-in go on, where there is an outbox."""
    from ptodesk_gui.application.place import open_store
    from ptodesk_gui.application.real_place import RealPlace
    from ptodesk_gui.outbox.store import StoreError
    from ptodesk_gui.workstation.credentials import Credentials

    try:
        place = RealPlace(Credentials())
        if place.store_path.exists():
            store = open_store(place, may_set_aside=False)
            store.resume(site)
            store.close()
    except StoreError as error:
        st.say(str(error))
