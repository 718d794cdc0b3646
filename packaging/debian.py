"""Makes dist/ptodesk_VERSION_ARCHITECTURE.deb of the built program in dist/ptodesk: ``make deb``.

Without Debian's own build tools, so that it needs no more than dpkg. What the program's libraries need of the system is looked up on
the machine that builds it; the package runs on that release of Debian and on later ones.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from packaging_parts import ROOT, built_program, epoch, shipped_texts, version

HERE: Final = ROOT / "packaging"
PLACE: Final = Path("usr/lib/ptodesk")
PROGRAMS: Final = ("ptodesk", "ptodesk-gui")
SIZES: Final = (16, 24, 32, 48, 64, 128, 256, 512)
# What no library names: authorities for TLS, and letters.
BESIDES: Final = ("ca-certificates", "fonts-dejavu-core | fonts-noto-core | fonts-liberation")
# Libraries of plugins that the machine that builds may lack.
KNOWN: Final = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
}
LIBC: Final = "libc6"
MAINTAINER: Final = "ptodesk maintainers <ptodesk@desk.example>"
COPYRIGHT: Final = """\
ptodesk, 2026, by the ptodesk maintainers. For use within the company that
distributes it.

Python (PSF-2.0), Qt and PySide6 (LGPL-3.0-only) and the libraries listed in
licenses.md beside this file come with the program. Qt's libraries are files of
their own below /usr/lib/ptodesk/_internal/PySide6/Qt/lib and may be replaced.
The texts of all licences are below
/usr/lib/ptodesk/_internal/ptodesk_gui/_resources/legal, that of the LGPL is in
/usr/share/common-licenses/LGPL-3 as well.
"""


def system_libraries(folder: Path) -> dict[str, str]:
    """What the folder's files name of the system's libraries, and where those are here ("" for nowhere)."""
    from PyInstaller.depend.bindepend import get_imports

    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)]
    brought = {path.name for path in folder.rglob("*.so*")}
    read = subprocess.run(["readelf", "--dynamic", *files], capture_output=True, text=True, check=True)
    named = set(re.findall(r"\(NEEDED\).*\[(.+)\]", read.stdout)) - brought
    found = {Path(name).name: place or "" for file in files for name, place in get_imports(str(file))}
    return {name: found.get(name, "") for name in sorted(named) if not name.startswith("ld-linux")}


def depends(folder: Path) -> list[str]:
    """The packages that bring what the folder's files need. Raises SystemExit, naming the libraries no package brings."""
    packages, unknown = set(), set()
    for name, found in system_libraries(folder).items():
        package = KNOWN.get(name) or _package_of(found)
        (packages if package else unknown).add(package or name)
    if unknown:
        raise SystemExit(f"no package brings {', '.join(sorted(unknown))}")
    told = [f"{LIBC} (>= {_installed_version(LIBC)})" if package == LIBC else package for package in sorted(packages)]
    return [*told, *BESIDES]


def lay_out(tree: Path, program: Path) -> None:
    """Put every file of the package in its place below ``tree``."""
    shutil.copytree(program, tree / PLACE, symlinks=True)
    _put(tree / "usr/share/applications/ptodesk.desktop", (HERE / "debian/ptodesk.desktop").read_bytes())
    for size in SIZES:
        icon = (HERE / f"icons/ptodesk-{size}.png").read_bytes()
        _put(tree / f"usr/share/icons/hicolor/{size}x{size}/apps/ptodesk.png", icon)
    _put(
        tree / "usr/share/icons/hicolor/scalable/apps/ptodesk.svg", (ROOT / "resources/icons/ptodesk.svg").read_bytes()
    )
    doc = tree / "usr/share/doc/ptodesk"
    _put(doc / "copyright", COPYRIGHT.encode())
    _put(doc / "NEWS.gz", gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    _put(doc / "changelog.gz", gzip.compress(_changelog().encode(), mtime=0))
    for name, text in shipped_texts().items():
        _put(doc / name, text)
    _put(tree / "usr/share/lintian/overrides/ptodesk", (HERE / "debian/lintian-overrides").read_bytes())
    (tree / "usr/bin").mkdir()
    for name in PROGRAMS:
        (tree / "usr/bin" / name).symlink_to(Path("../lib/ptodesk") / name)


def set_modes(tree: Path, seconds: int) -> None:
    """Modes as Debian has them, whatever the umask was, and one time for all."""
    for path in sorted(tree.rglob("*"), reverse=True):
        if not path.is_symlink():
            runs = (
                path.is_dir() or (path.name in PROGRAMS and path.parent == tree / PLACE) or path.parent.name == "DEBIAN"
            )
            scripts = path.name not in ("control", "md5sums")
            path.chmod(0o755 if runs and scripts else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)
    tree.chmod(0o755)


def control(tree: Path, program: Path) -> None:
    """Write what dpkg reads."""
    folder = tree / "DEBIAN"
    folder.mkdir()
    size = sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()) // 1024
    text = (HERE / "debian/control").read_text(encoding="utf-8")
    for name, value in {
        "VERSION": version(),
        "MAINTAINER": MAINTAINER,
        "ARCHITECTURE": _answer("dpkg", "--print-architecture"),
        "SIZE": str(size),
        "DEPENDS": ", ".join(depends(program)),
    }.items():
        text = text.replace(f"@{name}@", value)
    _put(folder / "control", text.encode())
    for script in ("preinst", "prerm"):
        _put(folder / script, (HERE / "debian" / script).read_bytes())
    files = sorted(
        path for path in tree.rglob("*") if path.is_file() and not path.is_symlink() and folder not in path.parents
    )
    _put(folder / "md5sums", "".join(f"{_md5(path)}  {path.relative_to(tree)}\n" for path in files).encode())


def main() -> int:
    """Make the package; prints where it is."""
    program = built_program()
    name = f"ptodesk_{version()}_{_answer('dpkg', '--print-architecture')}.deb"
    target = program.parent / name
    seconds = epoch()
    with tempfile.TemporaryDirectory(prefix="ptodesk-deb-") as folder:
        tree = Path(folder) / "tree"
        tree.mkdir()
        lay_out(tree, program)
        control(tree, program)
        set_modes(tree, seconds)
        how = os.environ.get("DEB_COMPRESSION", "xz -6").split()
        packing = ["dpkg-deb", "--root-owner-group", f"-Z{how[0]}", f"-z{how[1].lstrip('-')}"]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(seconds)}
        subprocess.run([*packing, "--build", str(tree), str(target)], check=True, env=environment)
    print(f"{target}  {target.stat().st_size / 1e6:.1f} MB")
    return 0


def _changelog() -> str:
    """The newest version as Debian's changelogs say it; what changed is in NEWS."""
    when = time.strftime("%a, %d %b %Y %H:%M:%S +0000", time.gmtime(epoch()))
    return f"ptodesk ({version()}) stable; urgency=medium\n\n  * See NEWS.gz.\n\n -- {MAINTAINER}  {when}\n"


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _md5(path: Path) -> str:
    import hashlib

    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _package_of(library: str) -> str:
    """The Debian package that a library of this machine belongs to; empty when it is of none."""
    for place in dict.fromkeys((library, str(Path(library).resolve()), f"/usr{library}", library.removeprefix("/usr"))):
        asked = subprocess.run(["dpkg-query", "--search", place], capture_output=True, text=True, check=False)
        if library and asked.returncode == 0:
            return asked.stdout.split(":")[0]
    return ""


def _installed_version(package: str) -> str:
    """The upstream part of the version that is installed here."""
    return _answer("dpkg-query", "--show", "--showformat=${Version}", package).split("-")[0]


def _answer(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
