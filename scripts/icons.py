"""Makes the icons of the installed program, in every size and form that systems ask for, of the two drawings in resources/icons."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parents[1]
DRAWINGS = ROOT / "resources" / "icons"
TARGET = ROOT / "packaging" / "icons"
SMALL = 24  # pixels: up to here the plainer drawing is used
PNG = (16, 24, 32, 48, 64, 128, 256, 512)
ICO = (16, 24, 32, 48, 64, 128, 256)
ICNS = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512}


def png(size: int) -> bytes:
    """The icon as a PNG of so many pixels."""
    drawing = QSvgRenderer(str(DRAWINGS / ("ptodesk-small.svg" if size <= SMALL else "ptodesk.svg")))
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    drawing.render(painter)
    painter.end()
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload] # the format may be text
    return bytes(written.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon of PNGs by their size."""
    entries, bodies = b"", b""
    place = 6 + 16 * len(pictures)
    for size, picture in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), place + len(bodies))
        bodies += picture
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + bodies


def icns(pictures: dict[bytes, bytes]) -> bytes:
    """A macOS icon of PNGs by the type that stands for their size."""
    body = b"".join(kind + struct.pack(">I", len(picture) + 8) + picture for kind, picture in pictures.items())
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def main() -> int:
    """Write them all."""
    _application = QGuiApplication(["icons", "-platform", "offscreen"])
    TARGET.mkdir(exist_ok=True)
    made = {size: png(size) for size in PNG}
    for size, picture in made.items():
        (TARGET / f"ptodesk-{size}.png").write_bytes(picture)
    (TARGET / "ptodesk.ico").write_bytes(ico({size: made[size] for size in ICO}))
    (TARGET / "ptodesk.icns").write_bytes(icns({kind: made[size] for kind, size in ICNS.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
