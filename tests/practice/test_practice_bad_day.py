"""A bad day: slow, rate-limited, lossy; by chance, always the same for one seed, and never without an end."""

from collections import Counter
from typing import Any

import pytest
import requests

from ptodesk_gui.practice.bad_day import LONGEST_RUN, BadDay, Weather

CREATE = ("POST", "/rest/api/3/issue")
DRAWN = 2_000
QUICK = BadDay(seed=3, slowest=0.0)


def kinds(day: BadDay, method: str = "POST", count: int = DRAWN) -> list[str]:
    """What happens to so many requests of one operation, in a word each."""
    weather = Weather(day)
    return [kind(weather.fault(method, "/rest/api/3/issue")) for _ in range(count)]


def kind(fault: Any) -> str:
    if fault.own:
        return "half" if fault.half else "slow"
    if fault.status is None:
        return "lost" if fault.acts else "unreached"
    return f"{fault.status}{' acted' if fault.acts else ''}"


def test_one_seed_has_one_bad_day_and_another_seed_another() -> None:
    assert kinds(QUICK) == kinds(QUICK)
    assert kinds(QUICK) != kinds(BadDay(seed=4, slowest=0.0))


def test_how_operations_take_turns_changes_nothing_for_any_of_them() -> None:
    alone, mixed = Weather(QUICK), Weather(QUICK)
    drawn = []
    for _ in range(50):
        mixed.fault("GET", "/rest/api/3/field")
        drawn.append(kind(mixed.fault(*CREATE)))
    assert drawn == [kind(alone.fault(*CREATE)) for _ in range(50)]


def test_everything_that_can_go_wrong_does() -> None:
    seen = Counter(kinds(QUICK))
    assert set(seen) == {"slow", "half", "lost", "unreached", "429", "500", "500 acted"}
    assert seen["slow"] > DRAWN / 2


def test_a_read_that_failed_has_done_nothing() -> None:
    assert "500 acted" not in kinds(QUICK, "GET")


def test_a_429_has_not_acted_and_says_how_long_to_wait() -> None:
    weather = Weather(BadDay(lost=0.0, limited=1.0, stumbles=0.0, unreached=0.0, retry_after=3))
    fault = weather.fault(*CREATE)
    assert (fault.status, fault.acts, fault.headers["Retry-After"]) == (429, False, "3")


def test_no_operation_fails_for_ever() -> None:
    worst = BadDay(slowest=0.0, lost=1.0)
    run = longest = 0
    for what in kinds(worst, count=60):
        run = 0 if what == "slow" else run + 1
        longest = max(longest, run)
    assert longest == LONGEST_RUN


def test_answers_take_up_to_so_long() -> None:
    weather = Weather(BadDay(slowest=2.0, lost=0.0, limited=0.0, stumbles=0.0, unreached=0.0))
    delays = [weather.fault(*CREATE).delay for _ in range(200)]
    assert max(delays) <= 2.0
    assert max(delays) > 1.5
    assert min(delays) < 0.5


def test_on_the_desk_a_lost_answer_has_acted_and_a_good_day_comes_back(http: Any) -> None:
    body = {"fields": http.fields()}
    http.desk.bad_day = BadDay(slowest=0.0, lost=1.0, limited=0.0, stumbles=0.0, unreached=0.0)
    with pytest.raises(requests.RequestException):
        http.ask("POST", CREATE[1], json=body)
    assert http.ask("GET", "/browse/PTO-1").status_code == 200  # pages for people are left alone
    http.desk.bad_day = None
    assert http.issue("PTO-1")["key"] == "PTO-1"
    assert not http.desk.switches.limits


def test_a_bad_day_that_was_set_before_the_start_holds_from_the_start(desk_folder: Any, http: Any) -> None:
    http.desk.stop()
    http.desk.bad_day = QUICK
    http.desk.start()
    assert http.desk.switches.limits
    http.desk.bad_day = None
