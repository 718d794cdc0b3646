"""All that is behind the window and belongs to the process: built in the turn after the first paint, taken down at the end."""

import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ptodesk_gui.ui.main_window import MainWindow

if TYPE_CHECKING:
    from ptodesk_gui.app import App
    from ptodesk_gui.application.asked import Asked
    from ptodesk_gui.application.opened import Opened
    from ptodesk_gui.application.place import Place
    from ptodesk_gui.application.presence import Presence
    from ptodesk_gui.application.watch import Watch
    from ptodesk_gui.workstation.single_instance import SingleInstance


class Program(QObject):
    """Builds the ``App`` when the window is painted, or with the first letter, whichever comes first: no letter is lost."""

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        asked: "Asked",
        instance: "SingleInstance | None",
        theme: str = "",
    ) -> None:
        """``instance``: whether this is the only window; given up at the end. None where that could not be asked.

        ``theme``: the look that the window was painted in first; empty: the system's.
        """
        super().__init__()
        self._application = application
        self._window = window
        self._asked = asked
        self._instance = instance
        self._theme = theme
        self._presence: Presence | None = None
        self._app: App | None = None
        self._watching: Watch | None = None
        self._opened = _opened_by_the_system(application)
        window.painted.connect(self.begin)
        window.call_page.edited.connect(self._first_letter)

    def begin(self) -> "App":
        """Build everything, once."""
        if self._app is not None:
            return self._app
        from ptodesk_gui.app import App
        from ptodesk_gui.application.clock import Clock
        from ptodesk_gui.ui.theme import apply_theme
        from ptodesk_gui.workstation.playbook_files import packaged_playbook

        self._window.call_page.edited.disconnect(self._first_letter)
        apply_theme(self._application, packaged_playbook().parent, self._theme)
        self._watch()
        place, practice = _place(self._asked), self._asked.practice
        self._app = App(place, Clock(), practice=practice, window=self._window, instance=self._instance)
        if self._watching is not None:
            self._watching.copy_by(self._app.clips.copy)
            self._watching.trace(self._app.backstage.disk, self._app.greet)  # before the store is opened
        self._app.backstage.opened.connect(gc.freeze)  # what is loaded stays: not looked through again and again
        self._app.start()
        if self._instance is not None:
            from ptodesk_gui.application.presence import Presence

            self._presence = Presence(self._instance, self._window, self._app.backstage.disk)
            self._presence.link_given.connect(self._app.open_link)
        if self._opened is not None:
            self._opened.link.connect(self._app.open_link)
        for link in [self._asked.link, *(self._opened.take() if self._opened is not None else ())]:
            if link:
                self._app.open_link(link)
        return self._app

    def stop(self) -> None:
        """Take everything down, what came last first."""
        if self._presence is not None:
            self._presence.stop()
        if self._app is not None:
            self._app.stop()
        if self._instance is not None:
            self._instance.give_up()
        if self._watching is not None:
            self._watching.stop()

    def _first_letter(self, path: str, value: str) -> None:
        self.begin().calling.edit(path, value)

    def _watch(self) -> None:
        """Log what happens, say what nobody expected, and close the window when the system asks for it."""
        import signal

        from ptodesk_gui.application.watch import Watch

        self._watching = Watch(self._window)
        for number in (signal.SIGINT, signal.SIGTERM):
            # It may come while a widget is being painted: the window closes in a turn of its own.
            signal.signal(number, lambda *_: QTimer.singleShot(0, self._window, self._window.close))


def _opened_by_the_system(application: QApplication) -> "Opened | None":
    """The links that come as events; None where a link is an argument."""
    if sys.platform != "darwin":
        return None
    from ptodesk_gui.application.opened import Opened

    return Opened(application)


def _place(asked: "Asked") -> "Place":
    if asked.practice:
        from ptodesk_gui.application.training_place import TrainingOptions, TrainingPlace

        return TrainingPlace(options=TrainingOptions(fresh=asked.fresh or None, bad_day=asked.bad_day))
    from ptodesk_gui.application.real_place import RealPlace
    from ptodesk_gui.workstation.credentials import Credentials

    return RealPlace(Credentials())
