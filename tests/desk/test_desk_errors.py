"""The table from what a request came to, to what became of the step."""

from typing import Any

import pytest

from ptodesk_gui.desk.desk import Later, Refused, Unclear
from ptodesk_gui.desk.errors import (
    LONGEST_MESSAGE,
    LONGEST_WAIT,
    Kind,
    TroubleError,
    TroubleFacts,
    from_answer,
    outcome,
)

NOW = 1_750_000_000.0  # 2025-06-15T15:06:40Z

# what the request came to -> what became of a harmless request, and of one that makes something
TABLE = [
    (Kind.NOT_SENT, None, Later, Later),
    (Kind.CERTIFICATE, None, Later, Later),
    (Kind.NO_ANSWER, None, Later, Unclear),
    (Kind.UNREADABLE, 200, Later, Unclear),
    (Kind.NO_GATEWAY, None, Later, Later),
    (Kind.NOT_SHOWN, None, Later, Later),
    (Kind.REDIRECT, 302, Refused, Refused),
    (Kind.STATUS, 400, Refused, Refused),
    (Kind.STATUS, 401, Refused, Refused),
    (Kind.STATUS, 403, Refused, Refused),
    (Kind.STATUS, 404, Refused, Refused),
    (Kind.STATUS, 408, Later, Unclear),
    (Kind.STATUS, 409, Refused, Refused),
    (Kind.STATUS, 410, Refused, Refused),
    (Kind.STATUS, 413, Refused, Refused),
    (Kind.STATUS, 415, Refused, Refused),
    (Kind.STATUS, 418, Refused, Refused),
    (Kind.STATUS, 422, Refused, Refused),
    (Kind.STATUS, 429, Later, Later),
    (Kind.STATUS, 500, Later, Unclear),
    (Kind.STATUS, 502, Later, Unclear),
    (Kind.STATUS, 503, Later, Unclear),
    (Kind.STATUS, 504, Later, Unclear),
    (Kind.STATUS, 599, Later, Unclear),
]


@pytest.mark.parametrize(("kind", "status", "harmless", "making"), TABLE)
def test_what_a_request_came_to_says_what_became_of_the_step(
    kind: Kind, status: int | None, harmless: type, making: type
) -> None:
    assert type(outcome(TroubleFacts(kind, once=False, status=status))) is harmless
    assert type(outcome(TroubleFacts(kind, once=True, status=status))) is making


@pytest.mark.parametrize(("kind", "status"), [(k, s) for k, s, _, _ in TABLE])
def test_every_outcome_is_a_sentence_and_every_refusal_has_a_cure(kind: Kind, status: int | None) -> None:
    for once in (False, True):
        found = outcome(TroubleFacts(kind, once=once, status=status))
        assert found.reason.endswith(".")
        if isinstance(found, Refused):
            assert found.cure.endswith(".")


def test_only_a_refused_sign_in_stops_the_other_steps() -> None:
    signs = {
        s: f.sign_in
        for s in (400, 401, 403, 404)
        if isinstance(f := outcome(TroubleFacts(Kind.STATUS, status=s)), Refused)
    }
    assert signs == {400: False, 401: True, 403: False, 404: False}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": " 0 "}, 0.0),
        ({"Retry-After": "Sun, 15 Jun 2025 15:07:10 GMT"}, 30.0),
        ({"Retry-After": "Sun, 15 Jun 2025 15:00:00 GMT"}, 0.0),
        ({"Retry-After": "Sun, 15 Jun 2025 15:07:10 GMT", "Date": "Sun, 15 Jun 2025 15:07:00 GMT"}, 10.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-3"}, None),
        ({"Retry-After": "9" * 40}, LONGEST_WAIT),
        ({"Retry-After": "Sun, 99 Jun 2025 15:07:10 GMT"}, None),
    ],
)
def test_the_wait_that_the_site_asks_for_is_read_as_seconds_or_as_a_date(
    headers: dict[str, str], seconds: float | None
) -> None:
    found = outcome(from_answer(429, headers, None, once=True, now=NOW))
    assert isinstance(found, Later)
    assert found.after == seconds


def test_a_503_that_asks_to_wait_may_still_have_made_the_ticket() -> None:
    found = outcome(from_answer(503, {"Retry-After": "5"}, None, once=True, now=NOW))
    assert isinstance(found, Unclear)
    assert found.after == 5.0


@pytest.mark.parametrize(
    ("reason", "whole_site"), [("jira-burst-based", True), ("", True), ("jira-per-issue-on-write", False)]
)
def test_a_limit_on_one_ticket_lets_the_rest_of_the_site_go_on(reason: str, whole_site: bool) -> None:
    found = outcome(from_answer(429, {"RateLimit-Reason": reason}, None, once=False, now=NOW))
    assert isinstance(found, Later)
    assert found.whole_site is whole_site


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"errorMessages": ["Field 'priority' is required"], "errors": {}}, "Field 'priority' is required."),
        (
            {"errorMessages": [], "errors": {"summary": "You must specify a summary."}},
            "summary: You must specify a summary.",
        ),
        ({"errorMessage": "The service desk does not exist."}, "The service desk does not exist."),
        ({"errors": [{"message": "Some issues are not valid"}]}, "Some issues are not valid."),
        ({"message": "Client must be authenticated"}, "Client must be authenticated."),
    ],
)
def test_a_refusal_says_what_jira_says(body: Any, said: str) -> None:
    found = outcome(from_answer(400, {}, body, once=True, now=NOW))
    assert isinstance(found, Refused)
    assert found.reason == f"Jira refused what was sent: {said}"


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_permission_that_is_missing_is_asked_for_whatever_the_status(status: int) -> None:
    said = "No Link Issue Permission for issue 'PTO-1'"
    found = outcome(from_answer(status, {}, {"errorMessages": [said]}, once=True, now=NOW))
    assert found == Refused(
        f"Your Jira account may not do this: {said}.", "Ask a Jira administrator for the permission, then retry."
    )


def test_what_is_not_there_or_not_shown_is_looked_at_first() -> None:
    said = "Issue does not exist or you do not have permission to see it."
    found = outcome(from_answer(404, {}, {"errorMessages": [said]}, once=True, now=NOW))
    assert isinstance(found, Refused)
    assert found.cure.startswith("Check that the ticket still exists")


@pytest.mark.parametrize(
    "body",
    [
        None,
        5,
        "text",
        [],
        {"errorMessages": 5},
        {"errors": "x"},
        {"errors": {"a": None}},
        {"message": {}},
        {"errorMessages": [None, {}]},
    ],
)
def test_a_strange_error_body_is_left_out_of_the_sentence(body: Any) -> None:
    found = outcome(from_answer(400, {}, body, once=True, now=NOW))
    assert isinstance(found, Refused)
    assert found.reason == "Jira refused what was sent."


def test_jiras_messages_are_shortened_and_in_one_line() -> None:
    body = {"errorMessages": ["a\r\n\x1b[31m" + "b" * 5000, "second", "third", "fourth"]}
    found = outcome(from_answer(400, {}, body, once=True, now=NOW))
    assert isinstance(found, Refused)
    assert found.reason.isprintable()
    assert "fourth" not in found.reason
    assert len(found.reason) < LONGEST_MESSAGE + 100


def test_headers_and_addresses_stay_out_of_the_sentence_and_of_the_exception() -> None:
    facts = from_answer(400, {"X-Witness": "witness-header"}, {"other": "witness-body"}, once=True, now=NOW)
    shown = f"{outcome(facts)} {TroubleError(facts)}"
    assert "witness" not in shown
