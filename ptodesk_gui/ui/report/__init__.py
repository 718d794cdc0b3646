"""The report of what went wrong, to be copied for IT."""

from ptodesk_gui.ui.report.dialog import ReportDialog

__all__ = ["ReportDialog"]
