"""The outbox's key in the OS keyring: every question has a bound, and a late answer counts."""

import threading
from collections.abc import Iterator

import keyring
import pytest
from keyring.errors import InitError, KeyringLocked

from ptodesk_gui.application.backstage import SAVE_SECONDS
from ptodesk_gui.workstation import store_keys
from ptodesk_gui.workstation.store_keys import KEYRING_SECONDS, StoreKeys

KEY = bytes(range(32))
SOON = 0.05  # seconds: what does not answer is not waited for longer than that


class Asker:
    """A keyring that asks its user for the password and waits."""

    def __init__(self) -> None:
        self.typed = threading.Event()
        self.asked = 0

    def get_password(self, service: str, user: str) -> str | None:
        self.asked += 1
        assert self.typed.wait(60)
        return "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


@pytest.fixture
def asker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asker]:
    made = Asker()
    monkeypatch.setattr(keyring, "get_password", made.get_password)
    yield made
    made.typed.set()


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    kept: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, user: kept.get((service, user)))
    monkeypatch.setattr(keyring, "set_password", lambda service, user, secret: kept.update({(service, user): secret}))
    monkeypatch.setattr(keyring, "delete_password", lambda service, user: kept.pop((service, user)))
    return kept


def test_a_key_is_kept_under_the_stores_name_and_found_again(entries: dict[tuple[str, str], str]) -> None:
    assert StoreKeys().find("ab12") is None
    assert StoreKeys().keep("ab12", KEY) is None
    assert list(entries) == [("ptodesk", "outbox ab12")]
    assert StoreKeys().find("ab12") == KEY
    StoreKeys().forget("ab12")
    StoreKeys().forget("ab12")
    assert entries == {}


def test_what_is_no_key_is_not_taken_for_one(entries: dict[tuple[str, str], str]) -> None:
    entries["ptodesk", "outbox ab12"] = "no key at all"
    assert StoreKeys().find("ab12") == b""


def test_a_keyring_that_waits_for_its_user_holds_nobody_up_and_is_asked_once(asker: Asker) -> None:
    keys = StoreKeys(seconds=SOON)
    assert keys.find("ab12") == store_keys.SILENT
    assert keys.find("ab12") == store_keys.SILENT
    assert keys.keep("cd34", KEY) == store_keys.SILENT
    assert asker.asked == 1


def test_a_late_answer_counts(asker: Asker) -> None:
    keys = StoreKeys(seconds=SOON)
    assert keys.find("ab12") == store_keys.SILENT
    asker.typed.set()
    while (found := keys.find("ab12")) == store_keys.SILENT:
        pass
    assert found == KEY
    assert asker.asked == 1


@pytest.mark.parametrize("error", [KeyringLocked("x"), InitError("x"), RuntimeError("x")])
def test_a_locked_keyring_is_a_sentence_with_its_cure(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: str) -> None:
        raise error

    monkeypatch.setattr(keyring, "get_password", fail)
    assert StoreKeys().find("ab12") == store_keys.LOCKED


def test_without_a_keyring_that_is_what_is_said() -> None:
    assert StoreKeys().find("ab12") == store_keys.NONE
    assert StoreKeys().keep("ab12", KEY) == store_keys.NONE
    StoreKeys().forget("ab12")


def test_a_keyring_that_forgets_what_it_takes_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_password", lambda *_: None)
    monkeypatch.setattr(keyring, "set_password", lambda *_: None)
    assert StoreKeys().keep("ab12", KEY) == store_keys.LOSES


def test_closing_the_window_waits_longer_for_the_disk_than_the_store_for_its_key() -> None:
    assert KEYRING_SECONDS < SAVE_SECONDS
