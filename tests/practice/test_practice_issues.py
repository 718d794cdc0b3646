"""What the desk takes and refuses when issues are created, edited and read."""

from typing import Any

import pytest

SCREEN = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."


def refused(http: Any, /, expected: int = 400, **changed: Any) -> Any:
    """The error body for a ticket with these fields; no ticket may have been made."""
    answer = http.ask("POST", "/rest/api/3/issue", json={"fields": http.fields(**changed)})
    assert answer.status_code == expected, answer.text
    assert "No tickets yet" in http.ask("GET", "/").text
    return answer.json()


def test_a_created_ticket_has_the_fields_it_was_given(http: Any, doc: Any) -> None:
    lead = http.get("/rest/api/3/user/search", params={"query": "Jessica Hauger"})[0]["accountId"]
    request_type, organizations = http.field("Request Type"), http.field("Organizations")
    company = http.everything(f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/organization")[3]
    key = http.create(
        summary="Homeowner Concern Received – Jane Doe – Sunny Roofs",
        description=doc("Concern: {color:red} [~accountid:x] <b>"),
        labels=["PTO", "PTO"],
        reporter={"accountId": http.customer("jane@example.com")},
        assignee={"accountId": lead},
        **{request_type: http.request_type(), organizations: [int(company["id"])]},
    )
    fields = http.issue(key)["fields"]
    assert key == "PTO-1"
    assert fields["summary"] == "Homeowner Concern Received – Jane Doe – Sunny Roofs"
    assert fields["description"] == doc("Concern: {color:red} [~accountid:x] <b>")
    assert fields["labels"] == ["PTO"]
    assert fields["reporter"]["emailAddress"] == "jane@example.com"
    assert fields["assignee"]["displayName"] == "Jessica Hauger"
    assert fields["creator"]["emailAddress"] == http.desk.account.email
    assert fields[request_type]["requestType"]["name"] == "PTO/M3 delay"
    assert [o["name"] for o in fields[organizations]] == [company["name"]]
    assert fields["status"]["statusCategory"]["key"] == "new"
    assert fields["resolution"] is None


def test_a_ticket_without_reporter_field_is_reported_by_its_creator(http: Any) -> None:
    fields = http.issue(http.create())["fields"]
    assert fields["reporter"]["accountId"] == fields["creator"]["accountId"]
    assert fields["assignee"] is None


def test_reporter_null_is_anonymous__T12(http: Any) -> None:
    key = http.create()
    http.put(f"/rest/api/3/issue/{key}", {"fields": {"reporter": None}})
    assert http.issue(key)["fields"]["reporter"] is None
    assert http.issue(http.create(reporter=None))["fields"]["reporter"] is None


def test_properties_of_the_creating_request_are_kept(http: Any) -> None:
    body = {"fields": http.fields(), "properties": [{"key": "ptodesk.step", "value": {"key": "k1"}}]}
    key = http.post("/rest/api/3/issue", body)["key"]
    assert http.issue(key, properties="ptodesk.step,other")["properties"] == {"ptodesk.step": {"key": "k1"}}
    assert http.get(f"/rest/api/3/issue/{key}/properties/ptodesk.step")["value"] == {"key": "k1"}
    assert http.ask("GET", f"/rest/api/3/issue/{key}/properties/other").status_code == 404
    assert "properties" not in http.issue(key)


def test_a_link_of_the_creating_request_is_made_or_nothing_is(http: Any) -> None:
    first = http.create()
    link = {"type": {"name": "Problem/Incident"}, "inwardIssue": {"key": first}}
    second = http.post("/rest/api/3/issue", {"fields": http.fields(), "update": {"issuelinks": [{"add": link}]}})["key"]
    (shown,) = http.issue(second)["fields"]["issuelinks"]
    assert (shown["type"]["inward"], shown["inwardIssue"]["key"]) == ("is caused by", first)
    lost = {"type": {"name": "Problem/Incident"}, "inwardIssue": {"key": "PTO-99"}}
    body = {"fields": http.fields(), "update": {"issuelinks": [{"add": lost}]}}
    assert http.ask("POST", "/rest/api/3/issue", json=body).status_code == 404
    assert http.ask("GET", "/rest/api/3/issue/PTO-3").status_code == 404


@pytest.mark.parametrize("name", ["nonsense", "customfield_1", "status", "resolution", "creator", "comment"])
def test_unknown_fields_and_fields_of_no_screen_are_refused_by_name(http: Any, name: str) -> None:
    assert refused(http, **{name: "x"}) == {"errorMessages": [], "errors": {name: SCREEN.format(name)}}


def test_custom_fields_of_no_screen_are_refused_by_name(http: Any) -> None:
    category, text = http.field("Operations category"), http.field("Sample text field")
    errors = refused(http, **{category: {"value": "Operations"}, text: "x"})["errors"]
    assert errors == {name: SCREEN.format(name) for name in (category, text)}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "You must specify a summary of the issue."),
        ("", "You must specify a summary of the issue."),
        ("  ", "You must specify a summary of the issue."),
        ("a\nb", "The summary is invalid because it contains newline characters."),
        ("a\rb", "The summary is invalid because it contains newline characters."),
        ("x" * 256, "Summary can't exceed 255 characters."),
        (7, "Operation value must be a string"),
    ],
)
def test_a_summary_that_is_none_is_refused(http: Any, value: object, said: str) -> None:
    assert refused(http, summary=value)["errors"] == {"summary": said}


