"""The locked Qt binding keeps count of None, True and False (docs/decisions/0005): one that does not ends the program after minutes."""

import subprocess
import sys

import pytest

# In a process of its own, and with references to spare: where the count is lost, that process may die.
COUNTING = """
import sys
spare = [None, True, False] * 1_000_000
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
class Painted(QWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
pixmap = QPixmap(20, 20)
painter, colour, widget, painted = QPainter(pixmap), QColor("red"), QWidget(), Painted()
calls = {
    "setPen": lambda: painter.setPen(colour),
    "drawRect": lambda: painter.drawRect(QRect(0, 0, 5, 5)),
    "resize": lambda: widget.resize(30, 30),
    "setVisible": lambda: widget.setVisible(False),
    "isVisible": lambda: widget.isVisible(),
    "isActive": lambda: painter.isActive(),
    "grab": lambda: painted.grab(),
}
for name, call in calls.items():
    call()
    for kept in (None, True, False):
        before = sys.getrefcount(kept)
        for _ in range(500):
            call()
        lost = before - sys.getrefcount(kept)
        if abs(lost) > 100:
            print(name, kept, lost)
painter.end()
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="from Python 3.12 on these objects are not counted")
def test_no_call_of_qt_loses_references() -> None:
    run = subprocess.run([sys.executable, "-c", COUNTING], capture_output=True, text=True, timeout=120, check=False)
    assert (run.returncode, run.stdout) == (0, ""), run.stderr
