"""The API token: its one home is the OS keyring. Every call takes 25 to 70 ms or longer: never on the UI thread."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

SERVICE: Final = "ptodesk"

NO_KEYRING: Final = "This computer has no keyring service that could keep the token."
LOCKED: Final = "The keyring is locked, or would not answer."
LOSES: Final = "The keyring takes the token and forgets it."
CURE: Final = "The token is kept for this run only and written nowhere. Ask IT to set up the system's keyring, then sign in again."
UNLOCK: Final = "Unlock the system's keyring (signing in to the computer usually does), then try again."


@dataclass(frozen=True, slots=True)
class KeyringFault:
    """Why the keyring does not serve, and what to do about it, a sentence each."""

    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class NoToken:
    """The keyring serves, and has no token for this account."""


class Token(str):
    """An API token. Shown nowhere: its ``repr`` says what it is, not what it says."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Token(...)"


class Credentials:
    """The tokens of the accounts that sign in. A token that no keyring takes is remembered here until the program ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._this_run: dict[str, Token] = {}

    def token(self, email: str) -> Token | NoToken | KeyringFault:
        """The account's token."""
        with self._lock:
            if (remembered := self._this_run.get(email)) is not None:
                return remembered
        try:
            with _faults_named():
                import keyring

                found = keyring.get_password(SERVICE, email)
        except _FaultError as error:
            return error.fault
        return NoToken() if not found else Token(found)

    def keep(self, email: str, token: str) -> KeyringFault | None:
        """Put the account's token into the keyring; when that fails, remember it for this run and say why."""
        fault = self._store(email, token)
        with self._lock:
            if fault is None:
                self._this_run.pop(email, None)
            else:
                self._this_run[email] = Token(token)
        return fault

    def forget(self, email: str) -> KeyringFault | None:
        """Remove the account's token."""
        with self._lock:
            self._this_run.pop(email, None)
        try:
            with _faults_named():
                import keyring
                from keyring.errors import PasswordDeleteError

                try:
                    keyring.delete_password(SERVICE, email)
                except PasswordDeleteError:  # there was none
                    return None
        except _FaultError as error:
            return error.fault
        return None

    def probe(self) -> KeyringFault | None:
        """Whether the keyring keeps what it is given, tried with an entry that is removed again."""
        name, value = f"probe-{secrets.token_hex(4)}", secrets.token_hex(8)
        fault = self._store(name, value)
        if fault is None:
            self.forget(name)
        return fault

    @staticmethod
    def back_end() -> str:
        """The name of what keeps secrets here, as keyring calls it."""
        try:
            import keyring

            found = type(keyring.get_keyring())
        except Exception as error:  # whatever a back end does when it is asked for
            return f"none ({type(error).__name__})"
        return f"{found.__module__}.{found.__qualname__}"

    def _store(self, email: str, token: str) -> KeyringFault | None:
        try:
            with _faults_named():
                import keyring

                keyring.set_password(SERVICE, email, token)
                if keyring.get_password(SERVICE, email) != token:  # the null backend loses it without a word
                    return KeyringFault(LOSES, CURE)
        except _FaultError as error:
            return error.fault
        return None


class _FaultError(Exception):
    def __init__(self, fault: KeyringFault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


@contextmanager
def _faults_named() -> Iterator[None]:
    """Turns whatever a keyring backend raises into a fault. Nothing of it is chained: a backend may quote what it was given."""
    from keyring.errors import KeyringLocked, NoKeyringError

    try:
        yield
    except NoKeyringError:
        fault = KeyringFault(NO_KEYRING, CURE)
    except KeyringLocked:
        fault = KeyringFault(LOCKED, UNLOCK)
    except Exception:  # backends raise errors of the libraries below them: D-Bus, ctypes, their own
        fault = KeyringFault(LOCKED, UNLOCK)
    else:
        return
    raise _FaultError(fault) from None
