"""How the program looks: light, dark and high contrast, text sizes relative to the system's font, a style sheet for later pages.

A system palette with high contrast is left as it is, unless the agent asked for a look. Widgets that paint themselves ask ``colours`` for the meaning
(an error, a warning) and always show a sign or a word besides. Those of the first paint paint with ``ink`` and ``wash``
(docs/decisions/0009): to hand a painter a colour makes PySide load all of the namespace Qt, a tenth of the start.
"""

from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QBrush, QColor, QFont, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

SAY_POINTS: Final = 16.0  # words to read aloud are never smaller
# The sizes of text, as shares of the system's; there are no others.
TINY: Final = 0.8  # where there is no room for SMALL, and tags in capitals
SMALL: Final = 0.9  # labels, keys, states
TEXT: Final = 1.0
FIELD: Final = 1.08  # what is typed, and the names of things
LEAD: Final = 1.2  # what a part of a page is about, and what to ask
TITLE: Final = 1.5  # of a page
SAY: Final = 1.6  # words to read aloud
HUGE: Final = 2.4  # the key of a ticket that was filed
USUAL: Final = 100  # percent: text as large as the system's
SIZES: Final = (80, 90, 100, 110, 125, 150, 175, 200)  # percent
SYSTEM: Final = "system"
LIGHT: Final = "light"
DARK: Final = "dark"
CONTRAST: Final = "contrast"
CONTRAST_DARK: Final = "contrast-dark"
THEMES: Final = (SYSTEM, LIGHT, DARK, CONTRAST, CONTRAST_DARK)
# Arguments for QApplication. Choosing the style later, by name, would load the enumerations of all styles (8 ms).
STYLE_ARGUMENTS: Final = ("-style", "fusion")
PERCENT: Final = "ptodeskTextSize"  # a property of the application: the size of text that holds
_THEME: Final = "ptodeskTheme"
_HIGH_CONTRAST: Final = "ptodeskHighContrast"  # the system's: its palette is the only source of colours
_OWN_CONTRAST: Final = "ptodeskOwnContrast"
_RESOURCES: Final = "ptodeskResources"
_NAMES: Final = (
    *("window", "panel", "text", "muted", "border", "edge", "accent", "on_accent", "accent_fill"),
    *("ok", "warning", "warning_fill", "error", "error_fill", "practice", "on_practice"),
)


class Colours:
    """Colours by meaning, for one palette. ``border`` parts what belongs together; ``edge`` shows where a control is."""

    __slots__ = _NAMES
    window: QColor
    panel: QColor
    text: QColor
    muted: QColor
    border: QColor
    edge: QColor
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


_SCHEMES: Final = {
    LIGHT: "#f3f5f8 #ffffff #16202b #56626f #d5dbe3 #808c9a #1459b8 #ffffff #e8f0fc "
    "#13703f #8a5300 #fff3d9 #b3201b #fdebea #ffc928 #1a1400",
    DARK: "#15191e #1d2329 #e8edf2 #a3b0bd #333d48 #75838f #6fb0ff #0b1622 #1d2f45 "
    "#5fd394 #f0bd5b #3a2d12 #ff9b93 #43201e #463708 #ffdf85",
    CONTRAST: "#ffffff #ffffff #000000 #1f1f1f #000000 #000000 #0000a8 #ffffff #ffffff "
    "#004d1a #5c3300 #ffffff #8f0000 #ffffff #ffd400 #000000",
    CONTRAST_DARK: "#000000 #000000 #ffffff #e6e6e6 #ffffff #ffffff #6fe0ff #000000 #000000 "
    "#7dff9d #ffdb70 #000000 #ffaaa3 #000000 #000000 #ffdf00",
}


@cache
def _scheme(name: str) -> Colours:
    values = _SCHEMES[name].split()
    return Colours(**{meaning: QColor(value) for meaning, value in zip(_NAMES, values, strict=True)})


_of_palettes: dict[
    int, Colours
] = {}  # by the palette's key, as long as the look is the same: asked at every stroke of a brush
_MOST_PALETTES: Final = 256


