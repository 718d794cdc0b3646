"""From the command line to the window and back: what belongs to the process rather than to the window."""

import logging
import signal
from pathlib import Path

from PySide6.QtWidgets import QApplication

from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.faults import Faults
from ptodesk_gui.application.place import Place
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.theme import STYLE_ARGUMENTS, apply_theme
from ptodesk_gui.workstation.playbook_files import packaged_playbook

NAME = "ptodesk"


def run(*, practice: bool, tour: Path | None, fresh: bool = False, bad_day: bool = False) -> int:
    """Open the window, or walk the tour; the exit code. ``fresh`` and ``bad_day`` are for practice (see ``training_place``)."""
    application = QApplication([NAME, *STYLE_ARGUMENTS])
    application.setApplicationName(NAME)
    apply_theme(application, packaged_playbook().parent)
    if tour is not None:
        from ptodesk_gui.tour import run_tour

        return run_tour(tour)
    return _open_window(application, _training_place(fresh, bad_day) if practice else _real_place(), practice=practice)


def _open_window(application: QApplication, place: Place, *, practice: bool) -> int:
    from ptodesk_gui.app import App

    app = App(place, Clock(), practice=practice)
    faults = Faults()
    faults.happened.connect(lambda text: app.window.say_in_strip(text, Weight.ERROR))
    faults.install()
    log = _Log()
    app.painted.connect(log.start)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.window.close())
    try:
        app.start()
        return application.exec()
    finally:
        app.stop()
        faults.uninstall()
        log.stop()


class _Log:
    """The window's log; begun after the first paint, because its libraries take a while to load."""

    def __init__(self) -> None:
        self._handler: logging.Handler | None = None

    def start(self) -> None:
        from ptodesk_gui.workstation import logs, paths

        self._handler = logs.start_log(paths.log_path("window"))

    def stop(self) -> None:
        from ptodesk_gui.workstation import logs

        logs.stop_log(self._handler)


def _training_place(fresh: bool, bad_day: bool) -> Place:
    from ptodesk_gui.application.training_place import TrainingOptions, TrainingPlace

    return TrainingPlace(options=TrainingOptions(fresh=fresh or None, bad_day=bad_day))


def _real_place() -> Place:
    from ptodesk_gui.application.real_place import RealPlace
    from ptodesk_gui.workstation.credentials import Credentials

    return RealPlace(Credentials())
