"""Strange text goes in as text, and strange answers come out as a sentence: nothing is injected, nothing raises."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.desk.desk import Done, Later, NotArrived, Refused, Target, Unclear
from ptodesk_gui.desk.doctor import Account
from ptodesk_gui.desk.history import Tickets
from ptodesk_gui.desk.jira_desk import JiraDesk, Timing
from ptodesk_gui.desk.parts import quoted
from ptodesk_gui.desk.session import SiteAccess
from ptodesk_gui.desk.wire import BoundedAdapter
from ptodesk_gui.sop.steps import (
    CloseTicket,
    CreateTicket,
    EditTicket,
    InternalComment,
    LinkTickets,
    MoveTicket,
    PublicReply,
    Step,
    Ticket,
)
from ptodesk_gui.sop.tickets import SiteTicket
from tests.desk.conftest import NEEDS
from tests.desk.said import plain_text

MakeTarget = Callable[..., Target]

STRANGE = [
    "{color:red}red{color} *bold* [~accountid:557058:0] [link|https://evil.example]",
    '<script>alert(1)</script> & <b>"quoted"</b>',
    'x" OR project = FIN ORDER BY created DESC --',
    "Robert'); DROP TABLE issue;--",
    "‮gnp.exe‬ نص عربي 👩‍🔧 Zoë Ñandú",
    "@Jessica Hauger {{homeowner}} ${name} %s \\n \\",
]


@pytest.mark.parametrize("text", STRANGE)
def test_what_people_type_stays_text_in_every_field(
    text: str,
    desk: JiraDesk,
    homeowner_step: CreateTicket,
    target: MakeTarget,
    fields_of: Callable[[str], dict[str, Any]],
    see: Callable[..., Any],
) -> None:
    step = replace(
        homeowner_step,
        summary=f"Concern – {text}",
        description=f"Homeowner: {text}\nConcern: {text}",
        organization=text,
    )
    made = desk.perform(step, target("h"))
    assert isinstance(made, Done)
    ticket = made.ticket or ""
    comment = PublicReply(id="r", rules=("H4",), ticket=Ticket.HOMEOWNER, reply="own", body=f"Hello {text}\n\n{text}")
    assert desk.perform(comment, target("r", homeowner=ticket)) == Done(ticket)
    found = fields_of(ticket)
    assert found["Summary"] == f"Concern – {text}"
    assert plain_text(found["Description"]) == step.description
    assert [o["name"] for o in found["Organizations"]] == [text]
    (written,) = see(f"/rest/api/3/issue/{ticket}/comment")["comments"]
    assert plain_text(written["body"]) == comment.body
    kinds = {node["type"] for tree in (found["Description"], written["body"]) for node in _nodes(tree)}
    assert kinds <= {"doc", "paragraph", "text", "hardBreak"}


def _nodes(tree: dict[str, Any]) -> list[dict[str, Any]]:
    return [tree] + [node for child in tree.get("content", []) for node in _nodes(child)]


@pytest.mark.parametrize(
    "who", ["x@example.com&limit=1#", "x@example.com?query=", "../x@example.com", "ü@example.com", "x y@example.com"]
)
def test_an_email_is_one_value_of_the_query_and_nothing_else(
    who: str, desk: JiraDesk, homeowner_step: CreateTicket, target: MakeTarget, exchanges: list[Any]
) -> None:
    desk.perform(replace(homeowner_step, reporter=who), target())
    (search,) = [e for e in exchanges if e.path.endswith("/customer") and e.method == "GET"]
    query = requests.compat.urlparse(search.url).query
    import urllib.parse

    assert urllib.parse.parse_qs(query)["query"] == [who]


@given(st.text(max_size=50))
def test_a_text_in_a_search_means_only_itself(text: str) -> None:
    inside = quoted(text)
    assert inside[0] == inside[-1] == '"'
    assert '"' not in inside[1:-1].replace("\\\\", "").replace('\\"', "")
    assert inside[1:-1].replace('\\"', '"').replace("\\\\", "\\") == text.replace('\\"', '\\"') or "\\" in text


# --- answers ----------------------------------------------------------------------------------------------------------

KEYS = [
    "id", "key", "name", "values", "issues", "fields", "isLastPage", "isLast", "nextPageToken", "issueLinkTypes", "accountId",
    "displayName", "emailAddress", "transitions", "comments", "total", "properties", "status", "statusCategory", "resolution",
    "schema", "custom", "inward", "outward", "projectKey", "projectId", "issueTypeId", "taskId", "allowedValues", "to", "project",
    "reporter", "creator", "issuelinks", "errors", "errorMessages", "permissions", "cloudId",
]  # fmt: skip
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(
        ["", "PTO", "PTO/M3 delay", "1", "PTO-1", "done", "COMPLETE", "atlassian", "Jessica Hauger", "jane@example.com"]
    ),
    st.text(max_size=5),
    st.sampled_from(
        ["com.atlassian.servicedesk:vp-origin", "com.atlassian.servicedesk:sd-customer-organizations", "is caused by"]
    ),
)
ANSWERS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)),
    max_leaves=25,
)

STEPS: list[Step] = [
    CreateTicket(id="h", rules=(), ticket=Ticket.HOMEOWNER, project="PTO", request_type="PTO/M3 delay", summary="s", description="d",
                 labels=("PTO",), organization="O", reporter="jane@example.com", assignee="Jessica Hauger"),
    EditTicket(id="e", rules=(), ticket=Ticket.HOMEOWNER, summary="s", request_type="PTO/M3 delay", organization="O", reporter="jane@example.com"),
    InternalComment(id="c", rules=(), ticket=Ticket.HOMEOWNER, body="b", mention="Jessica Hauger"),
    PublicReply(id="r", rules=(), ticket=Ticket.HOMEOWNER, reply="own", body="b"),
    LinkTickets(id="l", rules=(), from_=Ticket.HOMEOWNER, relation="is caused by", to=Ticket.INSTALLER),
    CloseTicket(id="z", rules=(), ticket=Ticket.HOMEOWNER, transition="Done", resolution="Other", category="Operations"),
    MoveTicket(id="m", rules=(), ticket=Ticket.HOMEOWNER, project="SS"),
]  # fmt: skip


class StrangeSite:
    """Answers every request with the next of some answers, over and over."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = [(200, {})]
        self._next = 0

    def send(
        self, adapter: BoundedAdapter, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        status, body = self.answers[self._next % len(self.answers)]
        self._next += 1
        response = requests.Response()
        response.status_code, response.request, response.url = status, request, request.url or ""
        response._content = json.dumps(body).encode()
        return response


@pytest.fixture
def strange(monkeypatch: pytest.MonkeyPatch) -> Iterator[StrangeSite]:
    site = StrangeSite()
    monkeypatch.setattr(BoundedAdapter, "send", lambda *a, **k: site.send(*a, **k))
    monkeypatch.setattr("ptodesk_gui.desk.session.MOST_PAGES", 3)
    monkeypatch.setattr("ptodesk_gui.desk.lookup.MOST_PAGES", 3)
    return site


STATUSES = st.sampled_from([200, 201, 204, 200, 201, 204, 400, 401, 404, 429, 500])
ACTS = st.sampled_from(["perform", "perform", "settle", "doctor", "prepare", "find", "read", "wait", "answer", "who"])


def test_no_strange_answer_makes_the_desk_raise(strange: StrangeSite) -> None:
    @given(st.lists(st.tuples(STATUSES, ANSWERS), min_size=1, max_size=8), st.sampled_from(STEPS), ACTS)
    def hold(answers: list[tuple[int, Any]], step: Step, act: str) -> None:
        strange.answers = answers
        timing = Timing(pause=lambda seconds: None)
        desk = JiraDesk(SiteAccess("http://127.0.0.1:1", "a@example.com", "t"), None, NEEDS, timing=timing)
        told = Target("k", {"homeowner": "PTO-1", "installer": "PTO-2"}, first_attempt=0.0)
        try:
            match act:
                case "perform":
                    assert isinstance(desk.perform(step, told), Done | Refused | Later | Unclear)
                case "settle":
                    assert isinstance(desk.settle(step, told), Done | Refused | Later | Unclear | NotArrived)
                case "doctor":
                    assert all(line.words for line in desk.doctor())
                case "find":
                    found = desk.reader.find_open("jane@example.com", "Jane Doe")
                    assert isinstance(found, Tickets | Refused | Later)
                case "read":
                    assert isinstance(desk.reader.read_ticket("PTO-1"), SiteTicket | Refused | Later)
                case "wait":
                    assert isinstance(desk.reader.waiting_list("project = PTO"), Tickets | Refused | Later)
                case "answer":
                    desk.answer_since("PTO-1", "k")
                case "who":
                    assert isinstance(desk.who_am_i(), Account | Refused | Later)
                case _:
                    desk.prepare([step])
        finally:
            desk.close()

    hold()
