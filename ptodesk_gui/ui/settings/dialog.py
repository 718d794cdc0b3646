"""The settings: where the tickets go, who files them, the token, and a test of the connection. Never modal."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ptodesk_gui.ui import theme
from ptodesk_gui.ui.settings.view import CheckLine, SettingsView, SettingsWanted

TITLE = "Settings"
LABELS: Mapping[str, str] = {
    "agent": "Your &name",
    "url": "&Site address",
    "email": "&Email you sign in with",
    "token": "API &token",
}
EXAMPLES: Mapping[str, str] = {
    "agent": "as it stands under your replies",
    "url": "https://your-company.atlassian.net",
    "email": "you@example.com",
}
BY_IT = "Set by your IT"
STORED = "A token is stored. Type a new one only to replace it."
NOT_STORED = "No token is stored yet."
THIS_RUN_ONLY = "The token is kept for this run only and written nowhere."
PRACTICE = "Practice mode: tickets go to the practice desk on this computer. No site, email or token is used."
FRESH = "&Begin with a fresh practice desk at every start (else its tickets are kept)"
SAVE = "&Save"
TEST = "Test &connection"
CLOSE = "Close"
LINES_HEIGHT = 260
TESTING = "Testing …"
MARKS: Mapping[bool | None, str] = {True: "✓", False: "!", None: "•"}


class SettingsDialog(QDialog):
    """Paints a ``SettingsView``; a typed token goes out once, by signal, and is cleared at once."""

    save_requested = Signal(object)  # SettingsWanted
    test_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setModal(False)
        theme.dress(self)
        self.setMinimumWidth(620)
        self._inputs = {name: QLineEdit() for name in LABELS}
        for name, text in EXAMPLES.items():
            self._inputs[name].setPlaceholderText(text)
        self._inputs["token"].setEchoMode(QLineEdit.EchoMode.Password)
        self._words = {name: _word() for name in LABELS}
        self._why = _word()
        self._practice = _word()
        self._practice.setText(PRACTICE)
        self._fresh = QCheckBox(FRESH)
        self._fresh.setAccessibleName(FRESH.replace("&", ""))
        self._save = QPushButton(SAVE)
        self._save.setDefault(True)
        self._save.setObjectName("primaryButton")
        self._test = QPushButton(TEST)
        self._close = QPushButton(CLOSE)
        self._lines = QListWidget()
        self._lines.setAccessibleName("Connection test")
        self._lines.setWordWrap(True)
        self._lines.setMinimumHeight(LINES_HEIGHT)
        self._lines.hide()  # until there is something to show
        self._lay_out()
        self._save.clicked.connect(self._save_pressed)
        self._test.clicked.connect(self.test_requested)
        self._close.clicked.connect(self.close)

    def set_settings(self, view: SettingsView) -> None:
        """Paint the settings as they hold now; what IT has set is greyed and says so."""
        for name, value in (("agent", view.agent), ("url", view.url), ("email", view.email)):
            locked = name in view.locked
            self._inputs[name].setText(value)
            self._inputs[name].setEnabled(not locked and not (view.practice and name != "agent"))
            self._words[name].setText(BY_IT if locked else "")
        self._inputs["token"].setEnabled(not view.practice)
        token = STORED if view.token_stored else NOT_STORED
        if view.keyring_fault:
            token = f"{view.keyring_fault} {THIS_RUN_ONLY}"
        self._words["token"].setText("" if view.practice else token)
        self._practice.setVisible(view.practice)
        self._fresh.setVisible(view.practice)
        self._fresh.setChecked(view.practice_fresh)
        for word in self._words.values():
            word.setVisible(bool(word.text()))

    def set_reason(self, sentence: str) -> None:
        """Say why the settings are open, or what was wrong with what was typed; an empty sentence takes it away."""
        self._why.setText(sentence)
        self._why.setVisible(bool(sentence))

    def begin_test(self) -> None:
        """Clear the lines of the last test; a new one has begun."""
        self._lines.clear()
        self._lines.show()
        self._test.setEnabled(False)
        self._test.setText(TESTING)

    def add_line(self, line: CheckLine) -> None:
        """Show one more line of the running test."""
        item = QListWidgetItem(f"{MARKS[line.ok]}  {line.text}" + (f"\n    {line.cure}" if line.cure else ""))
        font = item.font()
        font.setBold(line.ok is False)
        item.setFont(font)
        self._lines.addItem(item)
        self._lines.scrollToBottom()

    def end_test(self) -> None:
        """The running test has said all it had to say."""
        self._test.setEnabled(True)
        self._test.setText(TEST)

    def showEvent(self, event: QShowEvent) -> None:
        """The first thing that is missing has the keyboard."""
        super().showEvent(event)
        wanted = [box for box in self._inputs.values() if box.isEnabled()]
        empty = next((box for box in wanted if not box.text()), None)
        if (first := empty or next(iter(wanted), None)) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_pressed(self) -> None:
        token = self._inputs["token"].text().strip()
        self._inputs["token"].clear()
        values = {name: self._inputs[name].text().strip() for name in ("url", "email", "agent")}
        self.save_requested.emit(SettingsWanted(**values, token=token, practice_fresh=self._fresh.isChecked()))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self._practice)
        for name, text in LABELS.items():
            label = QLabel(text)
            label.setBuddy(self._inputs[name])
            self._inputs[name].setAccessibleName(text.replace("&", ""))
            form.addRow(label, self._inputs[name])
            form.addRow("", self._words[name])
        form.addRow("", self._fresh)
        buttons = QHBoxLayout()
        for button in (self._test, self._save, self._close):
            button.setAutoDefault(button is self._save)
        buttons.addWidget(self._test)
        buttons.addStretch(1)
        buttons.addWidget(self._save)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.addWidget(self._why)
        column.addLayout(form)
        column.addLayout(buttons)
        column.addWidget(self._lines, 1)


def _word() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    label.hide()
    return label
