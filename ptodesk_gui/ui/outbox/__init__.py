"""What is waiting, why, and since when; and the receipt of one call."""

from ptodesk_gui.ui.outbox.kept_box import KeptCall
from ptodesk_gui.ui.outbox.page import OutboxPage
from ptodesk_gui.ui.outbox.receipt import ReceiptPage
from ptodesk_gui.ui.outbox.words import has_left

__all__ = ["KeptCall", "OutboxPage", "ReceiptPage", "has_left"]