def test_a_missing_summary_is_refused_and_255_characters_are_taken(http: Any) -> None:
    fields = http.fields()
    del fields["summary"]
    answer = http.ask("POST", "/rest/api/3/issue", json={"fields": fields})
    assert answer.json()["errors"] == {"summary": "You must specify a summary of the issue."}
    assert http.issue(http.create(summary="x" * 255))["fields"]["summary"] == "x" * 255


@pytest.mark.parametrize("value", ["plain text", {"type": "doc"}, ["x"], {"type": "doc", "version": 2, "content": []}])
def test_a_description_that_is_not_adf_is_refused(http: Any, value: object) -> None:
    said = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
    assert refused(http, description=value)["errors"] == {"description": said}


def test_a_description_of_more_than_32767_characters_is_refused(http: Any, doc: Any) -> None:
    assert "CONTENT_LIMIT_EXCEEDED" in refused(http, description=doc("x" * 32_768))["errors"]["description"]
    assert http.create(description=doc("x" * 32_767))


def test_people_that_do_not_exist_are_refused(http: Any) -> None:
    nobody = {"accountId": "712020:nobody"}
    assert refused(http, reporter=nobody)["errors"] == {"reporter": "The reporter specified is not a user."}
    assert refused(http, assignee=nobody)["errors"] == {"assignee": "User '712020:nobody' does not exist."}
    assert "reporter" in refused(http, reporter={"name": "jane"})["errors"]
    assert "reporter" in refused(http, reporter="jane@example.com")["errors"]
    assert "assignee" in refused(http, assignee={"accountId": 7})["errors"]


def test_a_customer_cannot_be_assigned(http: Any) -> None:
    customer = http.customer("jane@example.com")
    assert refused(http, assignee={"accountId": customer})["errors"] == {
        "assignee": f"User '{customer}' cannot be assigned issues."
    }


@pytest.mark.parametrize("value", ["PTO", [1], ["two words"], [""], {"add": "PTO"}, ["x" * 256]])
def test_labels_of_the_wrong_form_are_refused(http: Any, value: object) -> None:
    assert set(refused(http, labels=value)["errors"]) == {"labels"}


