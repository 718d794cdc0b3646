"""The keys of the outboxes in the OS keyring. Every call has a bound; a keyring that asks its user something goes on asking."""

import base64
import threading
from collections.abc import Callable
from typing import Final

from ptodesk_gui.workstation.credentials import SERVICE, KeyringFault

KEYRING_SECONDS: Final = 4.0  # shorter than closing the window waits for the disk
NAME: Final = "outbox {store}"

NONE: Final = KeyringFault("This computer has no keyring service.", "Ask IT to set up the system's keyring.")
LOCKED: Final = KeyringFault("The system's keyring is locked.", "Unlock it; signing in to the computer usually does.")
SILENT: Final = KeyringFault("The system's keyring does not answer.", "Unlock it, or answer what it asks you.")
LOSES: Final = KeyringFault(
    "The system's keyring takes keys and forgets them.", "Ask IT to set up the system's keyring."
)

_Answer = bytes | KeyringFault | None


class StoreKeys:
    """Finds, keeps and forgets keys, by the name of the store. Usable from any thread but the window's.

    While an earlier question is unanswered (somebody is typing the keyring's password) nothing else is asked: the
    same question gets the late answer, any other ``SILENT`` at once.
    """

    def __init__(self, seconds: float = KEYRING_SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._unanswered: _Question | None = None

    def find(self, name: str) -> _Answer:
        """The store's key; None: the keyring answers, and has none."""
        return self._asked(("find", name), lambda: _find(name))

    def keep(self, name: str, key: bytes) -> KeyringFault | None:
        """Put the store's key into the keyring, and see that it is there."""
        found = self._asked(("keep", name), lambda: _keep(name, key))
        return found if isinstance(found, KeyringFault) else None

    def forget(self, name: str) -> None:
        """Remove the store's key, if that is possible."""
        self._asked(("forget", name), lambda: _forget(name))

    def _asked(self, what: tuple[str, str], ask: Callable[[], _Answer]) -> _Answer:
        with self._lock:
            question = self._unanswered
            if question is not None and question.what != what:
                if not question.answered.is_set():
                    return SILENT
                question = None
            if question is None:
                question = _Question(what, ask)
            self._unanswered = question
        if not question.answered.wait(self._seconds):
            return SILENT
        with self._lock:
            if self._unanswered is question:
                self._unanswered = None
        return question.answer


class _Question:
    """A question to the keyring, asked by a thread of its own, which keeps the program from nothing."""

    def __init__(self, what: tuple[str, str], ask: Callable[[], _Answer]) -> None:
        self.what = what
        self.answer: _Answer = SILENT
        self.answered = threading.Event()
        self._ask = ask
        threading.Thread(target=self._run, name="ptodesk-keyring", daemon=True).start()

    def _run(self) -> None:
        from keyring.errors import NoKeyringError

        try:
            self.answer = self._ask()
        except NoKeyringError:
            self.answer = NONE
        except Exception:  # locked, refused, or an error of a library below: none of their words are kept
            self.answer = LOCKED
        finally:
            self.answered.set()


def _find(name: str) -> _Answer:
    import keyring

    found = keyring.get_password(SERVICE, NAME.format(store=name))
    try:
        return None if found is None else base64.b64decode(found, validate=True)
    except ValueError:
        return b""  # something else stands there under this name


def _keep(name: str, key: bytes) -> _Answer:
    import keyring

    keyring.set_password(SERVICE, NAME.format(store=name), base64.b64encode(key).decode())
    return None if _find(name) == key else LOSES  # the null backend loses it without a word


def _forget(name: str) -> _Answer:
    import keyring

    keyring.delete_password(SERVICE, NAME.format(store=name))
    return None
