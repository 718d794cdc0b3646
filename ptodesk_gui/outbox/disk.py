"""What kind of disk a store lies on. SQLite's write-ahead log needs memory that all programs share, which no network drive has.

See sqlite.org/wal.html ("WAL does not work over a network filesystem") and sqlite.org/useovernet.html.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_NETWORK: Final = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "coda",
        "9p",
        "davfs",
        "webdav",
        "glusterfs",
        "ceph",
        "lustre",
        "gfs2",
        "ocfs2",
        "beegfs",
        "vboxsf",
        "vmhgfs",
        "prl_fs",
        "sshfs",
        "davfs2",
        "rclone",
        "s3fs",
        "gvfsd-fuse",
        "vmhgfs-fuse",
        "onedriver",
    ]
)
_MOUNTS: Final = Path("/proc/self/mountinfo")
_REMOTE: Final = 4  # DRIVE_REMOTE of GetDriveTypeW


def network_kind(folder: Path) -> str:
    """What kind of network drive the folder lies on ("nfs4", "cifs"); empty on a disk of this computer, or when nobody can tell."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:  # no Linux
        return ""
    return kind_in(mounts, os.path.realpath(folder))


def kind_in(mounts: str, folder: str) -> str:
    """The same by the text of mountinfo (proc(5)), for a folder without symbolic links."""
    best, found = "", ""
    for point, kind in _mounts(mounts):
        if (folder == point or folder.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, found = point, kind
    plain = found.removeprefix("fuse.")
    return plain if plain in _NETWORK else ""


def _mounts(text: str) -> Iterator[tuple[str, str]]:
    """Each mount's point and kind, in the order in which they were mounted: the last one at a point is seen."""
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        fields, kind = before.split(" "), after.split(" ")[0]
        if len(fields) > 4:
            yield _unescaped(fields[4]), kind


def _unescaped(point: str) -> str:
    for code, char in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        point = point.replace(code, char)
    return point


def _windows_kind(folder: Path) -> str:
    import ctypes

    drive = folder.absolute().drive
    if drive.startswith("\\\\"):
        return "a network share"
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - there on Windows only
    return "a network drive" if kernel.GetDriveTypeW(f"{drive}\\") == _REMOTE else ""
