"""The doctor's line about the store: whether the disk that it lies on is fit for it."""

import os
import shutil
from pathlib import Path
from typing import Final

from ptodesk_gui.desk.doctor import Finding
from ptodesk_gui.outbox.disk import network_kind
from ptodesk_gui.outbox.salvage import set_aside_beside

NAME: Final = "Outbox"
LEAST_FREE: Final = 100 * 1024 * 1024  # bytes
WELL: Final = "Its folder is on a disk of this computer and may be written."
ASIDE: Final = "{count} set aside beside it; `ptodesk outbox export` reads what is in there."
NO_FOLDER: Final = "Its folder cannot be used: {why}."
READ_ONLY: Final = "Its folder may not be written."
ACCESS: Final = "Ask IT for write access to the program's data folder."
NETWORK: Final = (
    "Its folder is on a network drive ({kind}). It is written there without a log, which is slower, and two programs "
    "at once are safe only where the drive's locks work."
)
LOCAL: Final = "Keep it on a disk of this computer; PTODESK_DATA_DIR moves it."
NEARLY_FULL: Final = "Its disk is nearly full: {free} MB are left."
ROOM: Final = "Make room on it."


def examine(store: Path) -> Finding:
    """What is well with the disk of the store at this path, which need not be there yet, or what is not, with its cure."""
    folder = store.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding(NAME, False, NO_FOLDER.format(why=error.strerror), ACCESS)
    if not os.access(folder, os.W_OK | os.X_OK) or (store.exists() and not os.access(store, os.W_OK)):
        return Finding(NAME, False, READ_ONLY, ACCESS)
    if kind := network_kind(folder):
        return Finding(NAME, False, NETWORK.format(kind=kind), LOCAL)
    if free < LEAST_FREE:
        return Finding(NAME, False, NEARLY_FULL.format(free=free // 1024**2), ROOM)
    aside = len(set_aside_beside(store))
    return Finding(NAME, True, f"{WELL} {ASIDE.format(count=aside)}" if aside else WELL)
