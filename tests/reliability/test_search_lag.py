"""The desk's search lags longer than anybody waits for it: what was sent is found all the same, or a person is asked."""

import pytest

from ptodesk_gui.outbox.retry import CHOICES
from ptodesk_gui.practice import faults
from ptodesk_gui.sop.progress import PlanState, StepState
from tests.reliability.case import Bench, Case, Ended
from tests.reliability.flows import FLOWS, Flow
from tests.reliability.line import TROUBLES, Point, Trouble
from tests.reliability.tally import FULL, Tally

LAG = 2 * 24 * 3600.0  # seconds: no case goes on for so long
LOST = (
    "cut before it arrived",
    "cut after the desk acted",
    "500, and acted",
    "answer after the timeout",
    "arrived after the timeout",
)
ONE = "/rest/api/3/issue/{issueIdOrKey}"
DESK = "/rest/servicedeskapi/servicedesk/{serviceDeskId}"
KINDS = {
    "ticket": ("phone", "POST /rest/api/3/issue", 2),
    "link": ("phone", "POST /rest/api/3/issueLink", 1),
    "comment or reply": ("phone", f"POST {ONE}/comment", 4),
    "edit, with its property": ("HubSpot", f"PUT {ONE}", 1),
    "move": ("homeowner's email", "POST /rest/api/3/bulk/issues/move", 1),
    "closing": ("HubSpot", f"POST {ONE}/transitions", 1),
    "new organization": ("phone", "POST /rest/servicedeskapi/organization", 1),
    "organization joins": ("phone", f"POST {DESK}/organization", 1),
    "new customer": ("phone", "POST /rest/servicedeskapi/customer", 2),
    "customer joins": ("phone", f"POST {DESK}/customer", 2),
}
LOOK_UPS = {
    "ticket": ("POST /rest/api/3/issue", "POST /rest/api/3/issue/bulkfetch", "homeowner.create"),
    "comment": (f"POST {ONE}/comment", f"GET {ONE}/comment", "homeowner.details"),
}


def lagging(bench: Bench, flow: Flow, at: Point, what: Trouble) -> Ended:
    """The flow with one request whose answer is lost, on a desk whose search shows nothing new."""
    ended = Ended(flow.name, f"{at}: {what.name}")
    with bench.begun(flow) as case:
        bench.site.practice.switches.index_lag = LAG
        bench.line.trouble(at, what)
        case.to_the_end()
        ended.hits = bench.line.hits
        bench.judge(flow, case, ended)
    return ended


@pytest.mark.parametrize("fault", LOST)
@pytest.mark.parametrize("kind", KINDS)
def test_what_the_search_does_not_show_is_not_done_again(bench: Bench, kind: str, fault: str) -> None:
    name, operation, times = KINDS[kind]
    flow, tally = FLOWS[name], Tally("lag", name, kind)
    bench.planned(flow)
    for number in range(1, times + 1):
        ended = lagging(bench, flow, Point(operation, number), TROUBLES[fault])
        assert (ended.hits, ended.by_itself) == (1, True), ended.acts
        tally.add(ended)
    tally.close()


@pytest.mark.parametrize("fault", LOST if FULL else LOST[:2])
@pytest.mark.parametrize("kind", LOOK_UPS)
def test_what_cannot_be_settled_stays_unclear_and_both_choices_are_explained(
    bench: Bench, kind: str, fault: str
) -> None:
    operation, look_up, step = LOOK_UPS[kind]
    flow, tally = FLOWS["phone"], Tally("lag", "phone", f"{kind}, and it cannot be looked up")
    bench.planned(flow)
    ended = Ended(flow.name, fault)
    with bench.begun(flow) as case:
        practice = bench.site.practice
        practice.switches.index_lag = LAG
        practice.fault(look_up, faults.answer(403), times=None)
        bench.line.trouble(Point(operation, 1), TROUBLES[fault])
        assert case.filer.run_until_idle(24 * 3600)
        stays_unclear(case, step)
        asked = len(bench.line.sent)
        assert case.filer.run_until_idle(24 * 3600)
        assert len(bench.line.sent) == asked  # it waits for the person, and for nothing else
        case.to_the_end()
        bench.judge(flow, case, ended)
    assert ended.acts == {"said whether it arrived": 1}
    tally.add(ended)
    tally.close()


def stays_unclear(case: Case, step: str) -> None:
    """The step asks whether it arrived, and everything that needs it waits."""
    progress = case.progress()
    assert progress.state is PlanState.PERSON
    (asking,) = (shown for shown in progress.steps if shown.state is StepState.UNCLEAR)
    assert asking.step.id == step
    assert asking.ask_arrived
    assert asking.reason
    assert asking.cure.endswith(CHOICES)
    assert all(shown.state in (StepState.DONE, StepState.WAITING) for shown in progress.steps if shown is not asking)
