"""How the program looks: light and dark colours, text sizes relative to the system's font, a small style sheet for the later pages.

A system palette with high contrast is left as it is. Widgets that paint themselves ask ``colours`` for the meaning
(an error, a warning) and always show a sign or a word besides. Those of the first paint paint with ``ink`` and ``wash``
(docs/decisions/0009): to hand a painter a colour makes PySide load all of the namespace Qt, a tenth of the start.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QBrush, QColor, QFont, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

SAY_POINTS: Final = 16.0  # words to read aloud are never smaller
SMALL: Final = 0.9  # of the system's size: labels, keys, states
FIELD: Final = 1.08  # what is typed, and the names of things
# Arguments for QApplication. Choosing the style later, by name, would load the enumerations of all styles (8 ms).
STYLE_ARGUMENTS: Final = ("-style", "fusion")
_HIGH_CONTRAST: Final = "ptodeskHighContrast"
_RESOURCES: Final = "ptodeskResources"
_NAMES: Final = (
    *("window", "panel", "text", "muted", "border", "accent", "on_accent", "accent_fill"),
    *("ok", "warning", "warning_fill", "error", "error_fill", "practice", "on_practice"),
)


class Colours:
    """Colours by meaning, for one palette."""

    __slots__ = _NAMES
    window: QColor
    panel: QColor
    text: QColor
    muted: QColor
    border: QColor
    accent: QColor
    on_accent: QColor
    accent_fill: QColor
    ok: QColor
    warning: QColor
    warning_fill: QColor
    error: QColor
    error_fill: QColor
    practice: QColor
    on_practice: QColor

    def __init__(self, **by_name: QColor) -> None:
        for name in _NAMES:
            setattr(self, name, by_name[name])


_LIGHT: Final = (
    "#f2f4f7 #ffffff #16202b #56626f #c6cdd6 #1459b8 #ffffff #e6effb "
    "#13703f #8a5300 #fff3d9 #b3201b #fdebea #ffc928 #1a1400"
)
_DARK: Final = (
    "#15191e #1d2329 #e8edf2 #9ba8b5 #3d4854 #6fb0ff #0b1622 #1d2f45 "
    "#5fd394 #f0bd5b #3a2d12 #ff8f86 #43201e #d9a514 #140f00"
)


@cache
def _scheme(dark: bool) -> Colours:
    values = (_DARK if dark else _LIGHT).split()
    return Colours(**{name: QColor(value) for name, value in zip(_NAMES, values, strict=True)})


def colours(palette: QPalette) -> Colours:
    """The colours that go with a widget's palette."""
    app = QApplication.instance()
    if app is not None and app.property(_HIGH_CONTRAST):
        return _from_system(palette)
    return _scheme(_is_dark(palette))


def _is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def _from_system(palette: QPalette) -> Colours:
    """Only the palette's own colours: signs, patterns and words carry the meaning."""
    role = QPalette.ColorRole
    window, base, text = (palette.color(r) for r in (role.Window, role.Base, role.WindowText))
    highlight, on_highlight = palette.color(role.Highlight), palette.color(role.HighlightedText)
    given = {"window": window, "panel": base, "accent": highlight, "on_accent": on_highlight, "accent_fill": base}
    given |= {"warning_fill": base, "error_fill": base, "practice": window}
    return Colours(**{name: given.get(name, text) for name in _NAMES})


def first_look(app: QApplication) -> None:
    """Give the program its colours for the first paint; ``apply_theme`` follows it.

    Whether the system is dark is read from its palette: asking for its scheme would load all of the namespace Qt.
    """
    app.setPalette(_palette(_scheme(_is_dark(app.palette()))))


def apply_theme(app: QApplication, resources: Path, scheme: "Qt.ColorScheme | None" = None) -> None:
    """Give the program its look and keep it in step with the system's light or dark setting.

    The program is started with ``STYLE_ARGUMENTS``. ``resources`` holds the icons and
    ``style.qss``, which ``dress`` reads. ``scheme`` overrules the system.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QIcon

    app.setProperty(_RESOURCES, str(resources))
    app.setWindowIcon(QIcon(str(resources / "icons" / "ptodesk-64.png")))
    hints = app.styleHints()

    def follow() -> None:
        wanted = scheme or hints.colorScheme()
        high = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
        app.setProperty(_HIGH_CONTRAST, high)
        app.setPalette(QPalette() if high else _palette(_scheme(wanted is Qt.ColorScheme.Dark)))

    follow()
    if scheme is None:
        hints.colorSchemeChanged.connect(follow)
        hints.accessibility().contrastPreferenceChanged.connect(follow)


def dress(widget: QWidget) -> None:
    """Give a page or dialog of standard widgets the program's look, by the style sheet.

    Only for what is built after the first paint: a style sheet for the whole program would cost its start 45 ms.
    """
    app = QApplication.instance()
    folder = app.property(_RESOURCES) if app is not None else None
    if folder is not None:
        widget.setStyleSheet((Path(folder) / "style.qss").read_text(encoding="utf-8") + widget.styleSheet())


def _palette(c: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(c.panel, c.window)
    for which, colour in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.panel),
        (role.AlternateBase, c.window),
        (role.Text, c.text),
        (role.Button, c.panel),
        (role.ButtonText, c.text),
        (role.BrightText, c.error),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Accent, c.accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.ToolTipBase, c.text),
        (role.ToolTipText, c.panel),
        (role.PlaceholderText, c.muted),
        (role.Light, c.accent_fill),
        (role.Midlight, c.border),
        (role.Mid, c.border),
        (role.Dark, c.muted),
        (role.Shadow, c.muted),
    ):
        palette.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, c.muted)
    return palette


def text_palette(colour: QColor, disabled: QColor | None = None) -> QPalette:
    """A palette that has nothing of its own but the colour of text; what is disabled keeps the program's, unless named."""
    palette = QPalette()
    groups = {QPalette.ColorGroup.Active: colour, QPalette.ColorGroup.Inactive: colour}
    if disabled is not None:
        groups[QPalette.ColorGroup.Disabled] = disabled
    for group, ink_ in groups.items():
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(group, role, ink_)
    return palette


def ink(colour: QColor, width: float = 1.0) -> QPen:
    """A pen of this colour."""
    pen = QPen()
    pen.setColor(colour)
    pen.setWidthF(width)
    return pen


def wash(colour: QColor) -> QBrush:
    """A brush of this colour."""
    return ink(colour).brush()


def font(scale: float = 1.0, *, bold: bool = False, at_least: float = 0.0) -> QFont:
    """The program's font at ``scale`` times the system's size, at least so many points."""
    made = QApplication.font()
    made.setPointSizeF(max(made.pointSizeF() * scale, at_least))
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def say_font() -> QFont:
    """For words that are read aloud."""
    return font(1.6, at_least=SAY_POINTS)
