"""Text larger or smaller than the system's, in everything that is on the screen, at once."""

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ptodesk_gui.ui import theme

_SYSTEM_POINTS: Final = "ptodeskSystemPoints"


def text_size(app: QApplication) -> int:
    """Percent of the system's size."""
    return int(app.property(theme.PERCENT) or theme.USUAL)


def stepped(percent: int, by: int) -> int:
    """The next size up (1) or down (-1); 0: the usual one. At either end it stays."""
    if by == 0:
        return theme.USUAL
    further = [size for size in theme.SIZES if (size > percent if by > 0 else size < percent)]
    return (min(further) if by > 0 else max(further)) if further else percent


def set_text_size(app: QApplication, percent: int) -> None:
    """Scale every text. Widgets that keep a measure of their text have a method ``text_resized``, which is called then."""
    percent = min(max(percent, theme.SIZES[0]), theme.SIZES[-1])
    if percent == text_size(app):
        return
    usual = app.property(_SYSTEM_POINTS) or app.font().pointSizeF()
    app.setProperty(_SYSTEM_POINTS, usual)
    app.setProperty(theme.PERCENT, percent)
    shown = app.allWidgets()
    asked = [(widget, wanted) for widget in shown if (wanted := _asked_for(widget)) is not None]
    font = app.font()
    font.setPointSizeF(usual * percent / 100)
    app.setFont(font)
    app.sendPostedEvents(None, QEvent.Type.ApplicationFontChange.value)  # that is when it reaches the widgets
    theme.put_on_sheets_anew(app)
    for widget, (scale, at_least) in asked:
        own = widget.font()
        own.setPointSizeF(theme.font(scale, at_least=at_least).pointSizeF())
        widget.setFont(own)
    for widget in sorted(shown, key=_depth, reverse=True):  # what is within is measured by what is around it
        resized = getattr(widget, "text_resized", None)
        if resized is not None:
            resized()


def _depth(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return 0 if parent is None else _depth(parent) + 1


def _asked_for(widget: QWidget) -> tuple[float, float] | None:
    """What the widget's own font was asked for with; None for a widget that takes the program's."""
    from PySide6.QtCore import Qt

    own = widget.testAttribute(Qt.WidgetAttribute.WA_SetFont)
    return theme.asked_for(widget.font().pointSizeF()) if own else None
