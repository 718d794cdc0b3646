"""A Jira-shaped desk on loopback, for trainees, demonstrations and tests. It knows nothing of the rest of the program."""

from ptodesk_gui.practice.bad_day import BadDay
from ptodesk_gui.practice.server import Account, PracticeDesk, Seen, Switches
from ptodesk_gui.practice.stock import Stock, StockComment, StockTicket

__all__ = ["Account", "BadDay", "PracticeDesk", "Seen", "Stock", "StockComment", "StockTicket", "Switches"]
