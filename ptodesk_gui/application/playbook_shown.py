"""Says in the window which playbook is in use, why it is not another one, and what is wrong with that one."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.procedure import Procedure
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.ui.main_window import MainWindow
from ptodesk_gui.ui.settings.playbook_page import PlaybookPage, PlaybookView
from ptodesk_gui.ui.widgets.keyed import with_key

PLAYBOOK: Final = "playbook"  # the name of the page
IN_USE: Final = "In use: version {version} of the playbook, which holds from {day} on."
NOT_YOURS: Final = "not the new one"
READING: Final = "Being read ..."


class PlaybookShown(QObject):
    """A button at the bottom of the window with the version, and a page that says all of it."""

    left = Signal()  # back to where the call at hand is
    again_asked = Signal()  # somebody wants it read again, and fetched where it is

    def __init__(self, window: MainWindow, backstage: Backstage, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._backstage = backstage
        self.page = PlaybookPage()
        self._button = window.add_to_strip(PLAYBOOK)
        window.add_page(PLAYBOOK, self.page)
        window.action(PLAYBOOK).triggered.connect(lambda: window.show_page(PLAYBOOK))
        self.page.back_requested.connect(self.left)
        self.page.again_requested.connect(self._again)
        backstage.learned.connect(self.learn)
        self._say(READING)

    def learn(self, procedure: Procedure) -> None:
        """This playbook is in use from now on."""
        version = procedure.playbook.version
        self._say(f"{version}, {NOT_YOURS}" if procedure.notice else version)
        sentences = (IN_USE.format(version=version, day=_day(procedure.playbook)), procedure.origin, procedure.notice)
        self.page.set_view(PlaybookView(tuple(filter(None, sentences)), procedure.faults))

    def _again(self) -> None:
        self.page.set_view(PlaybookView((READING,)))
        self._backstage.learn()
        self.again_asked.emit()

    def _say(self, words: str) -> None:
        self._button.setText(with_key(f"Playbook {words}", self._window.action(PLAYBOOK).shortcut().toString()))
        self._button.setAccessibleName(f"Playbook {words}")


def _day(playbook: Playbook) -> str:
    day = playbook.valid_from
    return f"{day.month}/{day.day}/{day.year}"
