"""Fields of the call page, and keys where the keyboard is."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ptodesk_gui.sop.entry import Field
from ptodesk_gui.ui.call import CallPage
from ptodesk_gui.ui.widgets.inputs import LineInput, TextInput


def line(page: CallPage, field: Field) -> LineInput:
    made = page.checklist.inputs.by_field[field]
    assert isinstance(made, LineInput)
    return made


def text(page: CallPage, field: Field) -> TextInput:
    made = page.checklist.inputs.by_field[field]
    assert isinstance(made, TextInput)
    return made


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)
