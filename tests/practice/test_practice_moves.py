"""Moving a ticket between projects: a task, a new key, and an old key that goes on finding it."""

from typing import Any

import pytest

INFER = {
    "inferClassificationDefaults": True,
    "inferFieldDefaults": True,
    "inferStatusDefaults": True,
    "inferSubtaskTypeDefault": True,
}


def move(http: Any, key: str, target: str = "PTO", status: int = 201, **changed: Any) -> Any:
    sources = {"issueIdsOrKeys": [key], **INFER, **changed}
    body = {"targetToSourcesMapping": {f"{target},{http.issue_type()}": sources}, "sendBulkNotification": False}
    return http.post("/rest/api/3/bulk/issues/move", body, status)


def test_a_moved_ticket_keeps_its_id_and_gets_a_new_key__T1(http: Any) -> None:
    http.create()
    key = http.create(project={"key": "EBH"}, labels=["x"])
    number = http.issue(key)["id"]
    task = http.get(f"/rest/api/3/bulk/queue/{move(http, key)['taskId']}")
    assert (task["status"], task["processedAccessibleIssues"], task["progressPercent"]) == (
        "COMPLETE",
        [int(number)],
        100,
    )
    moved = http.issue(number)
    assert (moved["key"], moved["fields"]["project"]["key"], moved["fields"]["labels"]) == ("PTO-2", "PTO", ["x"])
    assert http.issue(key)["key"] == "PTO-2"
    assert http.create(project={"key": "EBH"}) == "EBH-2"


def test_a_move_takes_its_time(http: Any, clock: Any) -> None:
    http.desk.switches.move_seconds = 3.0
    key = http.create(project={"key": "SS"})
    task = f"/rest/api/3/bulk/queue/{move(http, key)['taskId']}"
    assert http.get(task)["status"] == "RUNNING"
    assert http.issue(key)["key"] == key
    clock.now += 3.1
    assert http.issue(key)["key"] == "PTO-1"
    assert http.get(task)["status"] == "COMPLETE"


def test_what_belongs_to_the_old_project_alone_does_not_move(http: Any) -> None:
    organizations = http.field("Organizations")
    company = http.everything(f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/organization")[0]["id"]
    key = http.create(**{http.field("Request Type"): http.request_type(), organizations: [int(company)]})
    move(http, key, "EBH")
    fields = http.issue(key)["fields"]
    assert (fields[http.field("Request Type")], fields[organizations]) == (None, [])


def test_links_and_comments_stay_with_a_moved_ticket(http: Any, doc: Any) -> None:
    other, key = http.create(), http.create(project={"key": "EBH"})
    body = {"type": {"name": "Relates"}, "inwardIssue": {"key": key}, "outwardIssue": {"key": other}}
    http.post("/rest/api/3/issueLink", body)
    http.post(f"/rest/api/3/issue/{key}/comment", {"body": doc("kept")})
    move(http, key)
    fields = http.issue(key)["fields"]
    assert (len(fields["issuelinks"]), fields["comment"]["total"]) == (1, 1)
    assert http.issue(other)["fields"]["issuelinks"][0]["inwardIssue"]["key"] == "PTO-2"


def test_a_site_can_forbid_moves(http: Any) -> None:
    http.desk.switches.moves_allowed = False
    key = http.create(project={"key": "EBH"})
    assert "errors" in move(http, key, status=400)
    assert http.issue(key)["key"] == "EBH-1"


@pytest.mark.parametrize("target", ["NOPE", "FIN", ""])
def test_a_project_that_is_not_there_is_refused(http: Any, target: str) -> None:
    move(http, http.create(), target, status=400)


def test_moves_of_the_wrong_form_are_refused(http: Any) -> None:
    key = http.create(project={"key": "EBH"})
    move(http, key, inferFieldDefaults="yes", status=400)
    move(http, key, issueIdsOrKeys=[], status=400)
    move(http, key, issueIdsOrKeys=[7], status=400)
    move(http, key, nonsense=1, status=400)
    move(http, "EBH-99", status=400)
    http.post("/rest/api/3/bulk/issues/move", {}, 400)
    http.post("/rest/api/3/bulk/issues/move", {"targetToSourcesMapping": {"PTO,1": INFER}}, 400)
    assert http.issue(key)["key"] == "EBH-1"


def test_a_task_that_is_not_there_is_400(http: Any) -> None:
    answer = http.ask("GET", "/rest/api/3/bulk/queue/1")
    assert answer.status_code == 400
    assert answer.json() == {"errors": [{"message": "There is no task with id '1'."}]}


def test_a_task_belongs_to_the_account_that_asked(http: Any, sign_in: Any) -> None:
    task = move(http, http.create(project={"key": "EBH"}))["taskId"]
    assert sign_in("other.agent@example.com").ask("GET", f"/rest/api/3/bulk/queue/{task}").status_code == 400
