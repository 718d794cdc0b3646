"""Every answer of a desk may be bent: nothing breaks, nothing is done twice, and no step is called done that is not."""

import json
import logging
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.mutations import changed_json
from tests.reliability.case import Bench, Ended
from tests.reliability.flows import FLOWS, Flow
from tests.reliability.line import TROUBLES, Point, Trouble
from tests.reliability.test_fault_matrix import LOOK_UPS, special

CASES = max(settings().max_examples // 40, 3)  # of each flow: a whole call is filed in each of them
LOST = ("cut after the desk acted", "cut before it arrived", "500, and acted")


def bent(seed: int) -> Trouble:
    """The desk's own answer with something in it changed."""
    chance = Random(seed)  # noqa: S311 - the same every time

    def change(answer: Any) -> None:
        try:
            body = answer.json()
        except ValueError:
            return
        text = json.dumps(changed_json(body, chance, chance.choice((1, 1, 2, 5))))
        answer._content = text.encode("utf-8", "replace")

    return Trouble(f"bent by {seed}", change=change)


def bent_case(bench: Bench, flow: Flow, seed: int) -> Ended:
    """A case in which some answers are bent, and perhaps one is lost, so that bent ones are looked up as well."""
    chance = Random(seed)  # noqa: S311 - the same every time
    # A site whose link types have each other's phrases is believed: nobody could know better.
    points = sorted((p for p in bench.points(flow) if p.operation != "GET /rest/api/3/issueLinkType"), key=str)
    looks = [Point(operation, number) for operation in LOOK_UPS for number in (1, 2)]
    ended = Ended(flow.name, f"bent by {seed}")
    with bench.begun(flow) as case:
        for point in chance.sample(points, min(len(points), chance.randint(1, 4))):
            bench.line.trouble(point, bent(chance.randrange(2**32)))
        if chance.random() < 0.5:
            lost = chance.choice([p for p in points if special(p) and not p.operation.startswith("GET")])
            bench.line.trouble(lost, TROUBLES[chance.choice(LOST)])
            for point in chance.sample(looks, 2):
                bench.line.trouble(point, bent(chance.randrange(2**32)))
        case.to_the_end()
        ended.twice = bench.site.picture().without_twice(bench.planned(flow))
        ended.wrong = [*case.wrong, *case.truth.lies, *bench.site.practice.crashes]
        bench.site.practice.crashes.clear()
    return ended


@pytest.mark.parametrize("flow", FLOWS)
def test_no_bent_answer_breaks_or_doubles_anything_or_makes_a_lie(
    bench: Bench, caplog: pytest.LogCaptureFixture, flow: str
) -> None:
    bench.planned(FLOWS[flow])

    @settings(max_examples=CASES)
    @given(st.integers(0, 2**32))
    @example(243)  # for two flows: a ticket is made, and its id is called its key
    @example(3600314812)  # HubSpot: a key of another project
    @example(1870644326)  # again, email: a number is the key of a ticket that was moved
    @example(2044899562)  # partner gave up: a field's id is no field's id
    @example(2720064658)  # partner waits: a mapping is a customer's account
    def hold(seed: int) -> None:
        caplog.clear()
        ended = bent_case(bench, FLOWS[flow], seed)
        assert (ended.twice, ended.wrong) == (0, [])
        assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []

    hold()
