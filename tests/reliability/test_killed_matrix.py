"""The program dies at every change of the outbox, and is started again: the desk ends with what was planned, once."""

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.reliability.case import Bench, Case, Ended
from tests.reliability.flows import FLOWS, Flow
from tests.reliability.killed import Child, Killed, Power
from tests.reliability.line import TROUBLES, Point
from tests.reliability.tally import FULL, Tally

MANNERS = {
    "nothing else": (),
    "every first answer lost": ("cut after the desk acted",),
    "every first request lost": ("cut before it arrived",),
    "every first request limited": ("429, wait in seconds",),
}
SOME = [
    (flow, manner)
    for flow in FLOWS
    for manner in MANNERS
    if FULL
    or (flow in ("phone", "again, email") and manner == "nothing else")
    or (flow == "phone" and manner == "every first answer lost")
]
SOME_POINTS = [
    ("write", 1, True),
    ("write", 5, False),
    ("request", 14, True),
    ("request", 15, False),
    ("request", 19, True),
]


@pytest.fixture
def power() -> Iterator[Power]:
    made = Power()
    with made.watched():
        yield made


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize(("flow", "manner"), SOME)
def test_the_program_dies_at_a_change_of_the_outbox(
    bench: Bench, power: Power, flow: str, manner: str, after: bool
) -> None:
    tally = Tally("killed", flow, manner)
    for write in count():
        ended, died = killed_at(bench, FLOWS[flow], power, write, after, MANNERS[manner])
        if not died:
            break
        tally.add(ended)
    assert tally.cases > len(bench.planned(FLOWS[flow]).tickets)
    tally.close()


def killed_at(
    bench: Bench, flow: Flow, power: Power, write: int, after: bool, troubles: tuple[str, ...]
) -> tuple[Ended, bool]:
    """A case in which the power fails at one write; whether there was such a write."""
    ended, died = Ended(flow.name, f"write {write} {'after' if after else 'before'}, {troubles}"), False
    points = bench.points(flow)
    with bench.begun(flow) as case:
        for point in (p for p in points if is_made_once(p) for _ in troubles):
            bench.line.trouble(point, TROUBLES[troubles[0]])
        power.fail(write, after=after)
        try:
            case.to_the_end()
        except Killed:
            died = True
        power.fail(None)
        if died and not after:
            bench.line.forget_last_answer()
        if died:
            started_again(bench, case)
        bench.judge(flow, case, ended)
    return ended, died


def is_made_once(point: Point) -> bool:
    """Whether the request makes something that a repetition would make again."""
    return point.operation.startswith("POST /rest/api/3/issue") and not point.operation.endswith("issueLink")


def started_again(bench: Bench, case: Case) -> None:
    """The program is started again a second later, and files to the end."""
    case.end()
    bench.site.clock.pause(1.0)
    case.start()
    case.to_the_end()


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
@pytest.mark.parametrize(("kind", "number", "after"), SOME_POINTS)
def test_a_process_is_really_killed(bench: Bench, project_dir: Path, kind: str, number: int, after: bool) -> None:
    ended, died = really_killed(bench, project_dir, FLOWS["phone"], kind, number, after)
    tally = Tally("really", "phone", kind)
    tally.add(ended)
    assert died
    tally.close()


@pytest.mark.skipif(not FULL or sys.platform == "win32", reason="part of make reliability; kills with a signal")
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", ["write", "request"])
@pytest.mark.parametrize("flow", ["phone", "again, email"])
def test_a_process_is_really_killed_at_every_write_and_request(
    bench: Bench, project_dir: Path, flow: str, kind: str, after: bool
) -> None:
    tally = Tally("really", flow, kind)
    for number in count(int(kind == "request")):
        ended, died = really_killed(bench, project_dir, FLOWS[flow], kind, number, after)
        if not died:
            break
        tally.add(ended)
    tally.close()


def really_killed(bench: Bench, root: Path, flow: Flow, kind: str, number: int, after: bool) -> tuple[Ended, bool]:
    ended = Ended(flow.name, f"{kind} {number} {'after' if after else 'before'}")
    bench.points(flow)
    with bench.begun(flow) as case:
        case.end()
        site = bench.site
        child = Child(site.practice.url, *site.sign_in, str(case.folder), site.clock.now, kind, number, after)
        died = child.run(root)
        started_again(bench, case)
        bench.judge(flow, case, ended)
    return ended, died
