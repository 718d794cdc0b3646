"""The review between the end of the call and filing."""

from ptodesk_gui.ui.review.page import ReviewPage

__all__ = ["ReviewPage"]
