"""The settings window's requests: keep what was typed, test the connection, say what is missing. Never modal."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.backstage import Backstage
from ptodesk_gui.application.checking import Checking
from ptodesk_gui.application.place import Place
from ptodesk_gui.application.sentences import sentence
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
    copy_requested = Signal(str, str)  # a text, what it is in words

    def __init__(self, window: "QWidget", place: Place, backstage: Backstage, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._backstage = backstage
        self.dialog = SettingsDialog(window)
        self.dialog.save_requested.connect(self._save)
        self.dialog.test_requested.connect(self._test)
        self._checking = Checking(window, place)
        self.dialog.check_requested.connect(self._checking.open)
        self._checking.copy_requested.connect(self.copy_requested)

    def stop(self) -> None:
        """Check nothing more."""
        self._checking.stop()

    def settled(self, view: SettingsView) -> None:
        """The settings hold anew; at the start the window opens by itself when something is missing."""
        self.dialog.set_settings(view)
        self.dialog.set_reason(missing(view), missing_field(view))

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
        self.dialog.clear_test()
        self._keep(wanted, self._saved, self._not_saved)

    def _keep(
        self, wanted: SettingsWanted, kept: Callable[[SettingsView], None], failed: Callable[[Exception], None]
    ) -> None:
        def keep() -> SettingsView:
            self._place.keep(wanted, self._backstage.read_settings())
            return self._backstage.open_place()

        def taken(view: SettingsView) -> None:
            self.dialog.taken(wanted)
            self.dialog.clear_test()  # lines that came meanwhile are about other settings
            kept(view)

        self._backstage.slow.submit(keep, taken, failed)

    def _saved(self, view: SettingsView) -> None:
        self._backstage.settled.emit(view)
        if missing(view):
            self.dialog.go_to_reason()
        else:
            self.said.emit(SAVED, Weight.HINT)

    def _not_saved(self, error: Exception) -> None:
        self.dialog.set_reason(sentence(error), "url" if _is_about_address(error) else "")
        self.dialog.go_to_reason()

    def _test(self, typed: SettingsWanted | None) -> None:
        """Test what is kept; what was typed is kept first."""
        self.dialog.begin_test()
        if typed is None:
            self._examine()
        else:
            self._keep(typed, self._saved_for_test, self._not_saved_for_test)

    def _saved_for_test(self, view: SettingsView) -> None:
        self._saved(view)
        self.dialog.begin_test()
        self._examine()

    def _not_saved_for_test(self, error: Exception) -> None:
        self.dialog.clear_test()
        self.dialog.end_test()
        self._not_saved(error)

    def _examine(self) -> None:
        self._backstage.slow.submit(self._place.examine, self._tested, self._test_broke)

    def _tested(self, findings: "tuple[Finding, ...]") -> None:
        for line in check_lines(findings):
            self.dialog.add_line(line)
        self.dialog.end_test()

    def _test_broke(self, error: Exception) -> None:
        self.dialog.add_line(CheckLine(False, TEST_BROKE, sentence(error)))
        self.dialog.end_test()


def check_lines(findings: "tuple[Finding, ...]") -> tuple[CheckLine, ...]:
    """The findings as lines, in their order; those that fail for the same cause are one line, where the first of them stood."""
    names: dict[tuple[bool, str, str], list[str]] = {}
    for finding in findings:
        cause = (finding.ok, finding.words if not finding.ok else f"{finding.name}: {finding.words}", finding.cure)
        names.setdefault(cause, []).append(finding.name)
    return tuple(
        CheckLine(ok, words if ok else f"{', '.join(named)}: {words}", cure)
        for (ok, words, cure), named in names.items()
    )


def _is_about_address(error: Exception) -> bool:
    from ptodesk_gui.desk.address import AddressError

    return isinstance(error, AddressError)


def missing_field(view: SettingsView) -> str:
    """The field that ``missing`` is about: "url", "email", "token" or "agent"; empty when nothing is missing."""
    reason = missing(view)
    if reason == NO_SITE:
        return "email" if view.url else "url"
    return {NO_TOKEN: "token", NO_AGENT: "agent"}.get(reason, "")


def missing(view: SettingsView) -> str:
    """The first thing that is missing for filing, as a sentence with what to do; empty when nothing is."""
    if not view.practice and (not view.url or not view.email):
        return NO_SITE
    if not view.practice and not view.token_stored:
        return NO_TOKEN
    return "" if view.agent else NO_AGENT
