"""Python's collector, on the window's thread alone.

It runs in whichever thread happens to allocate, and destroys there what it finds. A widget or timer that is destroyed by another
thread than its own ends the program from one instant to the next, in whatever Qt does at that moment.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 250  # from one look to the next


class Tidying(QObject):
    """While it is there, nothing is collected but in turns of the window's thread, by Python's thresholds.

    What has been there for long is looked through more often than Python does, which waits besides until there is a quarter more
    of it; ``gc.freeze`` keeps what the program is made of out of that.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()


def collect_what_is_due() -> None:
    """Collect, on the thread that calls, as far as Python's thresholds have it."""
    due = [
        number
        for number, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if count > most
    ]
    if due:
        gc.collect(due[-1])
