"""Seals what is personal in the store, value by value, so that its file tells nothing to whoever lacks the key."""

import hashlib
import secrets
import sqlite3
from typing import Final

KEY_BYTES: Final = 32
_NONCE: Final = 12  # bytes; random ones may be drawn 2**32 times for one key, which no outbox comes near
_FORM: Final = b"\x01"  # the first byte of every sealed value: how it is sealed
_CHECK: Final = "this is the key"


class UnsealError(sqlite3.DatabaseError):
    """A sealed value was damaged, or stands in another place than the one that it was sealed for: ``place`` and ``row``."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT

    def __init__(self, place: str, row: str) -> None:
        super().__init__("a value does not open")
        self.place = place
        self.row = row


class Seal:
    """AES-256-GCM under the key of one store. A value opens only in that store, in its column and its row.

    Empty text stays empty: queries ask whether there is any, and there is nothing in it to hide.
    """

    def __init__(self, store_id: str, key: bytes) -> None:
        """Raises ValueError: that is no key."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # takes longer to load than the store to open

        if len(key) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self.store_id = store_id
        self.key = key
        self._cipher = AESGCM(key)
        self._blinding = hashlib.blake2b(key=key, person=b"ptodesk terms", digest_size=32).digest()

    def sealed(self, place: str, row: str, text: str) -> bytes | str:
        """The text as it is kept at ``place`` ("table.column") in the row that ``row`` names for good."""
        if not text:
            return ""
        nonce = secrets.token_bytes(_NONCE)
        return _FORM + nonce + self._cipher.encrypt(nonce, text.encode(), self._belongs(place, row))

    def opened(self, place: str, row: str, value: bytes | str) -> str:
        """The text again. Raises UnsealError."""
        from cryptography.exceptions import InvalidTag

        if value == "":
            return ""
        if not isinstance(value, bytes) or value[:1] != _FORM:
            raise UnsealError(place, row)
        nonce, rest = value[1 : 1 + _NONCE], value[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, rest, self._belongs(place, row)).decode()
        except (InvalidTag, ValueError):
            raise UnsealError(place, row) from None

    def blind(self, word: str) -> bytes:
        """Eight bytes that stand for a word, the same every time, and that nobody without the key can tell from others."""
        return hashlib.blake2b(word.encode(), key=self._blinding, digest_size=8).digest()

    def check(self) -> bytes | str:
        """A value by which the key is known again."""
        return self.sealed("store.key_check", self.store_id, _CHECK)

    def fits(self, check: bytes | str) -> bool:
        """Whether the value was made with this key."""
        try:
            return self.opened("store.key_check", self.store_id, check) == _CHECK
        except UnsealError:
            return False

    def _belongs(self, place: str, row: str) -> bytes:
        return f"{self.store_id}\0{place}\0{row}".encode()


class SealedConnection(sqlite3.Connection):
    """A connection to a store, with the seal of what it reads and writes."""

    seal: Seal


def new_key() -> bytes:
    """A random key."""
    return secrets.token_bytes(KEY_BYTES)


def new_store_id() -> str:
    """A random name for a store, under which its key is kept."""
    return secrets.token_hex(8)
