"""The keys of the call page. None is taken by window managers, input methods or text editing."""

from typing import Final

from ptodesk_gui.sop.form import Field, Item
from ptodesk_gui.ui.call.fields import NOTES

ITEMS: Final = {item: f"Alt+{number}" for number, item in enumerate(Item, 1)}
NEXT_ITEM: Final = "Alt+0"
GO_HOMEOWNER: Final = "Alt+8"
GO_INSTALLER: Final = "Alt+9"
TICKS: Final = {field: f"Ctrl+{number}" for number, field in enumerate((*NOTES, Field.DOUBLE_BILLING), 1)}
ADD_NOTES: Final = "Ctrl+7"
DOUBLE_BILLING_FIELD: Final = Field.DOUBLE_BILLING
COPY_HOMEOWNER: Final = "F2"
COPY_INSTALLER: Final = "F3"
NEXT_REPLY: Final = "F6"
PREVIOUS_REPLY: Final = "Shift+F6"
SCROLL: Final = "F5"
SCROLL_BACK: Final = "Shift+F5"
SAID: Final = "F4"
SAID_ALSO: Final = "Shift+F4"
END_CALL: Final = "F9"
OPEN_CALLS: Final = {number: f"Ctrl+Shift+{number}" for number in range(1, 10)}  # Ctrl+Alt is AltGr on many keyboards
