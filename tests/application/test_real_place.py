"""The desk of one site is never taken for that of another, also while the settings are being changed to it."""

import pytest

from ptodesk_gui.application.place import needs_of
from ptodesk_gui.application.real_place import RealPlace
from ptodesk_gui.outbox.dispatcher import NoDesk
from ptodesk_gui.workstation.credentials import Credentials, KeyringFault, NoToken, Token
from ptodesk_gui.workstation.playbook_files import load_playbook
from ptodesk_gui.workstation.settings import Settings

FIRST, SECOND = "https://first.example", "https://second.example"


class Slow(Credentials):
    """A keyring at which somebody files while it is asked for the token."""

    def __init__(self) -> None:
        self.place: RealPlace | None = None
        self.meanwhile: list[object] = []

    def token(self, email: str) -> Token | NoToken | KeyringFault:
        if self.place is not None:
            place = self.place
            self.meanwhile = [place.site, place.desk_for_site(SECOND), place.desk_for_site(FIRST)]
        return Token("sample-token")


@pytest.mark.parametrize("unsure", [False, True])
def test_while_the_keyring_is_asked_for_another_site_the_desk_before_is_not_that_sites(unsure: bool) -> None:
    credentials = Slow()
    place = RealPlace(credentials)
    needs = needs_of(load_playbook())
    place.open(needs, Settings(url=FIRST, email="agent@example.com"))
    first = place.desk_for_site(FIRST)
    assert first is not None
    assert not isinstance(first, NoDesk)
    credentials.place = place
    place.open(needs, Settings(url=SECOND, email="agent@example.com", site_unsure=unsure))
    assert credentials.meanwhile == [FIRST, None, first]
    assert isinstance(place.desk_for_site(FIRST), NoDesk) == unsure
    place.close()
