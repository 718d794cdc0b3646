"""The settings window's requests: keep what was typed, test the connection, say what is missing. Never modal."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.backstage import Backstage, sentence
from ptodesk_gui.application.place import Place
from ptodesk_gui.sop.view import Weight
from ptodesk_gui.ui.settings import CheckLine, SettingsDialog, SettingsView, SettingsWanted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ptodesk_gui.desk.doctor import Finding

SAVED = "The settings are kept."
NO_AGENT = "Type your name: replies are signed with it."
NO_SITE = "Type the site's address and the email you sign in with. Until then calls are kept here and nothing is filed."
NO_TOKEN = "Type your API token. Until then calls are kept here and nothing is filed."  # noqa: S105 - a sentence
TEST_BROKE = "The test could not be finished."


class Settling(QObject):
    """Stands between the settings window and the place that tickets go to."""

    said = Signal(str, object)  # a sentence, its Weight

    def __init__(self, window: "QWidget", place: Place, backstage: Backstage, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._backstage = backstage
        self.dialog = SettingsDialog(window)
        self.dialog.save_requested.connect(self._save)
        self.dialog.test_requested.connect(self._test)

    def settled(self, view: SettingsView) -> None:
        """The settings hold anew; at the start the window opens by itself when something is missing."""
        self.dialog.set_settings(view)
        self.dialog.set_reason(missing(view))

    def open(self) -> None:
        """Show the window; the call goes on beside it."""
        self.dialog.show()
        self.dialog.activateWindow()

    def open_if_missing(self, view: SettingsView) -> None:
        """Show the window when something is missing without which nothing can be filed."""
        if reason := missing(view):
            self.said.emit(reason, Weight.WARNING)
            self.open()

    def _save(self, wanted: SettingsWanted) -> None:
        def keep() -> SettingsView:
            self._place.keep(wanted, self._backstage.read_settings())
            return self._backstage.open_place()

        self._backstage.slow.submit(keep, self._saved, self._not_saved)

    def _saved(self, view: SettingsView) -> None:
        self._backstage.settled.emit(view)
        if not missing(view):
            self.said.emit(SAVED, Weight.HINT)

    def _not_saved(self, error: Exception) -> None:
        self.dialog.set_reason(sentence(error))

    def _test(self) -> None:
        self.dialog.begin_test()
        self._backstage.slow.submit(self._place.examine, self._tested, self._test_broke)

    def _tested(self, findings: "tuple[Finding, ...]") -> None:
        for finding in findings:
            self.dialog.add_line(CheckLine(finding.ok, f"{finding.name}: {finding.words}", finding.cure))
        self.dialog.end_test()

    def _test_broke(self, error: Exception) -> None:
        self.dialog.add_line(CheckLine(False, TEST_BROKE, sentence(error)))
        self.dialog.end_test()


def missing(view: SettingsView) -> str:
    """The first thing that is missing for filing, as a sentence with what to do; empty when nothing is."""
    if not view.practice and (not view.url or not view.email):
        return NO_SITE
    if not view.practice and not view.token_stored:
        return NO_TOKEN
    return "" if view.agent else NO_AGENT
