"""The call screen: checklist, timeline, what to say, replies."""

from ptodesk_gui.ui.call.page import CallPage

__all__ = ["CallPage"]
