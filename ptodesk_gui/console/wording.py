"""The window's sentences in words that hold on the console: there is no settings window, and a command ends instead of trying again."""

from typing import Final

LOGIN: Final = "Sign in with: ptodesk login --url U --email E"
_BY_WINDOW: Final = (
    ("Open the settings (Ctrl+,) and type the token.", f"{LOGIN}."),
    ("Open the settings (Ctrl+,) and type the site's address, your email and the token.", f"{LOGIN}."),
    ("The token is kept for this run only and written nowhere. ", ""),
    ("; it is tried again by itself", ""),
)


def on_console(text: str) -> str:
    """The sentence without what only the window does."""
    for window, console in _BY_WINDOW:
        text = text.replace(window, console)
    return text
