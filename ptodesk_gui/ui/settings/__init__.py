"""The settings, and the test of the connection."""

from ptodesk_gui.ui.settings.dialog import SettingsDialog
from ptodesk_gui.ui.settings.view import CheckLine, SettingsView, SettingsWanted

__all__ = ["CheckLine", "SettingsDialog", "SettingsView", "SettingsWanted"]
