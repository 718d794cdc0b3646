"""resources/legal/licenses/: the licence texts of everything that is shipped, as its authors wrote them; they go out with the program.

Texts come from the installed packages. Those that no package brings here (Qt's, Python's, what belongs to another system) are kept by hand.
"""

import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from scripts.licenses_page import licence
from scripts.locked import ROOT, lock

FOLDER = ROOT / "resources" / "legal" / "licenses"
BY_HAND = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "pywin32-ctypes": ("pywin32-ctypes.txt",),
}
ALSO = ("python.txt", "pyinstaller-bootloader.txt")  # of what no lock file names
_WORDS = ("licen", "copying", "notice", "authors")


def texts() -> dict[str, str]:
    """The texts that the installed packages bring, by the names of their files here."""
    found = {}
    for package in lock("run"):
        try:
            files = distribution(package.name).files or []
        except PackageNotFoundError:
            continue
        legal = [f for f in files if ".dist-info" in f.parts[0] and any(word in f.name.lower() for word in _WORDS)]
        if legal and package.name not in BY_HAND:
            parts = [f.read_text(encoding="utf-8").strip() for f in sorted(legal)]
            found[f"{package.name}.txt"] = "\n\n----------\n\n".join(parts).replace("\r\n", "\n") + "\n"
    return found


def overview() -> str:
    """The list of what is shipped, with its licence and where the text is."""
    lines = [
        "What ptodesk is built from, under which licences, and where their texts are (in the folder licenses).",
        "",
        "Qt and PySide6 are used under the GNU Lesser General Public License, version 3. Qt's libraries lie beside the program as",
        "files of their own and may be replaced by other versions of them; nothing in the program keeps anybody from that, or from",
        "taking the program apart to mend faults of such a change. Qt's source is to be had at https://download.qt.io, that of PySide6",
        "at https://code.qt.io/cgit/pyside/pyside-setup.git, both in the versions named in sbom.cdx.json, unchanged. What Qt is itself",
        "made from is listed at https://doc.qt.io/qt-6/licenses-used-in-qt.html.",
        "",
    ]
    for package in lock("run"):
        files = ", ".join(BY_HAND.get(package.name, (f"{package.name}.txt",)))
        lines.append(f"{package.name} {package.version}: {licence(package.name)} ({files})")
    lines.append("Python: PSF-2.0 (python.txt), with OpenSSL: Apache-2.0 (cryptography.txt has the text)")
    lines.append(
        "PyInstaller's start program: GPL-2.0-or-later with an exception for built programs (pyinstaller-bootloader.txt)"
    )
    return "\n".join(lines) + "\n"


def main(folder: Path = FOLDER) -> int:
    """Write the texts. 1 when one is missing that has to be put there by hand."""
    folder.mkdir(parents=True, exist_ok=True)
    written = texts()
    by_hand = {name for names in BY_HAND.values() for name in names} | set(ALSO)
    for file in folder.glob("*.txt"):
        if file.name not in written and file.name not in by_hand:
            file.unlink()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder.parent / "LICENSES.txt").write_text(overview(), encoding="utf-8")
    missing = sorted(name for name in by_hand if not (folder / name).is_file())
    for name in missing:
        sys.stderr.write(f"{name} has to be put into {folder}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
