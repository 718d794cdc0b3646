"""A Jira-shaped desk on loopback, for trainees, demonstrations and tests. It knows nothing of the rest of the program."""

from ptodesk_gui.practice.server import Account, PracticeDesk, Seen, Switches

__all__ = ["Account", "PracticeDesk", "Seen", "Switches"]
