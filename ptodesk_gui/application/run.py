"""From the command line to the painted window and back. What takes time to load comes after the paint: ``Program``."""

from PySide6.QtWidgets import QApplication

from ptodesk_gui.application.asked import Asked
from ptodesk_gui.application.program import Program
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.theme import STYLE_ARGUMENTS, first_look

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
    first_look(application)
    window = MainWindow(asked.practice)
    program = Program(application, window, asked)
    try:
        window.fit(application.primaryScreen().availableGeometry().size())
        window.show()
        return application.exec()
    finally:
        program.stop()
