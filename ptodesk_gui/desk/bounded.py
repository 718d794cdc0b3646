"""Answers with an end: whatever a server sends, heads and bodies together, is over within a time, and its JSON is plain JSON."""

import http.client
import io
import json
import math
import re
import time
from typing import Any, Final

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

LONGEST_ANSWER: Final = 120.0  # seconds from the sent request to the last byte of its answer
_STRAY: Final = re.compile("[\ud800-\udfff\x00]")
_MAY_BE_STRAY: Final = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")


class TimedReader(io.RawIOBase):
    """What comes in over a connection, until its time is over. A single read waits no longer than the connection's own timeout."""

    def __init__(self, raw: io.RawIOBase, seconds: float) -> None:
        super().__init__()
        self._raw = raw
        self._until = time.monotonic() + seconds

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def fileno(self) -> int:
        """The connection's."""
        return self._raw.fileno()

    def readinto(self, into: Any) -> int | None:
        """The next bytes. Raises TimeoutError when the time is over."""
        if time.monotonic() > self._until:
            raise TimeoutError("the answer takes too long")
        return self._raw.readinto(into)

    def close(self) -> None:
        """Let go of the connection's stream."""
        self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """An answer whose head as well is read in time: a server may send one line after the other, or ask to go on for ever."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fp = io.BufferedReader(TimedReader(self.fp.detach(), LONGEST_ANSWER))


class _PlainConnection(HTTPConnection):
    response_class = _Answer


class _SecureConnection(HTTPSConnection):
    response_class = _Answer


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


POOLS: Final = {"http": _PlainPool, "https": _SecurePool}


def json_of(content: bytes) -> Any:
    """What a body says. Raises ValueError for anything but JSON in a Unicode encoding, whatever the headers call it.

    ``NaN``, infinite and endless numbers and nesting without end are not JSON here. Halves of characters (a title cut in the
    middle of an emoji) and null characters become the sign for what cannot be read: files and databases take neither.
    """
    text = content.decode(json.detect_encoding(content))
    try:
        found = json.loads(text, parse_constant=_refused, parse_float=_finite)
        return _mended(found) if _MAY_BE_STRAY.search(text) else found
    except RecursionError:
        raise ValueError("nested without end") from None


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number without end")
    return number


def _mended(found: Any) -> Any:
    if isinstance(found, str):
        return _STRAY.sub("\ufffd", found)
    if isinstance(found, list):
        return [_mended(one) for one in found]
    if isinstance(found, dict):
        return {_mended(key): _mended(value) for key, value in found.items()}
    return found
