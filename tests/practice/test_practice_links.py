"""Links read in the right direction from both sides, and are made once."""

from typing import Any

import pytest


def link(http: Any, kind: object, inward: str, outward: str, status: int = 201, **more: Any) -> Any:
    body = {"type": kind, "inwardIssue": {"key": inward}, "outwardIssue": {"key": outward}, **more}
    return http.post("/rest/api/3/issueLink", body, status)


def seen(http: Any, key: str) -> list[tuple[str, str]]:
    """The links of a ticket as its page reads them."""
    shown = []
    for one in http.issue(key, fields="issuelinks")["fields"]["issuelinks"]:
        end, phrase = ("outwardIssue", "outward") if "outwardIssue" in one else ("inwardIssue", "inward")
        shown.append((one["type"][phrase], one[end]["key"]))
    return shown


@pytest.fixture
def two(http: Any) -> tuple[str, str]:
    return http.create(summary="A"), http.create(summary="B")


def test_the_inward_issue_shows_the_outward_phrase(http: Any, two: tuple[str, str]) -> None:
    a, b = two
    link(http, {"name": "Duplicate"}, a, b)
    assert (seen(http, a), seen(http, b)) == ([("duplicates", b)], [("is duplicated by", a)])


def test_homeowner_is_caused_by_installer__I1(http: Any, two: tuple[str, str]) -> None:
    homeowner, installer = two
    kinds = http.get("/rest/api/3/issueLinkType")["issueLinkTypes"]
    kind = next(k for k in kinds if k["inward"] == "is caused by")
    link(http, {"id": kind["id"]}, installer, homeowner)
    assert seen(http, homeowner) == [("is caused by", installer)]
    assert seen(http, installer) == [("causes", homeowner)]


def test_the_same_link_again_changes_nothing(http: Any, two: tuple[str, str]) -> None:
    a, b = two
    for _ in range(3):
        link(http, {"name": "Duplicate"}, a, b)
    link(http, {"name": "Relates"}, a, b)
    link(http, {"name": "Relates"}, b, a)
    assert seen(http, a) == [("duplicates", b), ("relates to", b)]


def test_the_opposite_link_of_a_directed_type_is_another_link(http: Any, two: tuple[str, str]) -> None:
    a, b = two
    link(http, {"name": "Duplicate"}, a, b)
    link(http, {"name": "Duplicate"}, b, a)
    assert len(seen(http, a)) == 2


def test_a_linked_issue_is_shown_with_summary_and_status(http: Any, two: tuple[str, str]) -> None:
    a, b = two
    link(http, {"name": "Relates"}, a, b)
    (shown,) = http.issue(a)["fields"]["issuelinks"]
    assert shown["outwardIssue"]["fields"]["summary"] == "B"
    assert shown["outwardIssue"]["fields"]["status"]["name"] == "Waiting for support"


@pytest.mark.parametrize("kind", [{"name": "Nonsense"}, {"name": "relates"}, {"id": "1"}, {"name": "is caused by"}])
def test_an_unknown_link_type_is_404(http: Any, two: tuple[str, str], kind: object) -> None:
    body = link(http, kind, *two, status=404)
    assert body["errorMessages"][0].startswith("No issue link type with name")
    assert seen(http, two[0]) == []


def test_a_link_without_a_type_is_400(http: Any, two: tuple[str, str]) -> None:
    link(http, {}, *two, status=400)
    link(http, "Relates", *two, status=400)


def test_links_to_nothing_and_to_itself_are_refused(http: Any, two: tuple[str, str]) -> None:
    link(http, {"name": "Relates"}, two[0], "PTO-99", status=404)
    link(http, {"name": "Relates"}, two[0], two[0], status=400)
    http.post("/rest/api/3/issueLink", {"type": {"name": "Relates"}, "inwardIssue": {"key": two[0]}}, 400)
    http.post("/rest/api/3/issueLink", {"type": {"name": "Relates"}, "inwardIssue": {}, "outwardIssue": {}}, 400)
    link(http, {"name": "Relates"}, *two, status=400, extra=1)


def test_a_link_whose_comment_is_wrong_is_not_made(http: Any, two: tuple[str, str], doc: Any) -> None:
    link(http, {"name": "Relates"}, *two, status=400, comment={"body": "text"})
    assert seen(http, two[0]) == []
    link(http, {"name": "Relates"}, *two, comment={"body": doc("linked")})
    assert http.get(f"/rest/api/3/issue/{two[1]}/comment")["total"] == 1


def test_without_the_permission_to_link_it_is_404(http: Any, two: tuple[str, str]) -> None:
    http.desk.switches.denied.add(("LINK_ISSUES", "PTO"))
    link(http, {"name": "Relates"}, *two, status=404)
