"""The numbers that stand for values of the namespace Qt are those values."""

from PySide6.QtCore import Qt

from ptodesk_gui.ui.widgets import numbers


def test_the_numbers_are_qts() -> None:
    align = Qt.AlignmentFlag
    assert vars(numbers).keys() >= {"PLAIN_TEXT", "CENTRED", "LEADING", "TOP_LEADING", "WORD_WRAP"}
    assert Qt.TextFormat(numbers.PLAIN_TEXT) is Qt.TextFormat.PlainText
    assert align(numbers.CENTRED) == align.AlignCenter
    assert align(numbers.LEADING) == align.AlignVCenter | align.AlignLeading
    assert align(numbers.TOP_LEADING) == align.AlignTop | align.AlignLeading
    assert Qt.TextFlag(numbers.WORD_WRAP) is Qt.TextFlag.TextWordWrap
    assert Qt.FocusPolicy(numbers.NO_FOCUS) is Qt.FocusPolicy.NoFocus
    assert Qt.FocusPolicy(numbers.TAB_FOCUS) is Qt.FocusPolicy.TabFocus
    assert Qt.ScrollBarPolicy(numbers.ALWAYS_OFF) is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
