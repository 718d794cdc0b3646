"""Text as a document of Jira's, and back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.desk import adf
from tests.desk.said import plain_text

DESCRIPTION = "Homeowner: Jane Doe\nAddress: 1 Main St, Littleton, CO 80120\nConcern: asks when PTO is expected."


def nodes(tree: Any) -> list[dict[str, Any]]:
    """Every node of a tree."""
    found = [tree]
    for child in tree.get("content", []):
        found += nodes(child)
    return found


def test_three_lines_are_one_paragraph_with_line_breaks__T7() -> None:
    (paragraph,) = adf.document(DESCRIPTION)["content"]
    assert [node["type"] for node in paragraph["content"]] == ["text", "hardBreak", "text", "hardBreak", "text"]
    assert plain_text(adf.document(DESCRIPTION)) == DESCRIPTION


def test_a_blank_line_parts_paragraphs_as_in_the_approved_texts() -> None:
    tree = adf.document("Hello Jane,\n\nThank you.\n\nDana")
    assert [p["type"] for p in tree["content"]] == ["paragraph"] * 3
    assert plain_text(tree) == "Hello Jane,\n\nThank you.\n\nDana"


@pytest.mark.parametrize(
    "text",
    [
        "{color:red}x{color}",
        "[~accountid:1:2]",
        "*b* _i_ h1. x",
        "<b>&amp;</b>",
        "@Jessica Hauger",
        "[a|http",
        "‮abc",
        "👩‍🔧",
    ],
)
def test_markup_and_mentions_typed_by_people_stay_text(text: str) -> None:
    tree = adf.document(text)
    assert {node["type"] for node in nodes(tree)} == {"doc", "paragraph", "text"}
    assert plain_text(tree) == text


@given(st.text(max_size=300))
def test_no_text_makes_anything_but_paragraphs_lines_and_links(text: str) -> None:
    tree = adf.document(text)
    for node in nodes(tree):
        assert node["type"] in ("doc", "paragraph", "text", "hardBreak")
        if node["type"] == "text":
            assert node["text"]
            for mark in node.get("marks", []):
                assert mark == {"type": "link", "attrs": {"href": node["text"]}}
    said = [line.rstrip() for line in plain_text(tree).split("\n") if line.strip()]
    assert said == [line.rstrip() for line in adf.clean(text).split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Job Link: https://engine.example/jobs/1", ["https://engine.example/jobs/1"]),
        ("(see https://engine.example/jobs/1).", ["https://engine.example/jobs/1"]),
        ("http://a.example and https://b.example/x?y=1&z=2#3", ["http://a.example", "https://b.example/x?y=1&z=2#3"]),
        ("javascript:alert(1) data:text/html,x ftp://a.example", []),
        ("https://user:secret@a.example/", []),
        ("https://", []),
        ("https://[::1", []),
    ],
)
def test_only_plain_web_addresses_become_links_to_what_they_show(text: str, links: list[str]) -> None:
    tree = adf.document(text)
    marked = [node for node in nodes(tree) if node.get("marks")]
    assert [node["text"] for node in marked] == links
    assert [node["marks"][0]["attrs"]["href"] for node in marked] == links
    assert plain_text(tree) == text


def test_a_mention_is_a_node_with_the_account_and_only_the_first_name_is_one__I7() -> None:
    tree = adf.document(
        "Please look, @Jessica Hauger: no installer ticket.\n@Jessica Hauger", ("acc:1", "Jessica Hauger")
    )
    mentions = [node for node in nodes(tree) if node["type"] == "mention"]
    assert mentions == [{"type": "mention", "attrs": {"id": "acc:1", "text": "@Jessica Hauger"}}]
    assert plain_text(tree) == "Please look, @Jessica Hauger: no installer ticket.\n@Jessica Hauger"


def test_a_mention_that_the_text_does_not_name_stands_at_its_beginning__I7() -> None:
    tree = adf.document("No installer ticket.", ("acc:1", "Jessica Hauger"))
    assert tree["content"][0]["content"][0]["type"] == "mention"
    assert plain_text(tree) == "@Jessica Hauger No installer ticket."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb\r\n c", "a b c"),
        ("x" * 255, "x" * 255),
        ("x" * 256, "x" * 254 + "…"),
        ("👩" * 128, "👩" * 127 + "…"),
        ("  a  b ", "a b"),
    ],
)
def test_a_summary_is_one_line_of_255_characters_as_jira_counts_them(text: str, line: str) -> None:
    assert adf.one_line(text) == line


@pytest.mark.parametrize(
    "tree",
    [
        None,
        5,
        "x",
        [],
        {},
        {"content": 5},
        {"content": [None, {"content": [{"type": "text"}]}, {"type": "mention", "attrs": 3}]},
    ],
)
def test_a_strange_document_says_nothing(tree: Any) -> None:
    assert plain_text(tree).strip() == ""
