"""Where the keys of stores are: in the OS keyring, else in a file for the user alone beside the store."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from ptodesk_gui.outbox.sealing import KEY_BYTES

GONE: Final = "The key of the outbox is not in this computer's keyring."
GONE_FILE: Final = "The file with the key of the outbox is not there."
RESTORE: Final = "Have IT bring back the keyring as it was."
RESTORE_FILE: Final = "Have IT bring back that file from a backup."
OTHER: Final = "The key that is kept for the outbox is not the one that it was sealed with."
ON_DISK: Final = (
    "The key of the outbox could not be put into a keyring, so it lies beside it: "
    "what is kept on this disk is protected by file permissions only."
)


class Trouble(Protocol):
    """Why a keyring does not serve, and what to do about it, a sentence each."""

    @property
    def reason(self) -> str:
        """Why."""

    @property
    def cure(self) -> str:
        """What a person does about it."""


class Keyring(Protocol):
    """The OS keyring. Every method may take seconds, but has a bound. ``name`` is a store's id."""

    def find(self, name: str) -> "bytes | Trouble | None":
        """The key; None: the keyring answers, and has none."""

    def keep(self, name: str, key: bytes) -> Trouble | None:
        """Put the key into the keyring for good, or why that cannot be."""

    def forget(self, name: str) -> None:
        """Remove the key, if that is possible."""


@dataclass(frozen=True, slots=True)
class NoKey:
    """The key cannot be had now: why, and what to do about it."""

    reason: str
    cure: str


class Keys:
    """The keys of the store at ``path`` and of those that were set aside from there. Without a keyring all are in files."""

    def __init__(self, path: Path, keyring: Keyring | None = None) -> None:
        self._path = path
        self._keyring = keyring
        self._proved: dict[str, bytes] = {}

    def prove(self, store_id: str, key: bytes) -> None:
        """The key opens its store: it is not asked for again, whatever becomes of the keyring while the program runs."""
        self._proved[store_id] = key

    def find(self, store_id: str) -> bytes | NoKey:
        """The store's key."""
        return self._proved.get(store_id) or self._kept(store_id)

    def keep(self, store_id: str, key: bytes) -> str:
        """Keep a new store's key for good, before anything is sealed with it. A sentence when no keyring takes it."""
        trouble = None if self._keyring is None else self._keyring.keep(store_id, key)
        if self._keyring is not None and trouble is None:
            return ""
        self._write(store_id, key)
        return "" if trouble is None else f"{ON_DISK} {trouble.reason}"

    def keep_again(self, store_id: str, key: bytes) -> None:
        """Keep the key of a store anew, if it is kept nowhere any more: its file went with the folder."""
        if not isinstance(self._kept(store_id), bytes):
            self.keep(store_id, key)

    def secure(self, store_id: str, key: bytes) -> bool:
        """See to it that the key is in the keyring: out of its file, or back after a reset. Whether it is there now."""
        if self._keyring is None:
            return False
        found = self._keyring.find(store_id)
        if found != key and ((found is not None and not isinstance(found, bytes)) or self._keyring.keep(store_id, key)):
            return False
        self._file(store_id).unlink(missing_ok=True)
        return True

    def in_file(self, store_id: str) -> bool:
        """Whether the key lies in a file."""
        return self._file(store_id).exists()

    def could_be_secured(self, store_id: str) -> bool:
        """Whether the key lies in a file although it belongs into a keyring."""
        return self._keyring is not None and self.in_file(store_id)

    def forget(self, store_id: str) -> None:
        """Remove the key of a store that is no more."""
        self._proved.pop(store_id, None)
        self._file(store_id).unlink(missing_ok=True)
        if self._keyring is not None:
            self._keyring.forget(store_id)

    def _kept(self, store_id: str) -> bytes | NoKey:
        try:
            in_file = self._file(store_id).read_bytes()
        except FileNotFoundError:
            in_file = b""
        if len(in_file) == KEY_BYTES:
            return in_file
        if self._keyring is None:
            return NoKey(GONE_FILE, RESTORE_FILE)
        found = self._keyring.find(store_id)
        if isinstance(found, bytes):
            return found if len(found) == KEY_BYTES else NoKey(OTHER, RESTORE)
        return NoKey(GONE, RESTORE) if found is None else NoKey(found.reason, found.cure)

    def _file(self, store_id: str) -> Path:
        return self._path.with_name(f"{self._path.name}.key-{store_id}")

    def _write(self, store_id: str, key: bytes) -> None:
        """Write the file so that it is there, whole, after a power loss."""
        target = self._file(store_id)
        half = target.with_name(f"{target.name}.new")
        with suppress(FileNotFoundError):
            half.unlink()
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, target)
        keep_folder(target.parent)


def keep_folder(folder: Path) -> None:
    """Have the names of the folder's files on disk. Windows needs no such thing, and has none."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
