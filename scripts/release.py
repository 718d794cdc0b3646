"""make release: refuses whatever would make a release that nobody can stand for, then tags the version and writes the sums of what is handed out.

Refused: a work tree with changes, a version without its dated section in CHANGELOG.md, a version that is tagged already, a list of parts that is
out of date, a built program of another version, a red self-test. Nothing is tagged unless everything is well.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ptodesk_gui import __version__
from scripts import sbom
from scripts.locked import ROOT

SELF_TEST_SECONDS = 300
SUMS = "SHA256SUMS"
HANDED_OUT = (".deb", ".exe", ".dmg", ".zip", ".xz", ".msi")


@dataclass(frozen=True, slots=True)
class Release:
    """A project's folder and the version that is to be released from it."""

    root: Path
    version: str

    @property
    def program(self) -> Path:
        """The built program."""
        return self.root / "dist" / "ptodesk" / ("ptodesk-gui.exe" if sys.platform == "win32" else "ptodesk-gui")

    def before(self) -> Iterator[str]:
        """What keeps it from being built for a release, a sentence each."""
        if self._git("status", "--porcelain"):
            yield "The work tree has changes that are not committed: what is released could not be built again."
        if fault := changelog_fault((self.root / "CHANGELOG.md").read_text(encoding="utf-8"), self.version):
            yield fault
        if self._git("tag", "--list", self.tag):
            yield f"{self.tag} is tagged already: give the next release a version of its own in ptodesk_gui/__init__.py."

    def built(self) -> Iterator[str]:
        """What is wrong with what was built, a sentence each."""
        if (self.root / "resources" / "legal" / "sbom.cdx.json").read_text(encoding="utf-8") != sbom.text():
            yield "The list of parts is out of date: run `make sbom` and commit it."
        if not self.program.is_file():
            yield "There is no built program: run `make package`."
            return
        said = self._run([str(self.program), "--version"])
        if self.version not in said[1].split():
            yield f"The built program is of another version: {said[1].strip() or 'it says none'}."
        code, words = self._run([str(self.program), "--self-test"])
        if code != 0:
            yield f"The built program's self-test is red (exit {code}):\n{words.strip()}"

    @property
    def tag(self) -> str:
        """The name of the version in git."""
        return f"v{self.version}"

    def finish(self) -> Path:
        """Tag the version and write the sums; where they are."""
        dist = self.root / "dist"
        shutil.copyfile(self.root / "resources" / "legal" / "sbom.cdx.json", dist / f"ptodesk-{self.version}.cdx.json")
        files = sorted(file for file in dist.iterdir() if file.suffix in (*HANDED_OUT, ".json"))
        lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
        (dist / SUMS).write_text("".join(lines), encoding="utf-8")
        self._git("tag", "--annotate", self.tag, "--message", f"Version {self.version}")
        return dist / SUMS

    def _git(self, *arguments: str) -> str:
        run = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=True)  # noqa: S603, S607
        return run.stdout.strip()

    @staticmethod
    def _run(command: list[str]) -> tuple[int, str]:
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=SELF_TEST_SECONDS, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            return 1, type(error).__name__
        return run.returncode, run.stdout + run.stderr


def changelog_fault(text: str, version: str) -> str:
    """Why the changelog is not ready for the version; empty when it is."""
    head = re.search(rf"^## {re.escape(version)}\b(.*)$", text, re.MULTILINE)
    if head is None:
        return f"CHANGELOG.md has no section for {version}."
    if not re.fullmatch(r" - \d{4}-\d\d-\d\d", head[1].rstrip()):
        return f"CHANGELOG.md: the section of {version} has no day yet; write it as `## {version} - 2026-03-14`."
    entries = text[head.end() :].partition("\n## ")[0]
    return "" if re.search(r"^- \S", entries, re.MULTILINE) else f"CHANGELOG.md: the section of {version} is empty."


def main(when: str = "", root: Path = ROOT, version: str = __version__) -> int:
    """``when`` "before": look only at what can be seen before building. 1 when something is refused."""
    release = Release(root, version)
    checks: list[Callable[[], Iterator[str]]] = (
        [release.before] if when == "before" else [release.before, release.built]
    )
    faults = [fault for check in checks for fault in check()]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    if faults:
        sys.stderr.write("Nothing is released.\n")
        return 1
    if when != "before":
        sys.stdout.write(f"{release.tag} is tagged; the sums are in {release.finish().relative_to(root)}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main("".join(sys.argv[1:2])))
