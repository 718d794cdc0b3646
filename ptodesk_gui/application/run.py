"""From the command line to the painted window and back. What takes time to load comes after the paint: ``Program``."""

import sys

from PySide6.QtWidgets import QApplication

from ptodesk_gui.application.asked import Asked
from ptodesk_gui.application.program import Program
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.theme import STYLE_ARGUMENTS, USUAL, first_look
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.look import read_look
from ptodesk_gui.workstation.single_instance import SingleInstance

NAME = "ptodesk"


def run(asked: Asked) -> int:
    """Open the window, or walk the tour; the exit code."""
    application = QApplication([NAME, *STYLE_ARGUMENTS])
    application.setApplicationName(NAME)
    if asked.tour is not None:
        from ptodesk_gui.tour import run_tour
        from ptodesk_gui.ui.theme import apply_theme
        from ptodesk_gui.workstation.playbook_files import packaged_playbook

        apply_theme(application, packaged_playbook().parent)
        return run_tour(asked.tour)
    instance = _instance(asked)
    if instance is not None and not instance.take():
        from ptodesk_gui.application.presence import hand_over  # what it needs loads in 15 ms

        if said := hand_over(instance, asked):
            if sys.stderr is not None:  # a windowed program may have none
                sys.stderr.write(f"{said}\n")
            return 0
    name, percent = read_look()
    first_look(application, name)
    if percent != USUAL:
        from ptodesk_gui.ui.text_size import set_text_size

        set_text_size(application, percent)
    window = MainWindow(asked.practice)
    program = Program(application, window, asked, instance, theme=name)
    try:
        window.fit(application.primaryScreen().availableGeometry().size())
        window.show()
        return application.exec()
    finally:
        program.stop()


def _instance(asked: Asked) -> SingleInstance | None:
    """The place of the one window for what was asked; None when its folder cannot be made: the store will say why."""
    try:
        return SingleInstance(paths.practice_dir() if asked.practice else paths.data_dir())
    except OSError:
        return None
