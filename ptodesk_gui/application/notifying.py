"""What needs a person is said once, and not into a call: it is collected there, and told when the call is over."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.call import CallAtHand, Phase
from ptodesk_gui.sop.progress import PlanProgress, PlanState
from ptodesk_gui.sop.view import Weight

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PERSON: Final = "{title}: a person is needed. The outbox says what to do."
NEED: Final = "{what} you. The outbox (Ctrl+Shift+O) has them."
CALL_NEEDS: Final = "A call needs you."
OUTSIDE: Final = "{what} you."


class Notifying(QObject):
    """Stands between what becomes of filed calls, and the strip and the system's tray.

    What is for outside the window has no name in it, nor anything else of a homeowner: it may be seen on a locked screen.
    """

    said = Signal(str, object)  # a sentence for the strip, its Weight
    notified = Signal(str)  # a few words for outside the window, while the agent is not at it

    def __init__(self, call: CallAtHand, window: "QWidget", parent: QObject) -> None:
        super().__init__(parent)
        self._call, self._window = call, window
        self._states: dict[int, PlanState] = {}
        self._calls: dict[int, str] = {}  # plans that need somebody and were not told of yet: what to say
        self._follow_ups: list[str] = []  # the same of follow-ups: what is for outside
        self._sentences: list[tuple[str, Weight]] = []  # of follow-ups: what is for the strip

    @property
    def quiet(self) -> bool:
        """Whether somebody is on the line."""
        return self._call.phase is Phase.CALL and not self._call.empty

    def plan_moved(self, plan: PlanProgress) -> None:
        """What became of a plan: it needs somebody from now on, or no more."""
        before = self._states.get(plan.plan_id)
        self._states[plan.plan_id] = plan.state
        if plan.state is not PlanState.PERSON:
            self._calls.pop(plan.plan_id, None)
        elif before is not PlanState.PERSON:
            self._calls[plan.plan_id] = PERSON.format(title=plan.title)
            self.look()

    def follow_up_said(self, text: str, weight: Weight) -> None:
        """There is something to say of follow-ups."""
        self._sentences.append((text, weight))
        self.look()

    def follow_up_notified(self, text: str) -> None:
        """A follow-up needs somebody: a few words for outside the window."""
        self._follow_ups.append(text)
        self.look()

    def follow_ups_counted(self, waiting: int) -> None:
        """So many need somebody: none does when all were seen to meanwhile."""
        if not waiting:
            self._follow_ups.clear()
            self._sentences = [(text, weight) for text, weight in self._sentences if weight is Weight.HINT]

    def look(self) -> None:
        """Tell what was collected, unless somebody is on the line."""
        if self.quiet or not (self._calls or self._follow_ups or self._sentences):
            return
        calls, follow_ups, sentences = tuple(self._calls.values()), tuple(self._follow_ups), tuple(self._sentences)
        self._calls.clear()
        self._follow_ups.clear()
        self._sentences.clear()
        for_strip = [*((text, Weight.WARNING) for text in calls), *sentences]
        if len(for_strip) == 1:
            self.said.emit(*for_strip[0])
        elif for_strip:
            due = len(follow_ups) or sum(weight is Weight.WARNING for _, weight in sentences)
            what = _count(len(calls), due)
            self.said.emit(NEED.format(what=what) if what else for_strip[-1][0], for_strip[0][1])
        if (calls or follow_ups) and not self._window.isActiveWindow():
            several = len(calls) + len(follow_ups) > 1
            words = follow_ups[0] if follow_ups else CALL_NEEDS
            self.notified.emit(OUTSIDE.format(what=_count(len(calls), len(follow_ups))) if several else words)


def _count(calls: int, follow_ups: int) -> str:
    """ "2 calls and 1 follow-up need"; empty for none."""
    parts = [
        f"{number} {name}" + ("s" if number > 1 else "")
        for number, name in ((calls, "call"), (follow_ups, "follow-up"))
        if number
    ]
    return f"{' and '.join(parts)} {'needs' if calls + follow_ups == 1 else 'need'}" if parts else ""
