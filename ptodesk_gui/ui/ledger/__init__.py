"""The agent's own figures."""

from ptodesk_gui.ui.ledger.page import LedgerPage

__all__ = ["LedgerPage"]
