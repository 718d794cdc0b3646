"""docs/licenses.md: the licence of every locked package, from the package's own metadata."""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from scripts.locked import ROOT, lock

PAGE = ROOT / "docs" / "licenses.md"

# May be part of a program that is shipped without its source. LGPL: Qt's libraries lie beside the program as files of
# their own, which whoever has the program may replace. MPL: certifi, unchanged.
SHIPPED = frozenset({"MIT", "MIT-0", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "PSF-2.0", "Unlicense",
                     "CC0-1.0", "MPL-2.0", "LGPL-3.0-only"})  # fmt: skip
# Tools that only work on the program may have these as well.
TOOLS = SHIPPED | {"GPL-2.0-or-later with the exception for what it builds"}

# What the metadata says in words of its own, or what cannot be asked here because it belongs to another system.
KNOWN = {
    "altgraph": "MIT",
    "colorama": "BSD-3-Clause",
    "jira": "BSD-2-Clause",
    "macholib": "MIT",
    "pefile": "MIT",
    "pyinstaller": "GPL-2.0-or-later with the exception for what it builds",
    "pyinstaller-hooks-contrib": "GPL-2.0-or-later with the exception for what it builds",
    "pyside6-essentials": "LGPL-3.0-only",
    "pywin32-ctypes": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
}
_SPDX_OF_CLASSIFIER = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
_SPDX_OF_WORDS = {
    "mit license": "MIT",
    "mit": "MIT",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
}


def licence(name: str) -> str | None:
    """The SPDX expression of a package's licence; None when neither KNOWN nor its metadata tells."""
    if name in KNOWN:
        return KNOWN[name]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return None
    for expression in about.get_all("License-Expression") or []:
        return str(expression)
    for classifier in about.get_all("Classifier") or []:
        if classifier.startswith("License ::") and (spdx := _SPDX_OF_CLASSIFIER.get(classifier.split(" :: ")[-1])):
            return spdx
    words = "".join(about.get_all("License") or []).strip()
    return _SPDX_OF_WORDS.get(words.lower(), words.splitlines()[0] if words else None)


def allowed(expression: str, licences: frozenset[str]) -> bool:
    """Whether one side of every OR, and both of every AND, is among ``licences``."""
    if expression in licences:
        return True
    sides = re.split(r"\s+OR\s+", expression.strip("() "))
    if len(sides) > 1:
        return any(allowed(side, licences) for side in sides)
    parts = re.split(r"\s+AND\s+", expression.strip("() "))
    return len(parts) > 1 and all(allowed(part, licences) for part in parts)


def rows() -> list[tuple[str, str, bool]]:
    """Name, licence ("" when unknown) and whether it is shipped, for every locked package."""
    shipped = {p.name for p in lock("run")}
    names = sorted({p.name for p in lock("dev")} | shipped)
    return [(name, licence(name) or "", name in shipped) for name in names]


def faults(found: list[tuple[str, str, bool]]) -> list[str]:
    """Packages whose licence is unknown or not allowed where they are used."""
    return [
        f"{name}: {spdx or 'unknown licence'}"
        for name, spdx, shipped in found
        if not spdx or not allowed(spdx, SHIPPED if shipped else TOOLS)
    ]


def page(found: list[tuple[str, str, bool]]) -> str:
    """The text of the page."""
    lines = [
        "# Licences of what the program is built from",
        "",
        "Written by `make licenses-page` from the metadata of the locked packages; a house test holds it to the lock",
        "files and fails on a licence that is not on the allowed list in scripts/licenses_page.py.",
    ]
    for title, shipped in (("Shipped with the program", True), ("Used to build and test it, not shipped", False)):
        lines += ["", f"## {title}", "", "| package | licence |", "|---|---|"]
        lines += [f"| {name} | {spdx} |" for name, spdx, is_shipped in found if is_shipped == shipped]
    lines += [
        "",
        "Python itself (PSF-2.0) and Qt (LGPL-3.0-only, with PySide6) are shipped as well. Qt's libraries stay separate",
        "files in the built program, so that they can be replaced, as the LGPL asks.",
        "resources/legal, which is part of the built program, has the texts of all these licences and the list of parts",
        "(CycloneDX, `make sbom`); `make audit` asks for known vulnerabilities.",
        "PyInstaller's licence lets programs built with it have any licence.",
    ]
    return "\n".join(lines) + "\n"


def main(target: Path = PAGE) -> int:
    """Write the page. 1 when a licence is not allowed; the page is written all the same."""
    found = rows()
    target.write_text(page(found), encoding="utf-8")
    for fault in faults(found):
        sys.stderr.write(f"{fault}\n")
    return 1 if faults(found) else 0


if __name__ == "__main__":
    sys.exit(main())
