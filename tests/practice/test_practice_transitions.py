"""The workflow: a closing screen that asks for resolution and category, and is the only way to set them."""

from typing import Any

import pytest


def transitions(http: Any, key: str) -> dict[str, Any]:
    """The ticket's transitions by name."""
    found = http.get(f"/rest/api/3/issue/{key}/transitions", params={"expand": "transitions.fields"})
    return {transition["name"]: transition for transition in found["transitions"]}


def close(http: Any, key: str, name: str, status: int = 204, **fields: Any) -> Any:
    body = {"transition": {"id": transitions(http, key)[name]["id"]}, "fields": fields}
    return http.post(f"/rest/api/3/issue/{key}/transitions", body, status)


@pytest.fixture
def key(http: Any) -> str:
    return str(http.create())


@pytest.fixture
def category(http: Any, key: str) -> str:
    """The field of the closing screen that has Operations among its values."""
    fields = transitions(http, key)["Done"]["fields"]
    return next(i for i, f in fields.items() if any(v.get("value") == "Operations" for v in f["allowedValues"]))


def test_done_other_operations_closes_the_ticket__T11(http: Any, key: str, category: str) -> None:
    close(http, key, "Done", resolution={"name": "Other"}, **{category: {"value": "Operations"}})
    fields = http.issue(key)["fields"]
    assert fields["status"]["name"] == "Done"
    assert fields["status"]["statusCategory"]["key"] == "done"
    assert fields["resolution"]["name"] == "Other"
    assert fields[category]["value"] == "Operations"
    assert fields["resolutiondate"] is not None


def test_duplicate_duplicate_operations_closes_the_ticket__T11(http: Any, key: str, category: str) -> None:
    screen = transitions(http, key)["Duplicate"]["fields"]
    option = next(v["id"] for v in screen[category]["allowedValues"] if v["value"] == "Operations")
    resolution = screen["resolution"]["allowedValues"][0]["id"]
    close(http, key, "Duplicate", resolution={"id": resolution}, **{category: {"id": option}})
    assert http.issue(key)["fields"]["resolution"]["name"] == "Duplicate"


def test_the_screen_asks_for_both_fields(http: Any, key: str, category: str) -> None:
    assert set(close(http, key, "Done", 400)["errors"]) == {"resolution", category}
    errors = close(http, key, "Done", 400, resolution={"name": "Other"})["errors"]
    assert errors == {category: "Operations category is required."}
    assert http.issue(key)["fields"]["status"]["name"] == "Waiting for support"


def test_values_that_the_screen_does_not_offer_are_refused(http: Any, key: str, category: str) -> None:
    options = {category: {"value": "Operations"}}
    assert set(close(http, key, "Done", 400, resolution={"name": "Duplicate"}, **options)["errors"]) == {"resolution"}
    assert set(close(http, key, "Done", 400, resolution="Other", **options)["errors"]) == {"resolution"}
    wrong = {category: {"value": "Nonsense"}}
    assert set(close(http, key, "Done", 400, resolution={"name": "Other"}, **wrong)["errors"]) == {category}


def test_a_field_that_is_not_on_the_screen_is_refused(http: Any, key: str, category: str) -> None:
    errors = close(http, key, "Done", 400, summary="x", resolution={"name": "Other"})["errors"]
    assert errors == {"summary": "Field 'summary' cannot be set. It is not on the appropriate screen, or unknown."}
    progress = close(http, key, "In progress", 400, resolution={"name": "Other"})["errors"]
    assert set(progress) == {"resolution"}


def test_a_closed_ticket_can_only_be_reopened_which_clears_the_resolution(http: Any, key: str, category: str) -> None:
    done = transitions(http, key)["Done"]["id"]
    close(http, key, "Done", resolution={"name": "Other"}, **{category: {"value": "Operations"}})
    assert set(transitions(http, key)) == {"Reopen"}
    again = http.post(f"/rest/api/3/issue/{key}/transitions", {"transition": {"id": done}}, 400)
    assert again["errorMessages"] == [f"Transition id '{done}' is not valid for this issue."]
    close(http, key, "Reopen")
    fields = http.issue(key)["fields"]
    assert (fields["resolution"], fields[category], fields["resolutiondate"]) == (None, None, None)


def test_fields_are_shown_only_when_asked_for(http: Any, key: str) -> None:
    found = http.get(f"/rest/api/3/issue/{key}/transitions")["transitions"]
    assert all("fields" not in transition for transition in found)
    one = http.get(f"/rest/api/3/issue/{key}/transitions", params={"transitionId": found[0]["id"]})["transitions"]
    assert [t["id"] for t in one] == [found[0]["id"]]


@pytest.mark.parametrize("body", [{}, {"transition": {}}, {"transition": {"id": "0"}}, {"transition": "Done"}, []])
def test_a_transition_must_be_named_by_an_id_that_the_ticket_has(http: Any, key: str, body: object) -> None:
    http.post(f"/rest/api/3/issue/{key}/transitions", body, 400)


def test_a_transition_can_bring_a_comment_and_refuses_a_wrong_one(http: Any, key: str, doc: Any) -> None:
    progress = transitions(http, key)["In progress"]["id"]
    path = f"/rest/api/3/issue/{key}/transitions"
    wrong = {"transition": {"id": progress}, "update": {"comment": [{"add": {"body": "text"}}]}}
    http.post(path, wrong, 400)
    assert http.issue(key)["fields"]["status"]["name"] == "Waiting for support"
    http.post(path, {**wrong, "update": {"comment": [{"add": {"body": doc("on it")}}]}}, 204)
    fields = http.issue(key)["fields"]
    assert (fields["status"]["name"], fields["comment"]["total"]) == ("In progress", 1)


def test_without_the_permission_there_are_no_transitions(http: Any, key: str) -> None:
    progress = transitions(http, key)["In progress"]["id"]
    http.desk.switches.denied.add(("TRANSITION_ISSUES", "PTO"))
    assert transitions(http, key) == {}
    http.post(f"/rest/api/3/issue/{key}/transitions", {"transition": {"id": progress}}, 400)