def colours(palette: QPalette) -> Colours:
    """The colours that go with a widget's palette."""
    key = palette.cacheKey()
    if (found := _of_palettes.get(key)) is not None:
        return found
    app = QApplication.instance()
    if app is not None and app.property(_HIGH_CONTRAST):
        return _from_system(palette)  # not kept: those of what is disabled are others, by the same key
    if len(_of_palettes) >= _MOST_PALETTES:
        _of_palettes.clear()
    found = _of_palettes[key] = _own(palette, app)
    return found


def _own(palette: QPalette, app: QCoreApplication | None) -> Colours:
    """Those of the program's schemes that go with a palette."""
    dark = _is_dark(palette)
    if app is not None and app.property(_OWN_CONTRAST):
        return _scheme(CONTRAST_DARK if dark else CONTRAST)
    return _scheme(DARK if dark else LIGHT)


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


def first_look(app: QApplication, name: str = SYSTEM) -> None:
    """Give the program its colours for the first paint; ``apply_theme`` follows it.

    Whether the system is dark is read from its palette: asking for its scheme would load all of the namespace Qt.
    """
    _of_palettes.clear()
    if name in (CONTRAST, CONTRAST_DARK):
        app.setProperty(_OWN_CONTRAST, True)
    following = DARK if _is_dark(app.palette()) else LIGHT
    app.setPalette(_palette(_scheme(name if name in _SCHEMES else following)))


def apply_theme(app: QApplication, resources: Path, name: str = SYSTEM) -> None:
    """Give the program its look and keep it in step with the system's as long as it follows that.

    The program is started with ``STYLE_ARGUMENTS``. ``resources`` holds the icons and ``style.qss``, which ``dress`` reads. ``name`` is one of ``THEMES``.
    """
    from PySide6.QtGui import QIcon

    first = app.property(_RESOURCES) is None
    app.setProperty(_RESOURCES, str(resources))
    app.setWindowIcon(QIcon(str(resources / "icons" / "ptodesk-64.png")))
    if first:
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(lambda: _follow(app))
        hints.accessibility().contrastPreferenceChanged.connect(lambda: _follow(app))
    set_theme(app, name)


def theme_of(app: QApplication) -> str:
    """The look that was asked for: one of ``THEMES``; empty before there is any."""
    return str(app.property(_THEME) or "")


def set_theme(app: QApplication, name: str) -> None:
    """Change the look at once; what is not one of ``THEMES`` follows the system."""
    app.setProperty(_THEME, name if name in THEMES else SYSTEM)
    _follow(app)


def _follow(app: QApplication) -> None:
    """The colours of the look that was asked for, else of the system as it is now."""
    from PySide6.QtCore import Qt

    name, hints = app.property(_THEME), app.styleHints()
    high = name == SYSTEM and hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    if name == SYSTEM:
        name = DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
    app.setProperty(_HIGH_CONTRAST, high)
    app.setProperty(_OWN_CONTRAST, name in (CONTRAST, CONTRAST_DARK))
    _of_palettes.clear()
    app.setPalette(QPalette() if high else _palette(_scheme(name)))
    app.sendPostedEvents(None, QEvent.Type.ApplicationPaletteChange.value)  # that is when it reaches the widgets
    put_on_sheets_anew(app)


def put_on_sheets_anew(app: QApplication) -> None:
    """Style sheets keep to the colours and the size of text that they were put on with."""
    for widget in app.allWidgets():
        if sheet := widget.styleSheet():
            widget.setStyleSheet(sheet)


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
        (role.Mid, c.edge),
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


_sizes: dict[
    float, tuple[float, float]
] = {}  # points that were given out, and the scale and the least points they were asked for with


def font(scale: float = TEXT, *, bold: bool = False, at_least: float = 0.0) -> QFont:
    """The program's font at ``scale`` times the usual size, at least so many points (more where text is enlarged)."""
    made = QApplication.font()
    points = made.pointSizeF() * scale
    if at_least:
        app = QApplication.instance()
        percent = USUAL if app is None else app.property(PERCENT) or USUAL
        points = max(points, at_least * max(1.0, percent / USUAL))
    _sizes[points] = scale, at_least
    made.setPointSizeF(points)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def asked_for(points: float) -> tuple[float, float] | None:
    """The scale and the least points that a font of these points was asked for with; None: it is none of ours."""
    return _sizes.get(points)


def say_font() -> QFont:
    """For words that are read aloud."""
    return font(SAY, at_least=SAY_POINTS)
