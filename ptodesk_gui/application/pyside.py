"""Loads PySide6, and takes back what it does to every import that follows."""

import builtins


def load() -> None:
    """Load the window's libraries without their way of importing.

    PySide6 puts an import of its own in the place of Python's, which looks for ``from __feature__ import`` (other spellings of Qt's
    names, which nobody here uses). To see whether a module may do that, it reads the source of each one that is
    imported: a tenth of a millisecond for each, and the program has hundreds.
    """
    import PySide6.QtWidgets  # noqa: F401 - loaded here, named by those who use it

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
