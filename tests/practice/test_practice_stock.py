"""Tickets that wait on the desk: made once, kept while nobody touched them, made anew when they are used or out of date."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ptodesk_gui.practice import PracticeDesk, Stock, StockComment, StockTicket

EMAIL = StockTicket(
    role="source",
    project="EBH",
    summary="Sample question",
    text="Hello,\n\nwhen will it run?",
    days_ago=2,
    reporter=("ann.sample@example.com", "Ann Sample"),
)
HOMEOWNER = StockTicket(
    role="open_homeowner",
    project="PTO",
    summary="Homeowner Concern Received - Bob Sample - Sample Roofs",
    text="Homeowner: Bob Sample",
    days_ago=9,
    reporter=("bob.sample@example.com", "Bob Sample"),
    assignee="Jessica Hauger",
    labels=("PTO",),
    request_type="PTO/M3 delay",
    organization="Sample_Roofs_Elsewhere",
    comments=(StockComment("Notes: sample", True), StockComment("Hello Bob", False)),
)
INSTALLER = replace(HOMEOWNER, role="open_installer", summary="Homeowner Concern - Sample Roofs - Bob Sample")
ONE = Stock("one", (EMAIL,), known_as=("ann.sample@example.com", "Ann Sample"))
PAIR = Stock(
    "pair",
    (HOMEOWNER, INSTALLER),
    (("open_homeowner", "is caused by", "open_installer"),),
    ("bob.sample@example.com", "Bob Sample"),
)
COMPANY = ("company@example.com", "Sample Company")


def comment(http: Any, doc: Any, key: str, text: str = "seen") -> None:
    http.post(f"/rest/api/3/issue/{key}/comment", {"body": doc(text)})


def test_a_waiting_ticket_is_as_somebody_wrote_it_days_ago(http: Any, clock: Any) -> None:
    keys = http.desk.stock([ONE])
    assert keys == {"one": {"source": "EBH-1"}}
    fields = http.issue("EBH-1")["fields"]
    assert fields["summary"] == "Sample question"
    assert fields["reporter"]["emailAddress"] == "ann.sample@example.com"
    assert fields["reporter"]["accountType"] == "customer"
    assert fields["status"]["statusCategory"]["key"] == "new"
    assert fields["created"].startswith("2026-03-06T")  # the clock stands on March 8
    found = http.search("project = EBH AND statusCategory != Done AND assignee is EMPTY", fields=["summary"])
    assert [issue["key"] for issue in found["issues"]] == ["EBH-1"]


def test_an_open_pair_has_comments_people_names_and_the_link_the_right_way_round(http: Any) -> None:
    keys = http.desk.stock([PAIR])["pair"]
    fields = http.issue(keys["open_homeowner"])["fields"]
    assert fields["assignee"]["displayName"] == "Jessica Hauger"
    assert fields["labels"] == ["PTO"]
    assert fields[http.field("Request Type")]["requestType"]["name"] == "PTO/M3 delay"
    assert [o["name"] for o in fields[http.field("Organizations")]] == ["Sample_Roofs_Elsewhere"]
    assert [(c["jsdPublic"]) for c in fields["comment"]["comments"]] == [False, True]
    (link,) = fields["issuelinks"]
    assert (link["type"]["inward"], link["inwardIssue"]["key"]) == ("is caused by", keys["open_installer"])


def test_what_nobody_touched_is_kept(http: Any) -> None:
    first = http.desk.stock([ONE, PAIR])
    assert http.desk.stock([ONE, PAIR]) == first


@pytest.mark.parametrize("use", ["comment", "edit", "move"])
def test_a_ticket_that_was_used_is_made_anew(http: Any, doc: Any, use: str) -> None:
    key = http.desk.stock([ONE])["one"]["source"]
    http.desk.switches.index_lag = 0.0
    http.desk._clock.now += 60
    if use == "comment":
        comment(http, doc, key)
    elif use == "edit":
        http.put(f"/rest/api/3/issue/{key}", {"fields": {"summary": "taken"}})
    else:
        kind = http.issue_type()
        mapping = {f"PTO,{kind}": {"inferClassificationDefaults": True, "inferFieldDefaults": True, "inferStatusDefaults": True,
                                   "inferSubtaskTypeDefault": True, "issueIdsOrKeys": [key]}}  # fmt: skip
        task = http.post("/rest/api/3/bulk/issues/move", {"targetToSourcesMapping": mapping}, 201)
        http.get(f"/rest/api/3/bulk/queue/{task['taskId']}")
    again = http.desk.stock([ONE])["one"]["source"]
    assert again != key
    assert http.issue(again)["fields"]["summary"] == "Sample question"


def test_a_ticket_whose_text_is_another_today_takes_the_untouched_ones_place(http: Any) -> None:
    key = http.desk.stock([ONE])["one"]["source"]
    changed = replace(ONE, tickets=(replace(EMAIL, text="Another day, another date"),))
    again = http.desk.stock([changed])["one"]["source"]
    assert again != key
    assert http.ask("GET", f"/rest/api/3/issue/{key}").status_code == 404


def test_of_a_pair_that_was_used_no_open_ticket_is_left_beside_the_new_one(http: Any, doc: Any) -> None:
    before = http.desk.stock([PAIR])["pair"]
    http.desk._clock.now += 60
    comment(http, doc, before["open_homeowner"])
    after = http.desk.stock([PAIR])["pair"]
    assert not set(before.values()) & set(after.values())
    found = http.search("project = PTO AND statusCategory != Done", fields=["summary"])
    assert {issue["key"] for issue in found["issues"]} == set(after.values())


def test_beginning_anew_closes_what_trainees_made_of_the_caller_and_nothing_else(http: Any) -> None:
    keys = http.desk.stock([ONE, PAIR])
    made = http.create(summary="Homeowner Concern Received - ANN SAMPLE - Sample Roofs")
    other = http.create(summary="Of somebody else")
    assert http.desk.begin(ONE) == keys["one"]
    assert http.issue(made)["fields"]["status"]["statusCategory"]["key"] == "done"
    said = http.issue(made)["fields"]["comment"]["comments"][-1]
    assert said["jsdPublic"] is False
    for key in (other, keys["one"]["source"], *keys["pair"].values()):
        assert http.issue(key)["fields"]["status"]["statusCategory"]["key"] == "new"


def test_companies_are_customers_by_name(http: Any) -> None:
    http.desk.stock([], [COMPANY])
    http.desk.stock([], [COMPANY])
    path = f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/customer"
    assert [c["displayName"] for c in http.everything(path, query="company@example.com")] == ["Sample Company"]
    http.desk.stock([], [("another@example.com", "Sample Company")])
    assert [c["emailAddress"] for c in http.everything(path, query="Sample Company")] == ["company@example.com"]


def test_what_waits_is_kept_over_starts_and_gone_from_a_fresh_desk(desk_folder: Path) -> None:
    with PracticeDesk(desk_folder) as first:
        keys = first.stock([ONE])
    with PracticeDesk(desk_folder) as second:
        assert second.stock([ONE]) == keys
    with PracticeDesk(desk_folder, fresh=True) as third:
        assert third.stock([ONE]) == {"one": {"source": "EBH-2"}}
