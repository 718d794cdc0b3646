"""The token has one home, the OS keyring; without one it is kept for this run only, and that is said."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ptodesk_gui.workstation import credentials
from ptodesk_gui.workstation.credentials import Credentials, KeyringFault, NoToken, Token
from tests.keyring_session import run_python, secret_service, skip_without_programs

WITNESS = "witness-3f1c-token"
EMAIL = "dana@example.com"
FACES = """
import sys
from ptodesk_gui.workstation.credentials import Credentials, KeyringFault, NoToken, Token
held = Credentials()
"""


@pytest.fixture(scope="module")
def unlocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    skip_without_programs()
    with secret_service(tmp_path_factory.mktemp("keyring")) as environment:
        yield environment


def test_a_real_secret_service_keeps_the_token_between_programs(unlocked: Mapping[str, str]) -> None:
    kept = run_python(FACES + f"print(held.keep({EMAIL!r}, {WITNESS!r}))", unlocked)
    assert (kept.stdout, kept.stderr) == ("None\n", "")
    read = run_python(
        FACES + f"t = held.token({EMAIL!r}); print(t == {WITNESS!r}, type(t).__name__, repr(t))", unlocked
    )
    assert read.stdout == "True Token Token(...)\n"
    library = run_python(f"import keyring; print(keyring.get_password('ptodesk', {EMAIL!r}))", unlocked)
    assert library.stdout == f"{WITNESS}\n"
    gone = run_python(FACES + f"held.forget({EMAIL!r}); print(held.token({EMAIL!r}), held.forget({EMAIL!r}))", unlocked)
    assert gone.stdout == "NoToken() None\n"


def test_a_probe_of_a_real_secret_service_finds_it_well_and_leaves_nothing(unlocked: Mapping[str, str]) -> None:
    code = """
import secretstorage
print(held.probe())
bus = secretstorage.dbus_init()
print([i.get_label() for i in secretstorage.get_default_collection(bus).get_all_items() if "probe" in i.get_label()])
"""
    probe = run_python(FACES + code, unlocked)
    assert probe.stdout == "None\n[]\n", probe.stderr


def test_a_locked_secret_service_is_a_sentence_and_the_token_is_kept_for_this_run(tmp_path: Path) -> None:
    skip_without_programs()
    with secret_service(tmp_path, password="open") as environment:
        assert run_python(FACES + f"print(held.keep({EMAIL!r}, 'old'))", environment).stdout == "None\n"
    code = f"""
found = held.token({EMAIL!r})
print(type(found).__name__, found.reason)
fault = held.keep({EMAIL!r}, {WITNESS!r})
print(fault.reason, held.token({EMAIL!r}) == {WITNESS!r})
"""
    with secret_service(tmp_path, password=None) as environment:
        run = run_python(FACES + code, environment)
    assert run.stdout == f"KeyringFault {credentials.LOCKED}\n{credentials.LOCKED} True\n", run.stderr


def test_without_a_keyring_service_the_token_is_kept_for_this_run_only() -> None:
    held = Credentials()  # the tests' own home has no keyring
    fault = held.keep(EMAIL, WITNESS)
    assert fault == KeyringFault(credentials.NO_KEYRING, credentials.CURE)
    assert held.token(EMAIL) == WITNESS
    other = Credentials().token(EMAIL)
    assert isinstance(other, KeyringFault)
    assert held.forget(EMAIL) is not None
    assert isinstance(held.token(EMAIL), KeyringFault)


class Backend:
    """A keyring that fails in its own way."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, user: str, secret: str) -> None:
        if self.error is not None:
            raise self.error
        self.kept[service, user] = secret

    def get_password(self, service: str, user: str) -> str | None:
        if self.error is not None:
            raise self.error
        return self.kept.get((service, user))

    def delete_password(self, service: str, user: str) -> None:
        from keyring.errors import PasswordDeleteError

        if self.kept.pop((service, user), None) is None:
            raise PasswordDeleteError


def use(monkeypatch: pytest.MonkeyPatch, backend: Backend) -> None:
    import keyring

    for name in ("set_password", "get_password", "delete_password"):
        monkeypatch.setattr(keyring, name, getattr(backend, name))


def test_a_keyring_that_loses_tokens_silently_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    null = Backend()
    null.kept = _Forgetful()
    use(monkeypatch, null)
    held = Credentials()
    assert held.keep(EMAIL, WITNESS) == KeyringFault(credentials.LOSES, credentials.CURE)
    assert held.token(EMAIL) == WITNESS
    assert held.probe() == KeyringFault(credentials.LOSES, credentials.CURE)


class _Forgetful(dict[tuple[str, str], str]):
    def __setitem__(self, key: tuple[str, str], value: str) -> None:
        return


def test_the_libraries_own_null_backend_is_found_out() -> None:
    import os

    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    run = run_python(FACES + f"print(held.keep({EMAIL!r}, {WITNESS!r}).reason)", environment)
    assert run.stdout == f"{credentials.LOSES}\n", run.stderr


def test_whatever_a_backend_raises_is_a_sentence_without_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Backend(RuntimeError(f"could not store {WITNESS}")))
    fault = Credentials().keep(EMAIL, WITNESS)
    assert fault is not None
    assert WITNESS not in f"{fault!r}{fault}"


def test_a_token_put_into_the_keyring_later_takes_the_place_of_the_one_for_this_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = Credentials()
    held.keep(EMAIL, "old")
    backend = Backend()
    use(monkeypatch, backend)
    assert held.keep(EMAIL, "new") is None
    assert backend.kept == {("ptodesk", EMAIL): "new"}
    backend.kept.clear()
    assert held.token(EMAIL) == NoToken()


def test_a_token_does_not_show_itself() -> None:
    assert WITNESS not in repr([Token(WITNESS)])
