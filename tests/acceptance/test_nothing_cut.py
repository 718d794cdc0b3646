"""Whatever the call is at: no word is cut, none lies over another, in any size of window and of text."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.text_size import set_text_size
from scripts.pictures import walk
from tests.acceptance.inspector import VIEWS, Inspector

ALL_SCALES = "PTODESK_ALL_SCALES"  # set: every scale, which takes a minute more
SCALES = (
    (1.5, 150),
    (1.25, 100),
    (1.5, 100),
    (2.0, 100),
)  # pixels of the screen to one of the program, percent of the usual text size


@pytest.fixture
def dressed(qapp: QApplication, project_dir: Path) -> Iterator[QApplication]:
    """The program's look, taken off again."""
    style, palette = qapp.style().objectName(), qapp.palette()
    theme.apply_theme(qapp, project_dir / "resources", theme.LIGHT)
    yield qapp
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    set_text_size(qapp, theme.USUAL)
    qapp.setPalette(palette)
    qapp.setStyle(style)


def test_nothing_is_cut_or_lies_over_another_in_any_state(dressed: QApplication, tmp_path: Path) -> None:
    made: list[Inspector] = []

    def inspector(window: QWidget) -> Inspector:
        made.append(Inspector(window))
        return made[0]

    seen = walk(inspector, tmp_path)
    assert len(seen) > 20 * len(VIEWS)
    assert made[0].found == []


def test_nothing_is_cut_with_every_word_half_as_long_again(project_dir: Path, tmp_path: Path) -> None:
    """As in a language that takes more room. In a process of its own: the words are stretched as they are loaded."""
    command = [sys.executable, "-m", "tests.acceptance.stretched", str(tmp_path)]
    run = subprocess.run(command, cwd=project_dir, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stderr
    stretched, *found = run.stdout.splitlines()
    assert int(stretched) > 300, "words were stretched"
    assert found == []


@pytest.mark.parametrize(("factor", "percent"), SCALES if ALL_SCALES in os.environ else SCALES[:1])
def test_nothing_is_cut_on_a_scaled_screen(project_dir: Path, tmp_path: Path, factor: float, percent: int) -> None:
    """In a process of its own, which is what a scale factor holds for, on a screen of 1024x700 of the program's pixels."""
    screen = {"name": "scaled", "x": 0, "y": 0, "width": round(1024 * factor), "height": round(700 * factor)}
    config = tmp_path / "screen.json"
    config.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    environment = {**os.environ, "QT_SCALE_FACTOR": str(factor), "QT_QPA_PLATFORM": f"offscreen:configfile={config}"}
    command = [sys.executable, "-m", "tests.acceptance.scaled", str(tmp_path), str(percent)]
    run = subprocess.run(
        command, cwd=project_dir, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert run.returncode == 0, run.stderr
    ratio, looked_at, *found = run.stdout.splitlines()
    assert (float(ratio), int(looked_at) > 20) == (factor, True)
    assert found == []
