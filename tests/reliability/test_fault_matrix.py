"""Every request of every flow goes wrong in every way: in the end the desk has what was planned, once, and nobody was lied to.

The plain run takes every request of a phone call with every fault, and what is special to each of the other flows with three
of five: with the one that leads to doing a thing twice, and with two that go round from flow to flow. ``make reliability``
takes all of it.
"""

import random
from collections.abc import Collection

import pytest

from tests.reliability.case import Bench, Ended
from tests.reliability.flows import FLOWS, Flow
from tests.reliability.line import TROUBLES, Point
from tests.reliability.tally import FULL, Tally

ALWAYS = "cut after the desk acted"
IN_TURN = ("500", "429, wait in seconds", "401", "403")
IN_A_ROW = ("connection refused", "cut after the desk acted", "429, wait in seconds", "500, and acted", "503")
SEVERAL = 60 if FULL else 4  # cases of several faults for each flow
FINDING_OUT = ("GET /_edge/tenant_info", "GET /rest/api/3/myself")
LOOK_UPS = (
    "POST /rest/api/3/search/jql",
    "POST /rest/api/3/issue/bulkfetch",
    "GET /rest/api/3/issue/{issueIdOrKey}/comment",
    "GET /rest/api/3/issue/{issueIdOrKey}",
)


def special(point: Point) -> bool:
    """Whether the request is about a ticket, and not one that asks a site for its names, which all flows share."""
    path = point.operation.partition(" ")[2].removeprefix("/rest/api/3/")
    return path.startswith(("issue", "bulk/")) and path != "issueLinkType"


def chosen(bench: Bench, flow: Flow) -> list[Point]:
    """The requests of the flow that go wrong.

    How many are refused before it is known that the token has scopes depends on which of several comes first.
    """
    points = bench.points(flow)
    if flow.scoped:
        return [p for p in points if special(p) or p.operation in FINDING_OUT]
    return points if FULL or flow.name == "phone" else [p for p in points if special(p)]


def faults(flow: str) -> Collection[str]:
    """What goes wrong with the flow's requests: each fault of IN_TURN with every other flow."""
    if FULL or flow == "phone":
        return TROUBLES
    return {ALWAYS, *IN_TURN[list(FLOWS).index(flow) % 2 :: 2]}


PAIRS = [(flow, fault) for flow in FLOWS for fault in TROUBLES if fault in faults(flow)]


@pytest.mark.parametrize(("flow", "fault"), PAIRS)
def test_one_request_goes_wrong(bench: Bench, flow: str, fault: str) -> None:
    tally = Tally("one", flow, fault)
    for point in chosen(bench, FLOWS[flow]):
        ended = bench.case(FLOWS[flow], point, TROUBLES[fault])
        assert ended.hits == 1, f"{point} was never sent"
        tally.add(ended)
    tally.close()


@pytest.mark.skipif(not FULL, reason="part of make reliability")
@pytest.mark.parametrize("fault", IN_A_ROW)
@pytest.mark.parametrize("flow", FLOWS)
def test_one_request_goes_wrong_five_times_in_a_row(bench: Bench, flow: str, fault: str) -> None:
    tally = Tally("row", flow, fault)
    for point in chosen(bench, FLOWS[flow]):
        tally.add(bench.case(FLOWS[flow], point, TROUBLES[fault], times=5))
    tally.close()


@pytest.mark.parametrize("flow", FLOWS)
def test_several_requests_go_wrong_look_ups_among_them(bench: Bench, flow: str) -> None:
    tally = Tally("several", flow, "")
    for number in range(SEVERAL):
        tally.add(several(bench, FLOWS[flow], random.Random(f"{flow} {number}")))  # noqa: S311 - the same every time
    tally.close()


def several(bench: Bench, flow: Flow, chance: random.Random) -> Ended:
    """A case in which up to six requests go wrong, some of them those that look up what became of others."""
    points = sorted(chosen(bench, flow), key=str)
    looks = [Point(operation, number) for operation in LOOK_UPS for number in (1, 2, 3)]
    wrong = {
        point: TROUBLES[chance.choice(list(TROUBLES))]
        for point in [*chance.sample(points, min(len(points), 4)), *chance.sample(looks, 2)]
    }
    ended = Ended(flow.name, "; ".join(f"{point}: {what.name}" for point, what in wrong.items()))
    with bench.begun(flow) as case:
        for point, what in wrong.items():
            bench.line.trouble(point, what)
        case.to_the_end()
        ended.hits = bench.line.hits
        bench.judge(flow, case, ended)
    return ended
