"""How filing is told on the console: finished steps and results as JSON lines on stdout, what a person has to do on stderr."""

import json
import sys
import threading
from collections.abc import Mapping

from ptodesk_gui.console.station import FILED, PERSON, QUEUED, say
from ptodesk_gui.sop.progress import PlanProgress, PlanState, StepProgress, StepState


def print_line(values: Mapping[str, object]) -> None:
    """One line of JSON, in UTF-8 whatever the terminal's own encoding is."""
    sys.stdout.buffer.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


class StepPrinter:
    """Prints every step once, when it is done. ``only`` is the plan to print, None for all."""

    def __init__(self, only: int | None) -> None:
        self._only = only
        self._lock = threading.Lock()
        self._printed: set[tuple[int, str]] = set()

    def before(self, progress: PlanProgress) -> None:
        """What is done already is no news."""
        self._printed |= {(progress.plan_id, step.step.id) for step in progress.steps if step.state is StepState.DONE}

    def __call__(self, progress: PlanProgress) -> None:
        """The plan has moved on, or has at last."""
        if self._only not in (None, progress.plan_id):
            return
        with self._lock:
            for step in progress.steps:
                mark = (progress.plan_id, step.step.id)
                if step.state is StepState.DONE and mark not in self._printed:
                    self._printed.add(mark)
                    print_line(_step_line(progress, step))


def say_what_is_left(progress: PlanProgress) -> None:
    """Everything that is not done, why, and what to do about it; and what the site left to a person."""
    if progress.held:
        say(f"{progress.title}: {progress.held} {progress.held_cure}".rstrip())
    for step in progress.steps:
        if step.left_to_do:
            say(f"Left for you: {step.left_to_do}")
        elif step.state is not StepState.DONE and step.reason and step.reason != progress.held:
            say(f"{step.words} ({step.state}): {step.reason} {step.cure}".rstrip())
        if step.ask_arrived:
            say("The window's outbox (ptodesk-gui, Outbox) has both choices.")


def exit_code(progress: PlanProgress) -> int:
    """Filed, still queued, or a person is needed."""
    if progress.state is PlanState.FILED:
        return FILED
    refused = any(step.state is StepState.REFUSED or step.ask_arrived for step in progress.steps)
    return PERSON if refused or progress.state is PlanState.PERSON else QUEUED


def _step_line(progress: PlanProgress, step: StepProgress) -> dict[str, object]:
    line: dict[str, object] = {
        "plan": progress.plan_id,
        "step": step.step.id,
        "action": step.step.action,
        "state": step.state.value,
        "ticket": step.ticket,
    }
    return {**line, "left_to_do": step.left_to_do} if step.left_to_do else line
