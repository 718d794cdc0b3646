"""Reads the CASE argument of a command: a file, or ``-`` for stdin."""

import json
import sys
from pathlib import Path
from typing import NoReturn

from ptodesk_gui.sop.case import Case
from ptodesk_gui.sop.case_check import read_case
from ptodesk_gui.sop.case_values import JsonObject
from ptodesk_gui.sop.faults import CaseFaults, one_line

STDIN = "-"


def load_case(name: str) -> Case:
    """The case in the file, or on stdin for ``-``. Raises CaseFaults with every fault; what cannot be read at all is one fault of the file."""
    shown = "stdin" if name == STDIN else name
    return read_case(_decode(_read(name, shown), shown))


def _read(name: str, shown: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise CaseFaults([(shown, "there is no such file.")]) from None
    except UnicodeDecodeError as fault:
        raise CaseFaults([(shown, f"is not UTF-8 text (byte {fault.start + 1}).")]) from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "that is no file name"
        raise CaseFaults([(shown, f"cannot be read: {one_line(reason)}.")]) from None


def _decode(text: str, shown: str) -> object:
    def no_number(name: str) -> NoReturn:
        raise CaseFaults([(shown, f"has the number {name}, which JSON does not know.")])

    try:
        return json.loads(text, object_pairs_hook=JsonObject, parse_constant=no_number)
    except json.JSONDecodeError as fault:
        raise CaseFaults([(shown, f"line {fault.lineno}, column {fault.colno}: {fault.msg}.")]) from None
    except CaseFaults:
        raise
    except (RecursionError, ValueError):  # ValueError: a number of more digits than Python reads
        raise CaseFaults([(shown, "is no case: brackets within brackets, or a number, without end.")]) from None
