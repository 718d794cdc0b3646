"""Comments: public and internal ones are kept apart, through both APIs."""

from typing import Any

import pytest

INTERNAL = {"key": "sd.public.comment", "value": {"internal": True}}


@pytest.fixture
def request_key(http: Any) -> str:
    """A request that Jane (sample customer) reported."""
    reporter = {"accountId": http.customer("jane@example.com")}
    return str(http.create(reporter=reporter, **{http.field("Request Type"): http.request_type()}))


def comment(http: Any, key: str, body: object, *properties: object, status: int = 201) -> Any:
    return http.post(f"/rest/api/3/issue/{key}/comment", {"body": body, "properties": list(properties)}, status)


def texts(client: Any, key: str, **params: Any) -> list[tuple[str, bool]]:
    values = client.everything(f"/rest/servicedeskapi/request/{key}/comment", **params)
    return [(value["body"], value["public"]) for value in values]


def test_customers_see_public_comments_only(http: Any, request_key: str, doc: Any, sign_in: Any) -> None:
    comment(http, request_key, doc("for agents"), INTERNAL)
    comment(http, request_key, doc("for Jane"))
    http.post(f"/rest/servicedeskapi/request/{request_key}/comment", {"body": "agents again", "public": False})
    assert texts(http, request_key) == [("for agents", False), ("for Jane", True), ("agents again", False)]
    assert texts(sign_in("jane@example.com"), request_key) == [("for Jane", True)]


def test_agents_can_leave_out_public_or_internal_ones(http: Any, request_key: str, doc: Any) -> None:
    comment(http, request_key, doc("for agents"), INTERNAL)
    comment(http, request_key, doc("for Jane"))
    assert texts(http, request_key, internal="false") == [("for Jane", True)]
    assert texts(http, request_key, public="false") == [("for agents", False)]


def test_a_customer_sees_own_requests_only(http: Any, request_key: str, sign_in: Any) -> None:
    path = f"/rest/servicedeskapi/request/{request_key}"
    assert sign_in("jane@example.com").ask("GET", path).status_code == 200
    assert sign_in("john@example.com").ask("GET", path).status_code == 404
    assert sign_in("john@example.com").ask("GET", f"{path}/comment").status_code == 404
    assert sign_in("jane@example.com").ask("GET", f"/rest/api/3/issue/{request_key}").status_code == 404


def test_a_customer_cannot_comment_internally(http: Any, request_key: str, sign_in: Any) -> None:
    jane, path = sign_in("jane@example.com"), f"/rest/servicedeskapi/request/{request_key}/comment"
    jane.post(path, {"body": "hidden", "public": False}, 403)
    jane.post(path, {"body": "an answer", "public": True})
    assert texts(http, request_key) == [("an answer", True)]


def test_comment_properties_come_back_when_asked_for(http: Any, request_key: str, doc: Any) -> None:
    step = {"key": "ptodesk.step", "value": {"key": "k1"}}
    made = comment(http, request_key, doc("x"), INTERNAL, step)
    path = f"/rest/api/3/issue/{request_key}/comment"
    (shown,) = http.get(path, params={"expand": "properties"})["comments"]
    assert shown["properties"] == [INTERNAL, step]
    assert shown["jsdPublic"] is False
    assert "properties" not in http.get(path)["comments"][0]
    listed = http.post("/rest/api/3/comment/list?expand=properties", {"ids": [int(made["id"]), 1]}, 200)
    assert [value["properties"] for value in listed["values"]] == [[INTERNAL, step]]
    assert http.get(f"/rest/api/3/comment/{made['id']}/properties/ptodesk.step") == step
    assert http.ask("GET", f"/rest/api/3/comment/{made['id']}/properties/other").status_code == 404


@pytest.mark.parametrize("value", [{"internal": False}, {"internal": "true"}, "internal", None])
def test_only_internal_true_makes_a_comment_internal(http: Any, request_key: str, doc: Any, value: object) -> None:
    made = comment(http, request_key, doc("x"), {"key": "sd.public.comment", "value": value})
    assert made["jsdPublic"] is True


@pytest.mark.parametrize("body", ["plain text", None, 7])
def test_a_comment_that_is_no_document_is_refused(http: Any, request_key: str, body: object) -> None:
    assert comment(http, request_key, body, status=400)["errors"] == {"comment": "Comment body is not valid!"}


def test_invalid_empty_and_too_long_documents_are_refused(http: Any, request_key: str, doc: Any) -> None:
    invalid = {"type": "doc", "version": 1, "content": [{"type": "text", "text": "x"}]}
    assert comment(http, request_key, invalid, status=400)["errorMessages"] == ["INVALID_INPUT"]
    empty = {"type": "doc", "version": 1, "content": []}
    assert "comment" in comment(http, request_key, empty, status=400)["errors"]
    assert "comment" in comment(http, request_key, doc("x" * 32_768), status=400)["errors"]
    assert http.get(f"/rest/api/3/issue/{request_key}/comment")["total"] == 0


@pytest.mark.parametrize(
    "body",
    [
        {"body": "x"},
        {"public": True},
        {"body": "x", "public": "yes"},
        {"body": " ", "public": True},
        {"body": 7, "public": True},
    ],
)
def test_service_desk_comments_of_the_wrong_form_are_refused(http: Any, request_key: str, body: object) -> None:
    answer = http.post(f"/rest/servicedeskapi/request/{request_key}/comment", body, 400)
    assert set(answer) == {"errorMessage", "i18nErrorMessage"}


def test_a_plain_comment_keeps_its_lines_and_its_markup_stays_text(http: Any, request_key: str) -> None:
    text = "Hello Jane,\n\n<b>{color:red}</b> [~accountid:x]\nsecond line"
    http.post(f"/rest/servicedeskapi/request/{request_key}/comment", {"body": text, "public": True})
    assert texts(http, request_key) == [(text, True)]
    (shown,) = http.get(f"/rest/api/3/issue/{request_key}/comment")["comments"]
    assert [block["type"] for block in shown["body"]["content"]] == ["paragraph", "paragraph"]


def test_an_issue_without_a_request_type_is_no_request(http: Any) -> None:
    key = http.create()
    assert http.ask("GET", f"/rest/servicedeskapi/request/{key}").status_code == 404
    assert http.ask("GET", f"/rest/servicedeskapi/request/{key}/comment").status_code == 404


def test_comments_are_paged_and_ordered(http: Any, request_key: str, doc: Any) -> None:
    for number in range(3):
        comment(http, request_key, doc(str(number)))
    path = f"/rest/api/3/issue/{request_key}/comment"
    page = http.get(path, params={"startAt": 1, "maxResults": 1, "orderBy": "-created"})
    assert [c["body"] for c in page["comments"]] == [doc("1")]
    assert (page["total"], page["startAt"], page["maxResults"]) == (3, 1, 1)
    assert http.ask("GET", path, params={"orderBy": "author"}).status_code == 400


def test_without_the_permission_to_comment_it_is_refused(http: Any, request_key: str, doc: Any) -> None:
    http.desk.switches.denied.add(("ADD_COMMENTS", "PTO"))
    assert "permission to comment" in comment(http, request_key, doc("x"), status=400)["errorMessages"][0]
    http.post(f"/rest/servicedeskapi/request/{request_key}/comment", {"body": "x", "public": True}, 403)