def test_an_organization_that_is_not_on_the_project_is_refused(http: Any) -> None:
    field = http.field("Organizations")
    everywhere = http.everything("/rest/servicedeskapi/organization")
    outside = next(int(o["id"]) for o in everywhere if o["name"] == "Sample_Company_Elsewhere")
    assert set(refused(http, **{field: [outside]})["errors"]) == {field}
    http.post(f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/organization", {"organizationId": outside}, 204)
    assert http.issue(http.create(**{field: [outside]}))["fields"][field][0]["name"] == "Sample_Company_Elsewhere"


@pytest.mark.parametrize("value", [7, "7", ["7"], [True], [10**30], [{"id": 7}]])
def test_organizations_of_the_wrong_form_are_refused(http: Any, value: object) -> None:
    answer = http.ask("POST", "/rest/api/3/issue", json={"fields": http.fields(**{http.field("Organizations"): value})})
    assert answer.status_code == 400


@pytest.mark.parametrize("value", ["0", 12, {"id": "12"}, "PTO/M3 delay"])
def test_an_unknown_request_type_is_refused(http: Any, value: object) -> None:
    field = http.field("Request Type")
    assert set(refused(http, **{field: value})["errors"]) == {field}


def test_a_request_type_of_another_project_is_refused(http: Any) -> None:
    other = http.everything(f"/rest/servicedeskapi/servicedesk/{http.desk_id('EBH')}/requesttype")[0]["id"]
    field = http.field("Request Type")
    assert set(refused(http, **{field: other})["errors"]) == {field}


@pytest.mark.parametrize("value", [None, "PTO", {"key": "NOPE"}, {"key": "pto"}, {"key": "FIN"}, {"id": 7}])
def test_a_project_that_agents_cannot_see_is_refused(http: Any, value: object) -> None:
    assert refused(http, project=value)["errors"] == {"project": "Specify a valid project ID or key"}


def test_a_project_without_the_permission_to_create_is_403(http: Any) -> None:
    http.issue_type()
    http.desk.switches.denied.add(("CREATE_ISSUES", "PTO"))
    body = refused(http, expected=403)
    assert body["errorMessages"] == ["You do not have permission to create issues in this project."]


@pytest.mark.parametrize("value", [{"id": "1"}, {"name": "Bug"}, "Task", None])
def test_an_unknown_issue_type_is_refused(http: Any, value: object) -> None:
    assert set(refused(http, issuetype=value)["errors"]) == {"issuetype"}


def test_every_wrong_field_is_named_at_once(http: Any) -> None:
    assert set(refused(http, summary="", labels="x", nonsense=1)["errors"]) == {"summary", "labels", "nonsense"}


@pytest.mark.parametrize(
    "properties",
    [{"key": "k"}, [{"key": "k"}], [{"value": 1}], [{"key": "", "value": 1}], [{"key": "k" * 256, "value": 1}], ["k"]],
)
def test_properties_of_the_wrong_form_are_refused(http: Any, properties: object) -> None:
    body = {"fields": http.fields(), "properties": properties}
    assert http.ask("POST", "/rest/api/3/issue", json=body).status_code == 400


def test_an_edit_changes_what_it_names_and_nothing_else(http: Any, doc: Any) -> None:
    key = http.create(labels=["old"], description=doc("kept"))
    http.put(f"/rest/api/3/issue/{key}", {"fields": {"summary": "New"}, "update": {"labels": [{"add": "PTO"}]}})
    fields = http.issue(key)["fields"]
    assert (fields["summary"], fields["labels"], fields["description"]) == ("New", ["PTO", "old"], doc("kept"))
    http.put(f"/rest/api/3/issue/{key}", {"update": {"labels": [{"remove": "old"}]}})
    assert http.issue(key)["fields"]["labels"] == ["PTO"]


def test_an_edit_with_one_wrong_field_changes_nothing(http: Any) -> None:
    key = http.create(summary="Old")
    body = http.put(f"/rest/api/3/issue/{key}", {"fields": {"summary": "New", "nonsense": 1}}, 400)
    assert body["errors"] == {"nonsense": SCREEN.format("nonsense")}
    assert http.issue(key)["fields"]["summary"] == "Old"


def test_a_field_in_both_fields_and_update_is_refused(http: Any) -> None:
    key = http.create()
    body = {"fields": {"labels": ["a"]}, "update": {"labels": [{"add": "b"}]}}
    assert set(http.put(f"/rest/api/3/issue/{key}", body, 400)["errors"]) == {"labels"}


@pytest.mark.parametrize(
    "update",
    [
        {"labels": {"add": "x"}},
        {"labels": [{"set": "x"}, {"add": "y"}]},
        {"summary": [{"add": "x"}]},
        {"nonsense": [{"set": 1}]},
        {"issuelinks": {"add": {}}},
        {"issuelinks": [{"add": {"type": {"name": "Relates"}}}]},
        {"comment": [{"add": "x"}]},
        {"comment": 7},
    ],
)
def test_update_operations_of_the_wrong_form_are_refused(http: Any, update: object) -> None:
    http.put(f"/rest/api/3/issue/{http.create()}", {"update": update}, 400)


def test_a_put_of_the_project_answers_204_and_changes_nothing(http: Any) -> None:
    key = http.create()
    http.put(f"/rest/api/3/issue/{key}", {"fields": {"project": {"key": "EBH"}}})
    assert http.issue(key)["fields"]["project"]["key"] == "PTO"


def test_without_the_permission_to_edit_no_field_can_be_set(http: Any) -> None:
    key = http.create()
    http.desk.switches.denied.add(("EDIT_ISSUES", "PTO"))
    body = http.put(f"/rest/api/3/issue/{key}", {"fields": {"summary": "New"}}, 400)
    assert body["errors"] == {"summary": SCREEN.format("summary")}
    assert http.ask("PUT", f"/rest/api/3/issue/{key}/properties/k", json=1).status_code == 403


def test_without_the_permission_to_set_reporters_the_field_cannot_be_set(http: Any) -> None:
    http.desk.switches.denied.add(("MODIFY_REPORTER", "PTO"))
    assert refused(http, reporter=None)["errors"] == {"reporter": SCREEN.format("reporter")}


def test_only_the_fields_asked_for_are_shown(http: Any) -> None:
    key = http.create()
    assert set(http.issue(key, fields="summary,labels")["fields"]) == {"summary", "labels"}
    assert "comment" not in http.issue(key, fields="*all,-comment")["fields"]


def test_an_issue_is_found_by_id_and_by_key_of_any_case(http: Any) -> None:
    number = http.issue(http.create())["id"]
    assert http.issue(number)["key"] == http.issue("pto-1")["key"] == "PTO-1"


@pytest.mark.parametrize("wanted", ["PTO-9", "NOPE-1", "0", "9" * 40, "%20", "'--"])
def test_an_issue_that_is_not_there_is_404(http: Any, wanted: str) -> None:
    answer = http.ask("GET", f"/rest/api/3/issue/{wanted}")
    assert answer.status_code == 404
    assert answer.json()["errorMessages"] == ["Issue does not exist or you do not have permission to see it."]


def test_an_issue_of_a_project_that_cannot_be_browsed_is_404(http: Any) -> None:
    key = http.create()
    http.desk.switches.denied.add(("BROWSE_PROJECTS", "PTO"))
    for method, path in (("GET", ""), ("PUT", ""), ("GET", "/comment"), ("POST", "/comment"), ("GET", "/transitions")):
        body = None if method == "GET" else {}
        assert http.ask(method, f"/rest/api/3/issue/{key}{path}", json=body).status_code == 404
    assert http.ask("GET", "/rest/api/3/project/PTO").status_code == 404
