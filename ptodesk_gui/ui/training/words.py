"""Every sentence of the practice panel and of the comparison."""

from collections.abc import Mapping
from typing import Final

from ptodesk_gui.sop.training import Comparison, Point, Verdict

DOCK: Final = "Practice"
CHOOSE: Final = "Who is to call?"
NOBODY: Final = "The practice desk is still being opened."
CALLERS: Final = "Practice callers"
BEGIN: Final = "Let them call"
BAD_DAY: Final = "Bad day"
BAD_DAY_SPOKEN: Final = "Bad day: slow, limited, lossy"
NEXT: Final = "Next sentence  F8"
NO_MORE: Final = "That is all they say"
SENTENCES: Final = "Said so far"
JOB_PAGE: Final = "The job page"
COPY_JOB: Final = "Copy"
COPY_JOB_SPOKEN: Final = "Copy the job page"
TICKETS: Final = "On the desk"
COPY_KEY: Final = "Copy"
COPY_KEY_SPOKEN: Final = "Copy {key}"
COMPARE: Final = "Compare  Shift+F8"
ANOTHER: Final = "Another caller"
STAGES: Final = (
    "Take the call. After filing, what was filed is compared with what the procedure asks.",
    "It is being filed.",
    "Filed. It is being compared ...",
)
SUMMARY: Final = "{right} of {all} points as the procedure asks."
DIFFERENT_ONES: Final = "{count} different."
LOOK_ONES: Final = "{count} for you to judge."
TIMES: Final = "Call {call}, wrap-up {wrap_up}."
PAGE: Final = "What was filed, and what the procedure asks"
BACK: Final = "Back"
ASKED: Final = "Asked"
FILED: Final = "Filed"
LESSON: Final = "What there is to learn here"
POINTS: Final = "Point by point"
VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.RIGHT: "As asked",
    Verdict.LOOK: "Judge it",
    Verdict.DIFFERENT: "Different",
}
_SHORT: Final = 90


def summary(comparison: Comparison) -> str:
    """How many points stand how, and the times, in one line."""
    parts = [SUMMARY.format(right=comparison.count(Verdict.RIGHT), all=len(comparison.points))]
    if count := comparison.count(Verdict.DIFFERENT):
        parts.append(DIFFERENT_ONES.format(count=count))
    if count := comparison.count(Verdict.LOOK):
        parts.append(LOOK_ONES.format(count=count))
    if comparison.call_seconds is not None and comparison.wrap_up_seconds is not None:
        times = TIMES.format(call=_time(comparison.call_seconds), wrap_up=_time(comparison.wrap_up_seconds))
        parts.append(times)
    return "  ".join(parts)


def heading(point: Point) -> str:
    """The point with its rules: "Title (H2)"."""
    return f"{point.what} ({', '.join(point.rules)})" if point.rules else point.what


def in_short(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1].rstrip() + "…"


def _time(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
