"""The log: small files in the data folder with what the program did, never with whom or what it was about."""

import io
import logging
import os
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from ptodesk_gui.workstation.report import described

BYTES: Final = 512 * 1024
FILES: Final = 3
OURS: Final = "ptodesk_gui"

_EMAIL: Final = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
_SECRET: Final = re.compile(r"(?i)\b(?:authorization|password|token)\b\s*[:=].*|\b(?:basic|bearer)\s+\S+")
_LONG: Final = re.compile(r"[A-Za-z0-9+=_\-]{32,}")


def redacted(text: str) -> str:
    """The text without what looks like a secret or an email address: the second fence, ours are to log neither."""
    return _LONG.sub("<long>", _SECRET.sub("<hidden>", _EMAIL.sub("<email>", text)))


def error_of(record: logging.LogRecord) -> BaseException | None:
    """The exception that a record is about: its ``exc_info``, or better its ``extra["error"]``, which no other handler prints."""
    error = getattr(record, "error", None) or (record.exc_info[1] if record.exc_info else None)
    return error if isinstance(error, BaseException) else None


class Redacting(logging.Formatter):
    """A line per record, redacted. Of a library's warning only its place is written: its words may quote anything."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the places an error passed."""
        ours = record.name.partition(".")[0] == OURS
        message = redacted(record.getMessage()) if ours else f"a warning of a library, {record.module}:{record.lineno}"
        if (error := error_of(record)) is not None:
            message += "\n" + described(type(error), error, error.__traceback__)
        return super().format(logging.makeLogRecord({**record.__dict__, "msg": message, **_NOTHING_ELSE}))


_NOTHING_ELSE: Final = {"args": None, "exc_info": None, "exc_text": None, "stack_info": None}


class _PrivateFile(RotatingFileHandler):
    """A file for the user alone. What cannot be written is left out: a full disk must not disturb a call."""

    def _open(self) -> io.TextIOWrapper:
        return open(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:
        return


def start_log(path: Path) -> logging.Handler | None:
    """Write to the file from now on; None when it cannot be written. Libraries' debug logs are not kept at any level."""
    try:
        handler = _PrivateFile(path, maxBytes=BYTES, backupCount=FILES, encoding="utf-8")
    except OSError:
        logging.getLogger().addHandler(logging.NullHandler())  # else Python prints warnings to stderr, words and all
        return None
    handler.setFormatter(Redacting())
    handler.addFilter(lambda record: record.name.partition(".")[0] == OURS or record.levelno >= logging.WARNING)
    logging.getLogger().addHandler(handler)
    logging.getLogger(OURS).setLevel(logging.INFO)
    return handler


def set_level(word: str) -> None:
    """How much of ours is written from now on: "debug", "info", "warning" or "error"."""
    logging.getLogger(OURS).setLevel(word.upper())


def stop_log(handler: logging.Handler | None) -> None:
    """Write no more, and close the file."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()
