"""Jira's limits, when they are switched on."""

from typing import Any

import pytest

EXPERIMENTAL = {"X-ExperimentalApi": "opt-in"}


@pytest.fixture(autouse=True)
def limits(desk: Any) -> None:
    desk.switches.limits = True


def statuses(http: Any, count: int, method: str, path: str, body: object = None) -> list[int]:
    return [http.ask(method, path, json=body, headers=EXPERIMENTAL).status_code for _ in range(count)]


def test_a_hundred_reads_a_second_of_one_endpoint(http: Any, clock: Any) -> None:
    assert statuses(http, 101, "GET", "/rest/api/3/myself") == [200] * 100 + [429]
    answer = http.ask("GET", "/rest/api/3/myself")
    assert (answer.headers["Retry-After"], answer.headers["RateLimit-Reason"]) == ("1", "jira-burst-based")
    assert http.ask("GET", "/rest/api/3/field").status_code == 200
    clock.now += 1.01
    assert http.ask("GET", "/rest/api/3/myself").status_code == 200


def test_the_customer_list_only_five_times_a_second(http: Any) -> None:
    path = f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/customer"
    assert statuses(http, 6, "GET", path) == [200] * 5 + [429]


def test_one_issue_takes_twenty_writes_in_two_seconds(http: Any, clock: Any, doc: Any) -> None:
    first, second = http.create(), http.create()
    path, body = f"/rest/api/3/issue/{first}/comment", {"body": doc("x")}
    assert statuses(http, 21, "POST", path, body) == [201] * 20 + [429]
    answer = http.ask("PUT", f"/rest/api/3/issue/{first.lower()}", json={"fields": {"summary": "x"}})
    assert (answer.status_code, answer.headers["RateLimit-Reason"]) == (429, "jira-per-issue-on-write")
    assert http.ask("POST", f"/rest/api/3/issue/{second}/comment", json=body).status_code == 201
    assert http.issue(first)["fields"]["comment"]["total"] == 20
    clock.now += 2.01
    assert http.ask("POST", path, json=body).status_code == 201


def test_one_issue_takes_a_hundred_writes_in_thirty_seconds(http: Any, clock: Any) -> None:
    path, body = f"/rest/api/3/issue/{http.create()}", {"fields": {"summary": "x"}}
    for _ in range(5):
        assert statuses(http, 20, "PUT", path, body) == [204] * 20
        clock.now += 2.01
    answer = http.ask("PUT", path, json=body)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "20")


def test_refused_writes_change_nothing_and_are_not_counted(http: Any, clock: Any) -> None:
    path, body = f"/rest/api/3/issue/{http.create()}", {"fields": {"summary": "x"}}
    statuses(http, 20, "PUT", path, body)
    statuses(http, 40, "PUT", path, {"fields": {"summary": "refused"}})
    assert http.issue("PTO-1")["fields"]["summary"] == "x"
    clock.now += 2.01
    assert statuses(http, 20, "PUT", path, body) == [204] * 20


def test_limits_are_off_by_default(http: Any, desk: Any) -> None:
    desk.switches.limits = type(desk.switches)().limits
    assert set(statuses(http, 120, "GET", "/rest/api/3/serverInfo")) == {200}
