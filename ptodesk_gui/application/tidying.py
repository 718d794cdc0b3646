"""Python's collector, on the window's thread alone.

It runs in whichever thread happens to allocate, and destroys there what it finds. A widget or timer that is destroyed by another
thread than its own ends the program from one instant to the next, in whatever Qt does at that moment.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 250  # from one look to the next
LOOKS: Final = 120  # from one look at what has been there for long to the next: that takes longest
GROWN: Final = 1.25  # Python's own measure: so many times what was left of it the last time
_OLDEST: Final = 2  # generation


class Tidying(QObject):
    """While it is there, nothing is collected but in turns of the window's thread, as often as Python itself would."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        self._looks = self._old = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    def _look(self) -> None:
        self._looks += 1
        if self._looks % LOOKS == 0 and len(gc.get_objects(_OLDEST)) > self._old * GROWN:
            gc.collect()
            self._old = len(gc.get_objects(_OLDEST))
            return
        counts = zip(gc.get_count()[:_OLDEST], gc.get_threshold(), strict=False)
        if due := [generation for generation, (count, most) in enumerate(counts) if count > most]:
            gc.collect(due[-1])
