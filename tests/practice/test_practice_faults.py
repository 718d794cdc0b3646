"""Faults on purpose: each does what it says, to the request it is meant for, and to no other."""

import email.utils
import json
import threading
import time
from typing import Any

import pytest
import requests

from ptodesk_gui.practice import faults

CREATE = "POST /rest/api/3/issue"


def tickets(http: Any) -> int:
    return int(http.ask("GET", "/").text.count("/browse/"))


def create(http: Any) -> requests.Response:
    answer: requests.Response = http.ask("POST", "/rest/api/3/issue", json={"fields": http.fields()})
    return answer


def test_a_connection_cut_before_the_desk_acted(http: Any) -> None:
    armed = http.desk.fault(CREATE, faults.cut_before())
    with pytest.raises(requests.ConnectionError):
        create(http)
    assert (armed.hits, tickets(http)) == (1, 0)
    assert http.desk.requests[-2].status == 0
    assert create(http).status_code == 201


def test_a_connection_cut_after_the_desk_acted(http: Any) -> None:
    http.desk.fault(CREATE, faults.cut_after())
    with pytest.raises(requests.ConnectionError):
        create(http)
    assert tickets(http) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 429, 500, 502, 503])
def test_an_answer_of_any_status_without_acting(http: Any, status: int) -> None:
    http.desk.fault(CREATE, faults.answer(status, '{"errorMessages": ["x"]}', {"X-Sample": "1"}))
    answer = create(http)
    assert (answer.status_code, answer.headers["X-Sample"]) == (status, "1")
    assert answer.json() == {"errorMessages": ["x"]}
    assert tickets(http) == 0


def test_a_gateway_that_gave_up_on_a_request_that_arrived(http: Any) -> None:
    http.desk.fault(CREATE, faults.answer(504, acts=True))
    assert create(http).status_code == 504
    assert tickets(http) == 1


def test_429_with_retry_after_in_seconds_as_a_date_and_missing(http: Any, clock: Any) -> None:
    http.desk.fault(CREATE, faults.too_many(7, "jira-per-issue-on-write"))
    http.desk.fault(CREATE, faults.too_many("date", now=clock.now), nth=2)
    http.desk.fault(CREATE, faults.too_many(None, None), nth=3)
    http.desk.fault(CREATE, faults.too_many(2.0, None, status=503), nth=4)
    first, second, third, fourth = [create(http) for _ in range(4)]
    assert (first.headers["Retry-After"], first.headers["RateLimit-Reason"]) == ("7", "jira-per-issue-on-write")
    when = email.utils.parsedate_to_datetime(second.headers["Retry-After"])
    assert when.timestamp() == clock.now + 30
    assert not {"Retry-After", "RateLimit-Reason"} & set(third.headers)
    assert (fourth.status_code, fourth.headers["Retry-After"]) == (503, "2")
    assert [first.status_code, second.status_code, third.status_code] == [429] * 3


@pytest.mark.parametrize(("acts", "made"), [(False, 0), (True, 1)])
def test_html_instead_of_json(http: Any, acts: bool, made: int) -> None:
    http.desk.fault(CREATE, faults.html(acts=acts))
    answer = create(http)
    assert answer.status_code == 200
    assert answer.text.startswith("<!DOCTYPE html>")
    assert tickets(http) == made


def test_half_a_body(http: Any) -> None:
    http.desk.fault(CREATE, faults.half_body())
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        create(http)
    assert tickets(http) == 1
    key = "PTO-1"
    http.desk.fault("PUT *", faults.half_body())
    with pytest.raises(requests.ConnectionError):  # 204 has no body to break
        http.ask("PUT", f"/rest/api/3/issue/{key}", json={"fields": {"summary": "New"}})
    assert http.issue(key)["fields"]["summary"] == "New"


def test_an_answer_after_the_client_s_patience(http: Any) -> None:
    http.desk.fault(CREATE, faults.slow(60))
    with pytest.raises(requests.ReadTimeout):
        http.session.post(http.desk.url + "/rest/api/3/issue", json={"fields": http.fields()}, timeout=0.2)
    assert tickets(http) == 1
    began = time.monotonic()
    http.desk.stop()  # does not wait for the slow answer
    assert time.monotonic() - began < 10


def test_a_request_that_is_carried_out_late(http: Any) -> None:
    http.desk.fault(CREATE, faults.slow(0.1, acts=False))
    assert create(http).status_code == 201
    seen = next(s for s in http.desk.requests if (s.method, s.status) == ("POST", 201))
    assert seen.ended - seen.started >= 0.1


@pytest.mark.parametrize("acts", [True, False], ids=["acted at once", "acts later"])
def test_an_answer_is_held_back_until_the_gate_is_opened(http: Any, acts: bool) -> None:
    gate = threading.Event()
    armed = http.desk.fault(CREATE, faults.held(gate, acts=acts))
    with pytest.raises(requests.ReadTimeout):
        http.session.post(http.desk.url + "/rest/api/3/issue", json={"fields": http.fields()}, timeout=0.5)
    assert (armed.hits, tickets(http)) == (1, int(acts))
    gate.set()
    http.desk.stop()  # waits for what is under way
    http.desk.start()
    assert tickets(http) == 1


def test_a_desk_that_stops_waits_for_no_gate(http: Any) -> None:
    http.desk.fault(CREATE, faults.held(threading.Event(), acts=False))
    with pytest.raises(requests.ReadTimeout):
        http.session.post(http.desk.url + "/rest/api/3/issue", json={"fields": http.fields()}, timeout=0.1)
    http.desk.stop()
    http.desk.start()
    assert http.ask("GET", "/").status_code == 200


def test_the_nth_request_and_so_many_in_a_row(http: Any) -> None:
    armed = http.desk.fault(CREATE, faults.answer(500), nth=2, times=2)
    assert [create(http).status_code for _ in range(4)] == [201, 500, 500, 201]
    assert (armed.seen, armed.hits) == (4, 2)
    http.desk.fault(CREATE, faults.answer(503), times=None)
    assert [create(http).status_code for _ in range(3)] == [503] * 3
    http.desk.clear_faults()
    assert create(http).status_code == 201


@pytest.mark.parametrize(
    ("matcher", "hit"),
    [
        ("*", True),
        ("GET *", True),
        ("POST *", False),
        ("GET /rest/api/3/issue/{issueIdOrKey}", True),
        ("* /rest/api/3/issue/{issueIdOrKey}", True),
        ("GET /rest/api/3/myself", False),
        (lambda method, path: path.endswith("{issueIdOrKey}"), True),
    ],
)
def test_which_requests_a_fault_is_for(http: Any, matcher: Any, hit: bool) -> None:
    key = http.create()
    http.desk.fault(matcher, faults.answer(418))
    assert (http.ask("GET", f"/rest/api/3/issue/{key}").status_code == 418) is hit


def test_a_fault_hits_also_what_would_have_been_refused(http: Any) -> None:
    http.desk.fault("GET *", faults.cut_after())
    with pytest.raises(requests.ConnectionError):
        http.ask("GET", "/rest/api/3/issue/PTO-9")


def test_a_fault_s_answer_may_be_anything(http: Any) -> None:
    http.desk.fault("GET *", faults.answer(200, json.dumps([1, None])))
    assert http.ask("GET", "/rest/api/3/myself").json() == [1, None]
