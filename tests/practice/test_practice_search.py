"""The search: what is bounded, what it finds, when the index knows it, and its pages."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def no_lag(desk: Any, request: pytest.FixtureRequest) -> None:
    """Most tests here are not about the lag."""
    if "lag" not in request.node.name:
        desk.switches.index_lag = 0


def keys(answer: Any) -> list[str]:
    return [hit["key"] for hit in answer["issues"]]


def found(http: Any, jql: str) -> list[str]:
    return keys(http.search(jql, fields=["summary"]))


def refused(http: Any, jql: str, **body: Any) -> str:
    return str(http.post("/rest/api/3/search/jql", {"jql": jql, **body}, 400)["errorMessages"][0])


def test_a_new_ticket_is_found_only_after_the_lag(http: Any, clock: Any) -> None:
    key = http.create()
    assert http.issue(key)["key"] == key
    clock.now += 0.49
    assert found(http, "project = PTO") == []
    clock.now += 0.02
    assert found(http, "project = PTO") == [key]


def test_reconciling_makes_a_new_ticket_visible_before_the_lag_is_over(http: Any) -> None:
    number = int(http.issue(http.create())["id"])
    assert http.search("project = PTO")["issues"] == []
    assert http.search("project = PTO", reconcileIssues=[number])["issues"] == [{"id": str(number)}]
    assert http.search("project = EBH", reconcileIssues=[number])["issues"] == []


def test_hits_are_ids_alone_unless_fields_are_asked_for(http: Any) -> None:
    number = http.issue(http.create())["id"]
    assert http.search("project = PTO")["issues"] == [{"id": number}]
    (hit,) = http.search("project = PTO", fields=["summary"])["issues"]
    assert (hit["key"], hit["fields"]) == ("PTO-1", {"summary": "Sample ticket"})


def test_properties_come_with_the_hits(http: Any) -> None:
    http.post("/rest/api/3/issue", {"fields": http.fields(), "properties": [{"key": "k", "value": [1]}]})
    jql = "project = PTO AND creator = currentUser() AND created >= -1d"
    assert http.search(jql, properties=["k", "other"])["issues"][0]["properties"] == {"k": [1]}
    assert http.search(jql, fields=["summary"], properties=["k"])["issues"][0]["properties"] == {"k": [1]}


@pytest.mark.parametrize("jql", ["", "  ", "ORDER BY created DESC"])
def test_a_query_without_bounds_is_refused(http: Any, jql: str) -> None:
    assert refused(http, jql).startswith("Unbounded JQL queries are not allowed here.")


def test_pages_follow_by_token_until_the_last(http: Any) -> None:
    for _ in range(5):
        http.create()
    pages, body = [], {"fields": ["key"], "maxResults": 2}
    while True:
        answer = http.search("project = PTO ORDER BY created ASC, key ASC", **body)
        pages.append(keys(answer))
        if answer["isLast"]:
            break
        body["nextPageToken"] = answer["nextPageToken"]
    assert "nextPageToken" not in answer
    assert pages == [["PTO-1", "PTO-2"], ["PTO-3", "PTO-4"], ["PTO-5"]]


@pytest.mark.parametrize("token", ["x", "", "W10=", "eyJhIjoxfQ==", "\u00e9"])
def test_a_page_token_that_the_desk_did_not_give_is_refused(http: Any, token: str) -> None:
    assert "page token" in refused(http, "project = PTO", nextPageToken=token)


def test_a_page_token_of_another_query_is_refused(http: Any) -> None:
    http.create()
    http.create()
    token = http.search("project = PTO", maxResults=1)["nextPageToken"]
    assert "page token" in refused(http, "project in (PTO)", nextPageToken=token)


@pytest.mark.parametrize(
    "body",
    [
        {"properties": list("abcdef")},
        {"reconcileIssues": list(range(51))},
        {"reconcileIssues": ["1"]},
        {"fields": "summary"},
        {"fields": [1]},
        {"maxResults": 0},
        {"maxResults": "5"},
        {"maxResults": True},
        {"startAt": 0},
        {"validateQuery": "strict"},
    ],
)
def test_parameters_of_the_wrong_form_are_refused(http: Any, body: Any) -> None:
    refused(http, "project = PTO", **body)


def test_the_fields_a_ticket_can_be_found_by(http: Any, doc: Any) -> None:
    http.desk.switches.page_size = 100
    organizations, request_type = http.field("Organizations"), http.field("Request Type")
    path = f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/organization"
    company = next(o for o in http.everything(path) if o["name"] == "Top_Electric")
    jane = http.customer("jane@example.com")
    http.create(
        summary="Homeowner Concern – Jane O'Doe – Top Electric",
        description=doc("Address: 1 Main St, Littleton"),
        labels=["PTO"],
        reporter={"accountId": jane},
        **{organizations: [int(company["id"])], request_type: http.request_type()},
    )
    http.create(summary="Something else", reporter=None, project={"key": "EBH"})
    for jql in (
        "project = PTO",
        "project = 'Permission to Operate'",
        "PROJECT in (pto, SS)",
        "project not in (EBH)",
        "project != EBH",
        "key = PTO-1",
        "issuekey in (PTO-1)",
        'summary ~ "jane o\'doe"',
        'summary ~ "top elec*" AND project = PTO',
        'summary ~ "\\"jane o\'doe\\""',
        'summary !~ "else"',
        'description ~ "littleton main"',
        'text ~ "littleton homeowner"',
        "labels = PTO",
        "labels in (x, PTO)",
        "labels is not EMPTY",
        f'reporter = "{jane}"',
        f"reporter = {jane}",
        "reporter is not null",
        "organizations = Top_Electric",
        '"Organizations" in ("Top_Electric")',
        f"cf[{organizations.removeprefix('customfield_')}] = Top_Electric",
        '"Request Type" = "PTO/M3 delay (PTO)"',
        '"request type" = "pto/m3 delay"',
        'statusCategory != Done AND status = "Waiting for support" AND project = PTO',
        "resolution = Unresolved AND project = PTO",
        "resolution is EMPTY AND project = PTO",
        "created >= -1h AND labels = PTO",
        'created > "2026-03-01" AND created < "2026/04/01 10:00" AND project = PTO',
        "created >= startOfDay(-1d) AND NOT project = EBH",
        "updated <= now() AND (project = SS OR project = PTO)",
        "assignee is EMPTY AND issuetype = 'Service Request' AND priority = Medium AND project = PTO",
    ):
        assert found(http, jql) == ["PTO-1"], jql
    for jql in (
        'summary ~ "jan"',
        'summary ~ "\\"jane top\\""',
        "labels = x",
        "labels is EMPTY AND project = PTO",
        "labels != PTO",
        "organizations != Top_Electric",
        "resolution = Done",
        "resolution != Unresolved",
        "created < -1d",
        "project = SS OR (project = EBH AND labels = PTO)",
    ):
        assert found(http, jql) == [], jql


def test_quotes_and_backslashes_in_a_quoted_text_stay_text(http: Any) -> None:
    http.create(summary='a "quoted\\" OR project = EBH')
    assert found(http, 'project = PTO AND summary ~ "a \\"quoted\\\\\\" OR project = EBH"') == ["PTO-1"]


@pytest.mark.parametrize(
    ("jql", "said"),
    [
        ("project = NOPE", "The value 'NOPE' does not exist for the field 'project'."),
        ("project = FIN", "The value 'FIN' does not exist for the field 'project'."),
        ("nonsense = 1", "Field 'nonsense' does not exist or you do not have permission to view it."),
        ('issue.property[x].y = "1"', "Field 'issue.property[x].y' does not exist"),
        ("summary = 'x'", "The operator '=' is not supported by the 'summary' field."),
        ("project ~ PTO", "The operator '~' is not supported by the 'project' field."),
        ("reporter = 'jane@example.com'", "The value 'jane@example.com' does not exist for the field 'reporter'."),
        ("organizations = Nobody", "The value 'Nobody' does not exist for the field 'organizations'."),
        ("created > yesterday", "Date value 'yesterday' for field 'created' is invalid."),
        ("reporter = membersOf('x')", "Unable to find JQL function 'membersof()'."),
        ("key = PTO-77", "An issue with key 'PTO-77' does not exist for field 'key'."),
        ("labels is PTO", "The operator 'is' only supports the operands EMPTY and NULL."),
        ('summary ~ "!!"', "is not allowed as a search text"),
        ("project = ", "Error in the JQL Query: Expecting a value before the end of the query."),
        ("project PTO", "Error in the JQL Query: Expecting an operator"),
        ("project = PTO summary ~ x", "Error in the JQL Query: Expecting 'ORDER BY' but got 'summary'."),
        ("(project = PTO", "Error in the JQL Query: Expecting ')' before the end of the query."),
        ("project = a@b", "must be quoted"),
        ("project = or", "must be quoted"),
        ('project = "PTO', "is not expected here"),
        ("project = PTO ORDER created", "Expecting 'by'"),
        ("project = PTO ORDER BY nonsense", "Field 'nonsense' does not exist"),
    ],
)
def test_wrong_queries_are_refused_with_the_reason(http: Any, jql: str, said: str) -> None:
    assert said in refused(http, jql)
