"""What may be said of an error to anybody: its kind and the places it passed. Never what it was about.

Left out on purpose: messages (they quote values), local variables, arguments, and the folders of this computer.
"""

import errno
import platform
import sys
from types import TracebackType
from typing import Final

from ptodesk_gui import __version__

MOST_PLACES: Final = 40  # the first and the last ones; an endless recursion has a thousand
MOST_CAUSES: Final = 5
LIBRARIES: Final = ("PySide6", "jira", "requests", "keyring", "cryptography", "truststore", "pydantic")

# Errors of ours whose words are fixed sentences: they hold nothing that was typed or answered.
PLAIN_SENTENCES: Final = frozenset(
    {
        "ptodesk_gui.outbox.faults.StoreError",
        "ptodesk_gui.application.sentences.StoreClosedError",
        "ptodesk_gui.application.sentences.NoSiteError",
        "ptodesk_gui.desk.address.AddressError",
    }
)


def places(trace: TracebackType | None) -> list[str]:
    """Where an error passed, outermost first: module, line, function."""
    found: list[str] = []
    while trace is not None:
        frame = trace.tb_frame
        module = frame.f_globals.get("__name__")
        name = module if isinstance(module, str) else "?"
        found.append(f"{name}:{trace.tb_lineno} in {frame.f_code.co_qualname}")
        trace = trace.tb_next
    if len(found) > MOST_PLACES:
        half = MOST_PLACES // 2
        found[half:-half] = [f"... {len(found) - 2 * half} more ..."]
    return found


def kind_of(kind: type[BaseException], error: BaseException | None = None) -> str:
    """The type's name, and the number of an error of the system."""
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    number = getattr(error, "errno", None) if isinstance(error, OSError) else None
    return f"{name} ({errno.errorcode.get(number, number)})" if isinstance(number, int) else name


def described(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
    """The kind of an error, the places it passed, and the same of what caused it."""
    parts = [_one(kind, error, trace)]
    seen = {id(error)}
    cause = _cause(error)
    while cause is not None and id(cause) not in seen and len(parts) <= MOST_CAUSES:
        seen.add(id(cause))
        parts.append("because of " + _one(type(cause), cause, cause.__traceback__))
        cause = _cause(cause)
    return "\n".join(parts)


def about(*more: str) -> str:
    """What runs: this program, Python, the system, and the libraries it stands on."""
    from importlib import metadata

    lines = [f"ptodesk {__version__}", f"Python {platform.python_version()}", platform.platform()]
    for name in LIBRARIES:
        try:
            lines.append(f"{name} {metadata.version('PySide6_Essentials' if name == 'PySide6' else name)}")
        except metadata.PackageNotFoundError:  # in the built program they have no metadata
            continue
    if getattr(sys, "frozen", False):
        lines.append("built program")
    return ", ".join([*lines, *more])


def _one(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
    name = f"{kind.__module__}.{kind.__qualname__}"
    words = f": {error}" if error is not None and name in PLAIN_SENTENCES else ""
    return "\n  ".join([f"{kind_of(kind, error)}{words}", *places(trace)])


def _cause(error: BaseException | None) -> BaseException | None:
    if error is None:
        return None
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)
