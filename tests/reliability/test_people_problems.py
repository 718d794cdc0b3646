"""What only a person can mend: one sentence and a cure, the rest of the plan goes as far as it may, and after the cure it is complete."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ptodesk_gui.sop.progress import PlanProgress, PlanState, StepState
from ptodesk_gui.sop.steps import CreateTicket, LinkTickets, Step
from tests.reliability.case import Bench, Case, Ended
from tests.reliability.flows import FLOWS
from tests.reliability.site import Site
from tests.reliability.tally import Tally

LONGEST = 400  # characters of a sentence that somebody is to read at once


def denied(permission: str, project: str = "PTO") -> Callable[[Site], None]:
    return lambda site: site.practice.switches.denied.add((permission, project))


def granted(site: Site) -> None:
    site.practice.switches.denied.clear()


def switched(name: str, value: bool) -> Callable[[Site], None]:
    return lambda site: setattr(site.practice.switches, name, value)


def renamed(table: str, column: str, before: str, after: str) -> Callable[[Site], None]:
    return lambda site: site.changed(f"UPDATE {table} SET {column} = '{after}' WHERE {column} = '{before}'")  # noqa: S608


@dataclass(frozen=True)
class Problem:
    """Something that is not as the plan needs it, ``broken`` before filing. ``stuck`` are the steps that say so.

    ``left`` are the steps that are done all the same and leave something to a person.
    """

    name: str
    flow: str
    broken: Callable[[Site], None]
    mended: Callable[[Site], None]
    stuck: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


REQUEST_TYPE = ("request_type", "name", "PTO/M3 delay", "PTO and M3 delay")
CATEGORY = ("category", "value", "Operations", "Field operations")
CAUSED = ("link_type", "inward", "is caused by", "comes from")


def back(table: str, column: str, before: str, after: str) -> Callable[[Site], None]:
    return renamed(table, column, after, before)


PROBLEMS = (
    Problem("may not create tickets", "phone", denied("CREATE_ISSUES"), granted, ("homeowner.create",)),
    Problem("may not link", "phone", denied("LINK_ISSUES"), granted, ("installer.link",)),
    Problem("may not edit", "HubSpot", denied("EDIT_ISSUES"), granted, ("source.edit",)),
    Problem("may not close", "installer extra", denied("TRANSITION_ISSUES"), granted, ("source.close",)),
    Problem(
        "may not comment",
        "phone",
        denied("ADD_COMMENTS"),
        granted,
        ("homeowner.details", "homeowner.reply", "installer.details", "installer.reply"),
    ),
    Problem(
        "may not set reporters",
        "phone",
        denied("MODIFY_REPORTER"),
        granted,
        ("homeowner.reply", "installer.reply"),
        ("homeowner.create", "installer.create"),
    ),
    Problem("may not assign", "phone", denied("ASSIGN_ISSUES"), granted, (), ("homeowner.create", "installer.create")),
    Problem("no agent of the project", "phone", denied("SERVICEDESK_AGENT"), granted, ("homeowner.create",)),
    Problem("project not visible", "phone", denied("BROWSE_PROJECTS"), granted, ("homeowner.create",)),
    Problem("request type renamed", "phone", renamed(*REQUEST_TYPE), back(*REQUEST_TYPE), ("homeowner.create",)),
    Problem(
        "organization not creatable",
        "phone",
        switched("organizations_creatable", False),
        switched("organizations_creatable", True),
        ("homeowner.create",),
    ),
    Problem(
        "closing screen without the category",
        "Account Servicing",
        renamed(*CATEGORY),
        back(*CATEGORY),
        ("source.close",),
    ),
    Problem(
        "reporter not creatable",
        "phone",
        switched("customers_creatable", False),
        switched("customers_creatable", True),
        ("homeowner.reply", "installer.reply"),
        ("homeowner.create", "installer.create"),
    ),
    Problem("link type missing", "phone", renamed(*CAUSED), back(*CAUSED), ("installer.link",)),
    Problem(
        "moving forbidden",
        "homeowner's email",
        switched("moves_allowed", False),
        switched("moves_allowed", True),
        ("homeowner.move",),
    ),
    Problem(
        "assignee not on the site",
        "phone",
        renamed("account", "name", "Jessica Hauger", "J. Hauger"),
        renamed("account", "name", "J. Hauger", "Jessica Hauger"),
        (),
        ("homeowner.create", "installer.create"),
    ),
)


@pytest.mark.parametrize("problem", PROBLEMS, ids=[p.name for p in PROBLEMS])
def test_the_rest_goes_on_and_after_the_cure_it_is_complete(own_bench: Bench, problem: Problem) -> None:
    flow, tally = FLOWS[problem.flow], Tally("people", problem.flow, problem.name)
    ended = Ended(flow.name, problem.name)
    own_bench.planned(flow)
    with own_bench.begun(flow) as case:
        problem.broken(own_bench.site)
        assert case.filer.run_until_idle(3600)
        progress = case.progress()
        went_as_far_as_it_may(progress, problem)
        tally.said = said_plainly(progress, problem)
        problem.mended(own_bench.site)
        case.to_the_end()
        own_bench.judge(flow, case, ended)
    tally.add(ended)
    tally.close()


def went_as_far_as_it_may(progress: PlanProgress, problem: Problem) -> None:
    """Everything is done but what is refused and what needs that."""
    steps = [shown.step for shown in progress.steps]
    blocked = set(problem.stuck)
    for step in steps:
        if not blocked.isdisjoint(needed(step, steps)):
            blocked.add(step.id)
    states = {shown.step.id: shown.state for shown in progress.steps}
    assert {name for name, state in states.items() if state is StepState.REFUSED} == set(problem.stuck)
    assert {name for name, state in states.items() if state is not StepState.DONE} == blocked
    assert progress.state is (PlanState.PERSON if problem.stuck else PlanState.FILED)
    assert {shown.step.id for shown in progress.steps if shown.left_to_do} == set(problem.left)


def needed(step: Step, steps: list[Step]) -> set[str]:
    """The steps that must be done before this one."""
    roles = {step.from_, step.to} if isinstance(step, LinkTickets) else {step.ticket}
    made = {s.id for s in steps if isinstance(s, CreateTicket) and s.ticket in roles and s is not step}
    return made | set(step.needs)


def said_plainly(progress: PlanProgress, problem: Problem) -> list[str]:
    """What the first step that is stuck says, or what is left to do: a sentence and its cure, each short enough to be read."""
    for shown in progress.steps:
        for text in (shown.reason, shown.cure, shown.left_to_do):
            assert len(text) <= LONGEST
            assert "\n" not in text
            assert "{" not in text
            assert not text or text.endswith(".")
        assert bool(shown.reason) == bool(shown.cure) == (shown.step.id in problem.stuck)
    first = next(shown for shown in progress.steps if shown.step.id in (problem.stuck or problem.left))
    return [first.reason or first.left_to_do, first.cure]


@pytest.mark.parametrize("step", ["", "homeowner.create", "homeowner.reply", "installer.create"])
def test_a_token_that_is_revoked_in_the_middle_holds_all_and_after_signing_in_all_goes_on(
    own_bench: Bench, step: str
) -> None:
    flow, tally = FLOWS["phone"], Tally("people", "phone", "token revoked")
    ended = Ended(flow.name, f"revoked after {step or 'nothing'}")
    own_bench.planned(flow)
    with own_bench.begun(flow) as case:
        revoke_after(case, own_bench.site, step)
        assert case.filer.run_until_idle(3600)
        progress = case.progress()
        assert progress.state is PlanState.PERSON
        assert progress.held.startswith("Jira did not accept the sign-in")
        assert progress.held_cure == "Sign in again in the settings with a valid API token, then retry."
        tally.said = [progress.held, progress.held_cure]
        asked = len(own_bench.line.sent)
        assert case.filer.run_until_idle(24 * 3600)
        assert len(own_bench.line.sent) == asked  # an account that is refused again and again may be locked
        own_bench.site.practice.admit()
        own_bench.site.sign_in = (own_bench.site.sign_in[0], "another token")
        case.sign_in()
        case.filer.resume("site")
        case.to_the_end()
        own_bench.judge(flow, case, ended)
    tally.add(ended)
    tally.close()


def revoke_after(case: Case, site: Site, step: str) -> None:
    """Make the token worthless as soon as that step is done."""
    told = case.truth.told

    def see(progress: PlanProgress) -> None:
        told(progress)
        done = {shown.step.id for shown in progress.steps if shown.state is StepState.DONE}
        if step in done and not revoked:
            revoked.append(True)
            site.practice.revoke_token()

    revoked: list[bool] = []
    if not step:
        site.practice.revoke_token()
    case.truth.told = see  # type: ignore[method-assign]
