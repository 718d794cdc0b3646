"""A site's answers read as plain records, however strange they are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.desk.reading import document_text, moment, site_ticket
from ptodesk_gui.desk.site_cache import Fields

NO_FIELDS = Fields("customfield_1", "customfield_2")


def doc(*content: Any) -> dict[str, Any]:
    return {"type": "doc", "version": 1, "content": list(content)}


def text(words_: str) -> dict[str, Any]:
    return {"type": "text", "text": words_}


def block(kind: str, *content: Any) -> dict[str, Any]:
    return {"type": kind, "content": list(content)}


def test_a_document_reads_as_lines__T5() -> None:
    cell = block("tableCell", block("paragraph", text("M2")))
    other = block("tableCell", block("paragraph", text("2/1/2026")), block("paragraph", text("approved")))
    item = block("listItem", block("paragraph", text("one")))
    document = doc(
        block("paragraph", text("Homeowner: Jane Doe"), {"type": "hardBreak"}, text("Address: 1 Main St")),
        block("bulletList", item, item),
        block("table", block("tableRow", cell, other)),
        block(
            "paragraph",
            {"type": "mention", "attrs": {"text": "@Jessica"}},
            text(" "),
            {"type": "inlineCard", "attrs": {"url": "https://engine.example/1"}},
        ),
    )
    assert document_text(document, 1_000) == (
        "Homeowner: Jane Doe\nAddress: 1 Main St\n\none\none\nM2\t2/1/2026 approved\n@Jessica https://engine.example/1"
    )


def test_a_document_without_end_or_bottom_is_cut__T5() -> None:
    long = doc(*(block("paragraph", text("x" * 1_000)) for _ in range(500)))
    assert len(document_text(long, 5_000)) <= 5_000
    deep: dict[str, Any] = text("bottom")
    for _ in range(500):
        deep = block("blockquote", deep)
    assert document_text(doc(deep), 1_000) == ""


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2026-03-05T10:00:00.123+0000", "2026-03-05T10:00:00.123000+00:00"),
        ("2026-03-05T10:00:00.000-0700", "2026-03-05T10:00:00-07:00"),
        ("2026-03-05T10:00:00Z", "2026-03-05T10:00:00+00:00"),
        ("2026-03-05T10:00:00", "2026-03-05T10:00:00+00:00"),
        ("yesterday", None),
        (5, None),
        (None, None),
    ],
)
def test_times_have_a_zone_or_are_not_known(value: object, iso: str | None) -> None:
    found = moment(value)
    assert (found.isoformat() if found else None) == iso


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["key", "name", "type", "content", "text", "comments", "total"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(
    fields=st.dictionaries(
        st.sampled_from(
            [
                "summary",
                "status",
                "created",
                "project",
                "reporter",
                "labels",
                "description",
                "issuelinks",
                "comment",
                "customfield_1",
                "customfield_2",
            ]
        ),
        json_values,
    ),
    properties=json_values,
)
def test_no_answer_of_a_site_breaks_the_reading__T9(fields: dict[str, Any], properties: Any) -> None:
    found = site_ticket({"key": "PTO-1", "fields": fields, "properties": properties}, NO_FIELDS)
    assert found is not None
    assert found.key == "PTO-1"
    assert site_ticket({"fields": fields}, NO_FIELDS) is None
    assert site_ticket(fields.get("status"), NO_FIELDS) is None or isinstance(fields.get("status"), dict)


def test_a_comment_whose_visibility_is_not_said_counts_as_internal__T9() -> None:
    comments = {"comments": [{"id": "1", "body": doc(block("paragraph", text("x")))}], "total": 1}
    found = site_ticket({"key": "PTO-1", "fields": {"comment": comments}}, NO_FIELDS)
    assert found is not None
    assert found.last_public_comment is None
