"""What makes the packages: the scripts below packaging/, which belong to no room."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def script(project_dir: Path, monkeypatch: pytest.MonkeyPatch) -> "Loader":
    monkeypatch.syspath_prepend(str(project_dir / "packaging"))
    monkeypatch.delitem(sys.modules, "packaging_parts", raising=False)
    return Loader(project_dir / "packaging")


class Loader:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, place: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"packaging_{Path(place).stem}", self._folder / place)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def test_two_builds_are_compared_file_by_file(script: Loader, tmp_path: Path) -> None:
    reproducible = script("reproducible.py")
    for build, words in (("first", "a"), ("second", "b")):
        (tmp_path / build / "inner").mkdir(parents=True)
        (tmp_path / build / "same").write_text("same", encoding="utf-8")
        (tmp_path / build / "inner" / "other").write_text(words, encoding="utf-8")
        (tmp_path / build / f"only-{build}").touch()
        (tmp_path / build / "link").symlink_to(f"only-{build}")
    prints = [reproducible.fingerprints(tmp_path / build) for build in ("first", "second")]
    assert reproducible.differences(*prints) == [
        "inner/other differs",
        "link differs",
        "only the first build has only-first",
        "only the second build has only-second",
    ]
    assert reproducible.differences(prints[0], prints[0]) == []


def test_a_windows_build_takes_the_locked_versions_with_their_hashes(script: Loader, project_dir: Path) -> None:
    run, dev = ((project_dir / "requirements" / f"{name}.txt").read_text("utf-8") for name in ("run", "dev"))
    wanted = script("windows-preview/wanted.py").wanted(run, dev)
    names = set(re.findall(r"^([a-z0-9.-]+)==", wanted, re.MULTILINE))
    assert {"pyside6-essentials", "pywin32-ctypes", "pefile", "pyinstaller"} <= names
    assert not names & {"secretstorage", "jeepney", "macholib", "pytest", "mypy"}
    assert " ; " not in wanted
    for name in names:
        assert re.search(rf"^{name}==\S+ \\\n    --hash=sha256:[0-9a-f]{{64}}", wanted, re.MULTILINE)


def test_the_installer_ends_with_the_codes_that_it_explains(project_dir: Path) -> None:
    text = (project_dir / "packaging" / "windows" / "installer.nsi").read_text(encoding="utf-8")
    explained = re.search(r"^; Exit codes: (.+)\.$", text, re.MULTILINE)
    assert explained is not None
    assert set(re.findall(r"GIVE_UP (\d)", text)) == set(re.findall(r"(\d) ", explained[1])) - {"0", "1"}


def test_every_system_opens_the_same_links(project_dir: Path) -> None:
    folder = project_dir / "packaging"
    assert "MimeType=x-scheme-handler/ptodesk;" in (folder / "debian" / "ptodesk.desktop").read_text("utf-8")
    assert "Exec=ptodesk-gui %u\n" in (folder / "debian" / "ptodesk.desktop").read_text("utf-8")
    assert r'"Software\Classes\ptodesk"' in (folder / "windows" / "installer.nsi").read_text("utf-8")
    assert '"CFBundleURLSchemes": ["ptodesk"]' in (folder / "pyinstaller.spec").read_text("utf-8")
