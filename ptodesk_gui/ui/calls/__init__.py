"""The open calls, side by side, where there is more than one."""

from ptodesk_gui.ui.calls.bar import CallsBar
from ptodesk_gui.ui.calls.view import OpenCall

__all__ = ["CallsBar", "OpenCall"]
