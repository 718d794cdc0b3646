"""Every operation of the desk, asked once as the API documents have it, and its answer held against them."""

from typing import Any

import pytest

from ptodesk_gui.practice.routing import url_map
from tests.api_documents import ApiDocuments, ApiError, ApiWatch, load

PAGES = {"/", "/browse/{issueIdOrKey}", "/_edge/tenant_info"}
PROPERTY = [{"key": "ptodesk.step", "value": {"key": "k1"}}]


@pytest.fixture
def documents(shared_dir: Any) -> ApiDocuments:
    return load(shared_dir.resolve() / "jira")


def _walk(http: Any, doc: Any) -> None:
    """Use every operation once, in the words of the documents."""
    api, desk_api = "/rest/api/3", f"/rest/servicedeskapi/servicedesk/{http.desk_id()}"
    kind = http.issue_type()
    for path in ("serverInfo", "myself", "field", "issueLinkType", "project/PTO", "project/PTO/statuses"):
        http.get(f"{api}/{path}")
    http.get(f"{api}/mypermissions", params={"permissions": "CREATE_ISSUES,ADMINISTER", "projectKey": "PTO"})
    http.get(f"{api}/issue/createmeta/PTO/issuetypes/{kind}", params={"startAt": 0, "maxResults": 200})
    http.get(f"{api}/user/search", params={"query": "Jessica", "maxResults": 10})
    lead = http.get(f"{api}/user/assignable/search", params={"query": "Jessica", "project": "PTO"})[0]["accountId"]
    http.get(desk_api)
    organization = http.post("/rest/servicedeskapi/organization", {"name": "Sample_New_Company"})["id"]
    http.post(f"{desk_api}/organization", {"organizationId": int(organization)}, 204)
    http.get("/rest/servicedeskapi/organization", params={"start": 0, "limit": 5})
    http.everything(f"{desk_api}/organization")
    customer = http.post("/rest/servicedeskapi/customer", {"email": "new@example.com", "displayName": "New (sample)"})[
        "accountId"
    ]
    http.post(f"{desk_api}/customer", {"accountIds": [customer]}, 204)
    assert http.customer("new@example.com") == customer
    fields = http.fields(
        description=doc("Concern"),
        labels=["PTO"],
        reporter={"id": customer},
        assignee={"id": lead},
        priority={"name": "High"},
        **{http.field("Request Type"): http.request_type(), http.field("Organizations"): [int(organization)]},
    )
    first = http.post(f"{api}/issue", {"fields": fields, "properties": PROPERTY})["key"]
    link = {"type": {"name": "Problem/Incident"}, "outwardIssue": {"key": first}}
    second = http.post(f"{api}/issue", {"fields": http.fields(), "update": {"issuelinks": [{"add": link}]}})["key"]
    http.put(f"{api}/issue/{second}", {"fields": {"summary": "Other"}, "update": {"labels": [{"add": "PTO"}]}})
    http.put(f"{api}/issue/{second}?returnIssue=true", {"fields": {"summary": "Other"}}, 200)
    http.put(f"{api}/issue/{second}/properties/sample", {"a": 1}, 201)
    http.put(f"{api}/issue/{second}/properties/sample", {"a": 2}, 200)
    http.get(f"{api}/issue/{second}/properties")
    http.get(f"{api}/issue/{second}/properties/sample")
    keys = {"issueIdsOrKeys": [first, "PTO-999", second], "fields": ["summary"], "properties": ["sample"]}
    assert [i["key"] for i in http.post(f"{api}/issue/bulkfetch", keys, 200)["issues"]] == [first, second]
    body = {
        "body": doc("For agents"),
        "properties": [{"key": "sd.public.comment", "value": {"internal": True}}, *PROPERTY],
    }
    comment = http.post(f"{api}/issue/{first}/comment?expand=renderedBody", body)["id"]
    http.get(f"{api}/issue/{first}/comment", params={"orderBy": "-created", "expand": "properties,renderedBody"})
    http.get(f"{api}/comment/{comment}/properties/ptodesk.step")
    http.post(f"{api}/comment/list?expand=properties", {"ids": [int(comment)]}, 200)
    http.post(
        f"{api}/issueLink",
        {"type": {"name": "Relates"}, "inwardIssue": {"key": first}, "outwardIssue": {"key": second}},
    )
    request = f"/rest/servicedeskapi/request/{first}"
    http.get(request, params={"expand": "requestType,serviceDesk"})
    http.post(f"{request}/comment", {"body": "For the customer", "public": True})
    http.get(f"{request}/comment", params={"public": "true", "internal": "false", "limit": 1})
    http.issue(first, properties="*all", expand="transitions")
    transitions = http.get(f"{api}/issue/{first}/transitions", params={"expand": "transitions.fields"})["transitions"]
    progress = next(t["id"] for t in transitions if t["name"] == "In progress")
    http.post(f"{api}/issue/{first}/transitions", {"transition": {"id": progress}}, 204)
    http.desk.switches.index_lag = 0
    http.create()
    found = {"fields": ["*all"], "properties": ["ptodesk.step"], "maxResults": 1, "expand": "names,schema"}
    http.search("project = PTO ORDER BY created", **found)
    query = {"jql": "project = PTO", "fields": "summary", "properties": "ptodesk.step", "reconcileIssues": "1,2"}
    http.get(f"{api}/search/jql", params={**query, "maxResults": 5})
    sources = {
        "issueIdsOrKeys": [first],
        "inferClassificationDefaults": True,
        "inferFieldDefaults": True,
        "inferStatusDefaults": True,
        "inferSubtaskTypeDefault": True,
    }
    task = http.post(f"{api}/bulk/issues/move", {"targetToSourcesMapping": {f"EBH,{kind}": sources}})["taskId"]
    assert http.get(f"{api}/bulk/queue/{task}")["status"] == "COMPLETE"


