"""Whatever JSON comes, the desk answers as a site does and never fails by itself."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.practice import PracticeDesk

JSON = {"Content-Type": "application/json"}
FIELDS = ("summary", "description", "labels", "reporter", "assignee", "priority", "issuelinks", "comment", "project")


@pytest.fixture
def desk(desk_folder: Path, clock: Any) -> Iterator[PracticeDesk]:
    """A desk that is not watched: what hypothesis sends is not as the API documents have it, whatever the desk makes of it."""
    with PracticeDesk(desk_folder, clock=clock) as desk:
        yield desk
        assert desk.crashes == []


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def test_no_json_makes_the_desk_fail(http: Any) -> None:
    http.create()
    plain = http.fields()

    @given(
        st.sampled_from(
            [
                ("POST", "/rest/api/3/issue"),
                ("PUT", "/rest/api/3/issue/PTO-1"),
                ("POST", "/rest/api/3/issue/PTO-1/comment"),
                ("POST", "/rest/api/3/issue/PTO-1/transitions"),
                ("PUT", "/rest/api/3/issue/PTO-1/properties/k"),
                ("POST", "/rest/api/3/issueLink"),
                ("POST", "/rest/api/3/comment/list"),
                ("POST", "/rest/api/3/search/jql"),
                ("POST", "/rest/api/3/bulk/issues/move"),
                ("POST", "/rest/servicedeskapi/organization"),
                ("POST", "/rest/servicedeskapi/customer"),
                ("POST", f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/organization"),
                ("POST", f"/rest/servicedeskapi/servicedesk/{http.desk_id()}/customer"),
            ]
        ),
        _json
        | st.fixed_dictionaries(
            {},
            optional={
                "fields": st.dictionaries(st.sampled_from(FIELDS), _json),
                "update": st.dictionaries(st.sampled_from(FIELDS), st.lists(st.fixed_dictionaries({"add": _json}))),
                "properties": _json,
                "jql": st.text(),
                "body": _json,
                "type": _json,
                "inwardIssue": _json,
                "outwardIssue": _json,
                "transition": _json,
                "ids": _json,
                "accountIds": _json,
                "organizationId": _json,
                "name": _json,
                "email": _json,
                "targetToSourcesMapping": _json,
                "nextPageToken": st.text(),
            },
        ),
    )
    def try_it(operation: tuple[str, str], body: Any) -> None:
        method, path = operation
        if path == "/rest/api/3/issue" and isinstance(body, dict):
            body = {**body, "fields": {**plain, **body.get("fields", {})}}
        answer = http.ask(method, path, data=json.dumps(body), headers=JSON)
        assert answer.status_code < 500, http.desk.crashes

    try_it()
