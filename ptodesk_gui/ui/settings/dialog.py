"""The settings: where the tickets go, who files them, the token, and a test of the connection. Never modal."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.settings.fault_line import FaultLine, plain_label
from ptodesk_gui.ui.settings.look_box import LookRows
from ptodesk_gui.ui.settings.view import CheckLine, SettingsView, SettingsWanted
from ptodesk_gui.ui.widgets.keyed import give_key, say_on, with_key
from ptodesk_gui.ui.widgets.toggles import CheckBox
from ptodesk_gui.ui.widgets.turning import Turning

TITLE = "Settings"
LABELS: Mapping[str, str] = {
    "agent": "Your &name",
    "url": "Site &address",
    "email": "&Email you sign in with",
    "token": "API &token",
}
EXAMPLES: Mapping[str, str] = {
    "agent": "as it stands under your replies",
    "url": "https://your-company.atlassian.net",
    "email": "you@example.com",
}
BY_IT = "Set by your administrator"
STORED = "A token is stored. Type a new one only to replace it."
NOT_STORED = "No token is stored yet."
THIS_RUN_ONLY = "The token is kept for this run only and written nowhere."
PRACTICE = "Practice mode: tickets go to the practice desk on this computer. No site, email or token is used."
FRESH = "&Begin with a fresh practice desk at every start (else its tickets are kept)"
SAVE = "&Save"
TEST = "Test &connection"
SAVE_AND_TEST = "Save and test &connection"
CHECK = "Check this comp&uter"
CLOSE = "C&lose"
LINES_HEIGHT = 260
WIDTH = 598  # pixels of the form at least
TESTING = "Testing …"
KEPT: Final = ("agent", "url", "email")  # all but the token, which is kept elsewhere and never shown
MARKS: Mapping[bool | None, str] = {True: "✓", False: "!", None: "•"}


class SettingsDialog(QDialog):
    """Paints a ``SettingsView``. What was typed stays until it is taken (``taken``); a token is then cleared, never shown."""

    save_requested = Signal(object)  # SettingsWanted
    theme_requested = Signal(str)  # one of ``theme.THEMES``; it holds at once
    text_size_requested = Signal(int)  # percent
    check_requested = Signal()
    test_requested = Signal(object)  # SettingsWanted to be kept first, or None when nothing was typed since

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setModal(False)
        theme.dress(self)
        self._inputs = {name: QLineEdit() for name in LABELS}
        for name, text in EXAMPLES.items():
            self._inputs[name].setPlaceholderText(text)
        self._inputs["token"].setEchoMode(QLineEdit.EchoMode.Password)
        self._painted = dict.fromkeys(KEPT, "")
        self._painted_fresh = False
        self._words = {name: plain_label() for name in LABELS}
        self._faults = {name: FaultLine() for name in LABELS}
        self._why = FaultLine()
        self._wrong = FaultLine()
        self._also_set = plain_label()
        self._practice = plain_label()
        self._practice.setText(PRACTICE)
        self._fresh = CheckBox(FRESH)
        self._fresh.setAccessibleName(FRESH.replace("&", ""))
        self._look = LookRows(self)
        self._save = QPushButton(SAVE)
        self._save.setDefault(True)
        self._save.setObjectName("primaryButton")
        self._test = QPushButton(TEST)
        self._check = QPushButton(CHECK)
        self._close = QPushButton(with_key(CLOSE, "Esc"))
        self._close.setAccessibleName(CLOSE.replace("&", ""))
        for button, key in ((self._save, "Ctrl+S"), (self._test, "F5"), (self._check, "F6")):
            give_key(button, key)
        self._lines = QListWidget()
        self._lines.setAccessibleName("Connection test")
        self._lines.setWordWrap(True)
        self._lines.setMinimumHeight(LINES_HEIGHT)
        self._lines.hide()  # until there is something to show
        self._lay_out()
        self._connect()

    def set_settings(self, view: SettingsView) -> None:
        """Paint the settings as they hold now; what IT has set is greyed and says so. What was typed since stays."""
        for name, value in (("agent", view.agent), ("url", view.url), ("email", view.email)):
            box, locked = self._inputs[name], name in view.locked
            if locked or not self._is_typed(name):
                box.setText(value)
            self._painted[name] = value
            box.setEnabled(not locked and not (view.practice and name != "agent"))
            self._words[name].setText(BY_IT if locked else "")
            box.setAccessibleDescription(BY_IT if locked else "")
        self._inputs["token"].setEnabled(not view.practice)
        token = STORED if view.token_stored else NOT_STORED
        if view.keyring_fault:
            token = f"{view.keyring_fault} {THIS_RUN_ONLY}"
        self._words["token"].setText("" if view.practice else token)
        self._wrong.say("\n".join(view.faults))
        self._also_set.setText("\n".join((f"{BY_IT}:", *view.also_set)) if view.also_set else "")
        self._also_set.setVisible(bool(view.also_set))
        self._practice.setVisible(view.practice)
        self._fresh.setVisible(view.practice)
        self._fresh.setChecked(view.practice_fresh)
        self._painted_fresh = view.practice_fresh
        self._look.lock(view.locked)
        for word in self._words.values():
            word.setVisible(bool(word.text()))
        self._name_test()

    def taken(self, wanted: SettingsWanted) -> None:
        """What was asked to be kept is kept: the token is cleared, unless another was typed meanwhile."""
        self._painted |= {"agent": wanted.agent, "url": wanted.url, "email": wanted.email}
        self._painted_fresh = wanted.practice_fresh
        if self._inputs["token"].text().strip() == wanted.token:
            self._clear_token()
        self._name_test()

    def set_reason(self, sentence: str, field: str = "") -> None:
        """Say why the settings are open, or what was wrong with what was typed, beside the field; "" takes it away."""
        for line in (self._why, *self._faults.values()):
            line.say("")
        self._faults.get(field, self._why).say(sentence)

    def set_look(self, name: str, percent: int) -> None:
        """Show which look holds."""
        self._look.set_look(name, percent)

    def go_to_reason(self) -> None:
        """Put the keyboard into the field that the reason is about; where there is none, nothing moves."""
        for name, line in self._faults.items():
            if line.text and self._inputs[name].isEnabled():
                self._inputs[name].setFocus(Qt.FocusReason.OtherFocusReason)
                self._inputs[name].selectAll()

    def clear_test(self) -> None:
        """Take away the lines of the last test: they were about other settings."""
        self._lines.clear()
        self._lines.hide()

    def begin_test(self) -> None:
        """Clear the lines of the last test; a new one has begun."""
        self._lines.clear()
        self._lines.show()
        self._test.setEnabled(False)
        say_on(self._test, TESTING)

    def add_line(self, line: CheckLine) -> None:
        """Show one more line of the running test."""
        item = QListWidgetItem(f"{MARKS[line.ok]}  {line.text}" + (f"\n    {line.cure}" if line.cure else ""))
        font = item.font()
        font.setBold(line.ok is False)
        item.setFont(font)
        self._lines.addItem(item)
        self._lines.show()

    def end_test(self) -> None:
        """The running test has said all it had to say."""
        self._test.setEnabled(True)
        self._name_test()

    def text_resized(self) -> None:
        """High enough for what it says, however its words wrap now."""
        if (layout := self.layout()) is not None:
            layout.activate()
            width = max(self.width(), layout.totalMinimumSize().width())
            self.resize(width, max(self.height(), layout.totalHeightForWidth(width)))

    def showEvent(self, event: QShowEvent) -> None:
        """The first thing that is missing has the keyboard."""
        super().showEvent(event)
        wanted = [box for box in self._inputs.values() if box.isEnabled()]
        empty = next((box for box in wanted if not box.text()), None)
        if (first := empty or next(iter(wanted), None)) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go_to_reason()

    def _connect(self) -> None:
        self._save.clicked.connect(lambda: self.save_requested.emit(self._wanted()))
        self._test.clicked.connect(lambda: self.test_requested.emit(self._wanted() if self._is_dirty() else None))
        self._check.clicked.connect(self.check_requested)
        self._close.clicked.connect(self.close)
        self.finished.connect(self._clear_token)  # it is kept no longer than the window is open
        self._fresh.toggled.connect(self._name_test)
        self._look.theme_requested.connect(self.theme_requested)
        self._look.text_size_requested.connect(self.text_size_requested)
        for name, box in self._inputs.items():
            box.textChanged.connect(self._name_test)
            box.textEdited.connect(lambda _, line=self._faults[name]: line.say(""))

    def _wanted(self) -> SettingsWanted:
        values = {name: box.text().strip() for name, box in self._inputs.items()}
        return SettingsWanted(**values, practice_fresh=self._fresh.isChecked())

    def _is_typed(self, name: str) -> bool:
        return self._inputs[name].text().strip() != self._painted[name]

    def _is_dirty(self) -> bool:
        """Whether anything was typed that is not kept."""
        typed = any(self._is_typed(name) for name in KEPT) or self._inputs["token"].text().strip() != ""
        return typed or self._fresh.isChecked() != self._painted_fresh

    def _clear_token(self) -> None:
        self._inputs["token"].setText("")  # unlike clear(), it leaves nothing that could be undone

    def _name_test(self) -> None:
        """What is tested is what is kept: the button says when it keeps first."""
        if self._test.isEnabled():
            say_on(self._test, SAVE_AND_TEST if self._is_dirty() else TEST)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self._practice)
        for name, text in LABELS.items():
            label = QLabel(text)
            label.setBuddy(self._inputs[name])
            self._inputs[name].setAccessibleName(text.replace("&", ""))
            form.addRow(label, self._inputs[name])
            form.addRow("", self._faults[name])
            form.addRow("", self._words[name])
        form.addRow(self._fresh)
        self._look.add_rows(form)
        form.addRow(self._also_set)
        buttons = Turning(8)  # in large text they are wider than a small screen
        for pair, stretch in (((self._test, self._check), 1), ((self._save, self._close), 0)):
            row = QHBoxLayout()
            for button in pair:
                button.setAutoDefault(button is self._save)
                row.addWidget(button)
            row.insertStretch(2 if stretch else 0, 1)
            buttons.row.addLayout(row, stretch)
        column = QVBoxLayout(self)
        column.addStrut(WIDTH)
        column.addWidget(self._wrong)
        column.addWidget(self._why)
        column.addLayout(form)
        column.addWidget(buttons)
        column.addWidget(self._lines, 1)
