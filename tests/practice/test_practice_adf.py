"""Which documents are ADF, and what they are as text and HTML."""

from typing import Any

import pytest

from ptodesk_gui.practice import adf


def text(value: str = "x", **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": value, **more}


def paragraph(*content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(content)}


def whole(*blocks: Any) -> dict[str, Any]:
    return {"type": "doc", "version": 1, "content": list(blocks)}


MENTION = {"type": "mention", "attrs": {"id": "712020:a", "text": "@Jessica Hauger"}}
BREAK = {"type": "hardBreak"}


@pytest.mark.parametrize(
    "document",
    [
        whole(),
        whole({"type": "paragraph"}),
        whole(paragraph(text("a"), BREAK, MENTION)),
        whole(paragraph(text("a", marks=[{"type": "link", "attrs": {"href": "https://engine.example/"}}]))),
        whole({"type": "heading", "attrs": {"level": 2}, "content": [text()]}),
        whole({"type": "bulletList", "content": [{"type": "listItem", "content": [paragraph(text())]}]}),
        whole({"type": "rule"}, {"type": "codeBlock", "content": [text()]}),
    ],
)
def test_documents_are_taken(document: Any) -> None:
    assert adf.is_document(document)


@pytest.mark.parametrize(
    "document",
    [
        None,
        "text",
        [],
        {},
        {"type": "doc", "version": 1},
        {"type": "doc", "version": 2, "content": []},
        {"type": "paragraph", "version": 1, "content": []},
        {**whole(), "extra": 1},
        whole(text()),
        whole(paragraph(text(""))),
        whole(paragraph({"type": "text"})),
        whole(paragraph({"type": "text", "text": 7})),
        whole(paragraph(text("a", marks=["strong"]))),
        whole(paragraph(text("a", marks=[{"type": "blink"}]))),
        whole(paragraph(paragraph(text()))),
        whole(paragraph({"type": "mention"})),
        whole(paragraph({"type": "mention", "attrs": {"id": 7}})),
        whole({"type": "heading", "content": [text()]}),
        whole({"type": "heading", "attrs": {"level": 7}, "content": [text()]}),
        whole({"type": "heading", "attrs": {"level": True}, "content": [text()]}),
        whole({"type": "bulletList", "content": []}),
        whole({"type": "bulletList", "content": [paragraph(text())]}),
        whole({"type": "script", "content": [text()]}),
        whole({"type": "rule", "content": []}),
        whole({"type": "paragraph", "content": "text"}),
        whole({"type": "paragraph", "text": "a"}),
        whole({"type": ["paragraph"]}),
        whole(None),
    ],
)
def test_what_is_no_document_is_refused(document: Any) -> None:
    assert not adf.is_document(document)


def test_a_document_nested_without_end_is_refused() -> None:
    inner: dict[str, Any] = paragraph(text())
    for _ in range(100):
        inner = {"type": "bulletList", "content": [{"type": "listItem", "content": [inner]}]}
    assert not adf.is_document(whole(inner))


def test_a_document_as_text() -> None:
    document = whole(paragraph(text("a"), BREAK, text("b")), paragraph(MENTION))
    assert adf.to_text(document) == "a\nb\n\n@Jessica Hauger"


def test_markup_in_a_text_stays_text() -> None:
    document = whole(paragraph(text("<script>alert('&')</script>", marks=[{"type": "strong"}])))
    shown = "<p><strong>&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;</strong></p>"
    assert adf.to_html(document) == shown


def test_a_link_in_a_document_is_no_active_link() -> None:
    link = {"type": "link", "attrs": {"href": "javascript:alert(1)"}}
    assert adf.to_html(whole(paragraph(text("a", marks=[link])))) == "<p>a</p>"


def test_a_plain_comment_becomes_paragraphs_and_breaks_and_is_a_document() -> None:
    document = adf.from_plain("a\nb\n\n\n\nc\r\nd")
    assert adf.is_document(document)
    assert adf.to_text(document).split("\n\n")[0] == "a\nb"
    assert adf.to_text(document).endswith("c\nd")
