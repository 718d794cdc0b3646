"""Has screen readers speak what changes by itself."""

from typing import Final

from PySide6.QtWidgets import QWidget

QUIET_MS: Final = 700  # nothing is spoken into typing: it waits until the agent pauses


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have screen readers speak a sentence; an urgent one interrupts what they are saying.

    Imported here: the roles of all widgets cost the start 3 ms.
    """
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
