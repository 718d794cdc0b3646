"""The token becomes one of the other kind while a plan waits: it is found out by trying, and links stay at the site's own address."""

import pytest

from ptodesk_gui.sop.progress import PlanProgress, PlanState, StepState
from tests.reliability.case import Bench, Case, Ended
from tests.reliability.flows import FLOWS
from tests.reliability.line import TROUBLES, Point
from tests.reliability.tally import Tally
from tests.reliability.test_people_problems import revoke_after

CREATE = Point("POST /rest/api/3/issue", 1)


def signed_in_with_the_other_kind(case: Case, bench: Bench, scoped: bool) -> None:
    """The person makes a token of the other kind and signs in with it."""
    bench.site.practice.switches.scoped_tokens = scoped
    bench.site.practice.admit()
    bench.site.sign_in = (bench.site.sign_in[0], "a token of the other kind")
    case.sign_in()
    case.filer.resume("site")


@pytest.mark.parametrize("before", ["phone", "phone, scoped token"], ids=["classic first", "scoped first"])
@pytest.mark.parametrize("step", ["", "homeowner.create", "installer.create"])
def test_a_token_of_the_other_kind_is_found_out_while_a_plan_waits(own_bench: Bench, before: str, step: str) -> None:
    flow = FLOWS[before]
    tally, ended = (
        Tally("people", before, "token of another kind"),
        Ended(before, f"other kind after {step or 'nothing'}"),
    )
    own_bench.planned(flow)
    with own_bench.begun(flow) as case:
        revoke_after(case, own_bench.site, step)
        assert case.filer.run_until_idle(3600)
        progress = case.progress()
        assert progress.state is PlanState.PERSON
        tally.said = [progress.held, progress.held_cure]
        signed_in_with_the_other_kind(case, own_bench, not flow.scoped)
        case.to_the_end()
        links_lead_to_the_site(case, own_bench)
        own_bench.judge(flow, case, ended)
    assert ended.by_itself
    tally.add(ended)
    tally.close()


@pytest.mark.parametrize("before", ["phone", "phone, scoped token"], ids=["classic first", "scoped first"])
def test_a_ticket_whose_answer_got_lost_is_found_with_a_token_of_the_other_kind(own_bench: Bench, before: str) -> None:
    flow, ended = FLOWS[before], Ended(before, "other kind while unclear")
    own_bench.planned(flow)
    with own_bench.begun(flow) as case:
        own_bench.line.trouble(CREATE, TROUBLES["cut after the desk acted"])
        told = case.truth.told

        def see(progress: PlanProgress) -> None:
            told(progress)
            unclear = [s for s in progress.steps if s.state is StepState.UNCLEAR]
            if unclear and not revoked:
                revoked.append(True)
                own_bench.site.practice.revoke_token()

        revoked: list[bool] = []
        case.truth.told = see
        assert case.filer.run_until_idle(3600)
        assert case.progress().state is PlanState.PERSON
        assert [s.step.id for s in case.progress().steps if s.state is StepState.UNCLEAR] == ["homeowner.create"]
        signed_in_with_the_other_kind(case, own_bench, not flow.scoped)
        case.to_the_end()
        links_lead_to_the_site(case, own_bench)
        own_bench.judge(flow, case, ended)
    assert (ended.twice, ended.wrong, ended.by_itself) == (0, [], True)


def links_lead_to_the_site(case: Case, bench: Bench) -> None:
    """Every address that a person may open is the site's own, whichever address the token works at."""
    urls = case.progress().browse_urls
    assert urls.keys() == {"homeowner", "installer"}
    assert all(url.startswith(f"{bench.site.practice.url}/browse/PTO-") for url in urls.values())
