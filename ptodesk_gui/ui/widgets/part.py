"""What joins the call page after its first paint: inputs of its own, said and filled like the checklist's."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ptodesk_gui.sop.entry import Entry


class Part(QWidget):
    """Inputs beside the checklist."""

    edited = Signal(str, str)  # path of the field, what stands in it
    focus_changed = Signal(str)

    def load(self, entry: Entry) -> None:
        """Fill its inputs from the entry, saying nothing."""
        raise NotImplementedError

    def focus_field(self, path: str) -> bool:
        """Put the keyboard into the field with this path; False when it has none."""
        raise NotImplementedError
