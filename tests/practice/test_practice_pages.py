"""The pages for people: what they say, and that no text on them does anything."""

from typing import Any

import pytest

HOSTILE = "<script>alert(1)</script> & \"quoted\" 'single' {color:red} [~accountid:x] \u202ertl"


@pytest.fixture
def key(http: Any, doc: Any) -> str:
    """A ticket with everything on it."""
    organizations = http.field("Organizations")
    path = f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/organization"
    company = next(o["id"] for o in http.everything(path) if o["name"] == "Top_Electric")
    lead = http.get("/rest/api/3/user/search", params={"query": "Jessica Hauger"})[0]["accountId"]
    key = http.create(
        summary="Homeowner Concern Received – Jane Doe – Top Electric",
        description=doc("Concern: none"),
        labels=["PTO"],
        assignee={"id": lead},
        reporter=None,
        **{organizations: [int(company)], http.field("Request Type"): http.request_type()},
    )
    http.post(
        f"/rest/api/3/issue/{key}/comment",
        {"body": doc("for agents"), "properties": [{"key": "sd.public.comment", "value": {"internal": True}}]},
    )
    http.post(f"/rest/api/3/issue/{key}/comment", {"body": doc("for the customer")})
    other = http.create(summary="Other")
    body = {"type": {"name": "Problem/Incident"}, "inwardIssue": {"key": other}, "outwardIssue": {"key": key}}
    http.post("/rest/api/3/issueLink", body)
    return str(key)


def page(http: Any, path: str) -> str:
    http.session.auth = None
    answer = http.ask("GET", path)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return str(answer.text)


def test_the_page_says_everything_in_words(http: Any, key: str) -> None:
    text = page(http, f"/browse/{key}")
    for said in (
        "PRACTICE DESK",
        "<h1>Homeowner Concern Received – Jane Doe – Top Electric</h1>",
        "PTO/M3 delay",
        "Waiting for support",
        "Top_Electric",
        "Anonymous",
        "Jessica Hauger",
        "Concern: none",
        "PTO-1 <strong>is caused by</strong> <a href='/browse/PTO-2'>PTO-2</a> Other",
    ):
        assert said in text


def test_comments_are_in_order_and_say_who_sees_them(http: Any, key: str) -> None:
    text = page(http, f"/browse/{key}")
    order = ["internal - agents only", "for agents", "public - the customer sees this", "for the customer"]
    positions = [text.index(said) for said in order]
    assert positions == sorted(positions)


def test_the_list_has_the_newest_ticket_first(http: Any, key: str) -> None:
    text = page(http, "/")
    assert text.index("PTO-2") < text.index("PTO-1")
    assert "PRACTICE DESK" in text


def test_markup_in_any_text_stays_text(http: Any, doc: Any) -> None:
    organization = http.post("/rest/servicedeskapi/organization", {"name": HOSTILE})["id"]
    http.post(
        f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/organization", {"organizationId": int(organization)}, 204
    )
    person = http.post("/rest/servicedeskapi/customer", {"email": "x@example.com", "displayName": HOSTILE})["accountId"]
    key = http.create(
        summary=HOSTILE,
        description=doc(HOSTILE),
        labels=["<b>label</b>"],
        reporter={"accountId": person},
        **{http.field("Organizations"): [int(organization)]},
    )
    mention = {"type": "mention", "attrs": {"id": person, "text": HOSTILE}}
    body = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [mention]}]}
    http.post(f"/rest/api/3/issue/{key}/comment", {"body": body})
    for path in (f"/browse/{key}", "/"):
        text = page(http, path)
        assert "<script" not in text
        assert "<b>" not in text
        assert "&lt;script&gt;" in text


def test_the_pages_load_and_run_nothing(http: Any, key: str) -> None:
    answer = http.ask("GET", f"/browse/{key}")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_old_key_and_an_unknown_one(http: Any, key: str) -> None:
    sources = dict.fromkeys(
        ("inferClassificationDefaults", "inferFieldDefaults", "inferStatusDefaults", "inferSubtaskTypeDefault"), True
    )
    mapping = {f"EBH,{http.issue_type()}": {"issueIdsOrKeys": [key], **sources}}
    http.post("/rest/api/3/bulk/issues/move", {"targetToSourcesMapping": mapping})
    assert "EBH-1" in page(http, f"/browse/{key}")
    answer = http.ask("GET", "/browse/<script>")
    assert answer.status_code == 404
    assert "<script" not in answer.text
