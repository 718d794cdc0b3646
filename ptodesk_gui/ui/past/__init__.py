"""Calls of before: found as one types, looked at, and gone on from."""

from ptodesk_gui.ui.past.page import PastPage
from ptodesk_gui.ui.past.view import PastCallView, PastRow, PastText, PastTicket

__all__ = ["PastCallView", "PastPage", "PastRow", "PastText", "PastTicket"]