def test_every_operation_answers_as_its_document_has_it(
    http: Any, doc: Any, watch: ApiWatch, documents: ApiDocuments
) -> None:
    _walk(http, doc)
    watch.check()
    done = {(method, template) for method, template, _ in watch.seen}
    offered = {(r.endpoint.method, r.endpoint.template) for r in url_map().iter_rules()}
    assert {o for o in offered if o[1] not in PAGES} - done == set()


def test_the_check_finds_an_unknown_query_parameter(documents: ApiDocuments) -> None:
    with pytest.raises(ApiError, match="no parameter 'fieldz'"):
        documents.check_request("GET", "/rest/api/3/issue/PTO-1?fieldz=summary")


def test_the_check_finds_a_wrong_body(documents: ApiDocuments) -> None:
    with pytest.raises(ApiError, match="organizationId"):
        documents.check_request("POST", "/rest/servicedeskapi/servicedesk/1/organization", b'{"organizationId": "7"}')
    with pytest.raises(ApiError, match="outwardIssue"):
        documents.check_request("POST", "/rest/api/3/issueLink", b'{"type": {}, "inwardIssue": {"key": "A-1"}}')


def test_the_check_finds_a_wrong_answer(documents: ApiDocuments) -> None:
    with pytest.raises(ApiError, match="has no such status"):
        documents.check_answer("POST", "/rest/api/3/issueLink", 200, b"")
    with pytest.raises(ApiError, match="not of type 'string'"):
        documents.check_answer("POST", "/rest/api/3/issue", 201, b'{"id": 10000, "key": "PTO-1", "self": "http://x/"}')


def test_the_check_knows_only_operations_of_the_documents(documents: ApiDocuments) -> None:
    with pytest.raises(ApiError, match="no API document has PATCH"):
        documents.operation("PATCH", "/rest/api/3/issue/PTO-1")
    assert documents.operation("GET", "/rest/api/3/issue/createmeta/PTO/issuetypes").template.endswith("/issuetypes")
