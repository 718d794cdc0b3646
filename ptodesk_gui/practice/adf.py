"""Atlassian Document Format: whether a value is a document, and a document as plain text and as HTML."""

import json
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, TypeGuard

MAX_CHARACTERS = 32_767
_MAX_DEPTH = 60

_TEXT = frozenset({"text", "hardBreak", "mention", "emoji", "inlineCard", "date", "status", "placeholder"})
_BLOCKS = frozenset(
    {
        "paragraph",
        "heading",
        "bulletList",
        "orderedList",
        "blockquote",
        "codeBlock",
        "panel",
        "rule",
        "table",
        "expand",
        "mediaSingle",
        "mediaGroup",
        "blockCard",
        "taskList",
        "decisionList",
    }
)
# What each node may hold. A node that is not named here is none of ADF's.
_CHILDREN: Mapping[str, frozenset[str]] = {
    "doc": _BLOCKS,
    "paragraph": _TEXT,
    "heading": _TEXT,
    "bulletList": frozenset({"listItem"}),
    "orderedList": frozenset({"listItem"}),
    "listItem": frozenset({"paragraph", "bulletList", "orderedList", "codeBlock", "mediaSingle"}),
    "blockquote": frozenset({"paragraph", "bulletList", "orderedList", "codeBlock"}),
    "codeBlock": frozenset({"text"}),
    "panel": frozenset({"paragraph", "heading", "bulletList", "orderedList"}),
    "expand": _BLOCKS - {"expand"},
    "table": frozenset({"tableRow"}),
    "tableRow": frozenset({"tableCell", "tableHeader"}),
    "tableCell": _BLOCKS - {"table", "expand"},
    "tableHeader": _BLOCKS - {"table", "expand"},
    "mediaSingle": frozenset({"media"}),
    "mediaGroup": frozenset({"media"}),
    "taskList": frozenset({"taskItem"}),
    "taskItem": _TEXT,
    "decisionList": frozenset({"decisionItem"}),
    "decisionItem": _TEXT,
}
_LEAVES = frozenset(
    {
        "text",
        "hardBreak",
        "mention",
        "emoji",
        "inlineCard",
        "date",
        "status",
        "placeholder",
        "rule",
        "media",
        "blockCard",
    }
)
_NEEDS_ATTRS: Mapping[str, tuple[str, type]] = {
    "heading": ("level", int),
    "mention": ("id", str),
    "emoji": ("shortName", str),
    "date": ("timestamp", str),
    "status": ("text", str),
    "panel": ("panelType", str),
}
_NEEDS_CONTENT = frozenset({"bulletList", "orderedList", "listItem", "blockquote", "panel", "table", "tableRow"})
_MARKS = frozenset(
    {"strong", "em", "code", "strike", "underline", "link", "subsup", "textColor", "backgroundColor", "annotation"}
)
_NODE_KEYS = frozenset({"type", "content", "attrs", "marks", "text", "version"})


def is_document(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether the value is a whole document: ``{"type": "doc", "version": 1, "content": [...]}`` and valid below."""
    if not isinstance(value, dict) or value.get("type") != "doc" or value.get("version") != 1:
        return False
    return (
        set(value) <= {"type", "version", "content"} and isinstance(value.get("content"), list) and _is_node(value, 0)
    )


def is_too_long(document: Mapping[str, Any]) -> bool:
    """Whether the document holds more than the 32,767 characters that a description or a comment may have."""
    return len(to_text(document)) > MAX_CHARACTERS


def mentions(document: Mapping[str, Any]) -> set[str]:
    """The account ids that the document mentions."""
    found = {str(document["attrs"]["id"])} if document.get("type") == "mention" else set()
    for child in document.get("content", ()):
        found |= mentions(child)
    return found


def to_text(document: Mapping[str, Any] | None) -> str:
    """The document as plain text, a blank line between its blocks."""
    return _text(document).strip("\n") if document else ""


def to_html(document: Mapping[str, Any] | None) -> str:
    """The document as HTML, every text in it escaped: markup in a text stays text."""
    return _html(document) if document else ""


def _is_node(node: object, depth: int) -> bool:
    if not isinstance(node, dict) or depth > _MAX_DEPTH or not set(node) <= _NODE_KEYS:
        return False
    kind = node.get("type")
    if not isinstance(kind, str) or (kind not in _CHILDREN and kind not in _LEAVES):
        return False
    return _has_right_text(node, kind) and _has_right_attrs(node, kind) and _has_right_children(node, kind, depth)


def _has_right_text(node: dict[str, Any], kind: str) -> bool:
    if kind != "text":
        return "text" not in node and "marks" not in node
    if not isinstance(node.get("text"), str) or not node["text"]:
        return False
    marks = node.get("marks", [])
    return isinstance(marks, list) and all(isinstance(mark, dict) and mark.get("type") in _MARKS for mark in marks)


def _has_right_attrs(node: dict[str, Any], kind: str) -> bool:
    attrs = node.get("attrs", {})
    if not isinstance(attrs, dict):
        return False
    if kind in _NEEDS_ATTRS:
        name, wanted = _NEEDS_ATTRS[kind]
        if not isinstance(attrs.get(name), wanted) or isinstance(attrs.get(name), bool):
            return False
    return kind != "heading" or 1 <= attrs["level"] <= 6


def _has_right_children(node: dict[str, Any], kind: str, depth: int) -> bool:
    if kind in _LEAVES:
        return "content" not in node
    children = node.get("content", [])
    if not isinstance(children, list) or (kind in _NEEDS_CONTENT and not children):
        return False
    allowed = _CHILDREN[kind]
    return all(_is_node(child, depth + 1) and child["type"] in allowed for child in children)


def _text(node: Mapping[str, Any]) -> str:
    kind = node["type"]
    leaf = _LEAF_TEXT.get(kind)
    if leaf is not None:
        return leaf(node.get("attrs", {}), node)
    inner = "".join(_text(child) for child in node.get("content", ()))
    if kind in ("paragraph", "heading", "codeBlock"):
        return inner + "\n\n"
    if kind == "listItem":
        return "- " + inner.strip("\n") + "\n"
    return inner + ("\n" if kind in ("bulletList", "orderedList") else "")


_LEAF_TEXT: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], str]] = {
    "text": lambda attrs, node: str(node["text"]),
    "hardBreak": lambda attrs, node: "\n",
    "mention": lambda attrs, node: str(attrs.get("text") or "@" + str(attrs["id"])),
    "emoji": lambda attrs, node: str(attrs.get("text") or attrs["shortName"]),
    "inlineCard": lambda attrs, node: str(attrs.get("url", "")),
    "blockCard": lambda attrs, node: str(attrs.get("url", "")) + "\n\n",
    "date": lambda attrs, node: str(attrs["timestamp"]),
    "status": lambda attrs, node: str(attrs["text"]),
    "placeholder": lambda attrs, node: "",
    "rule": lambda attrs, node: "---\n\n",
    "media": lambda attrs, node: "",
}
_TAGS: Mapping[str, str] = {
    "paragraph": "p",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
    "blockquote": "blockquote",
    "codeBlock": "pre",
    "panel": "div",
    "table": "table",
    "tableRow": "tr",
    "tableCell": "td",
    "tableHeader": "th",
}
_MARK_TAGS: Mapping[str, str] = {"strong": "strong", "em": "em", "code": "code", "strike": "s", "underline": "u"}


def _html(node: Mapping[str, Any]) -> str:
    kind = node["type"]
    if kind == "hardBreak":
        return "<br>"
    if kind == "rule":
        return "<hr>"
    if kind == "mention":
        return f'<span class="mention">{escape(_text(node))}</span>'
    if kind in _LEAVES:
        return _marked(node, escape(_text(node).strip("\n") if kind != "text" else node["text"]))
    inner = "".join(_html(child) for child in node.get("content", ()))
    if kind == "heading":
        return f"<h4>{inner}</h4>"
    tag = _TAGS.get(kind)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _marked(node: Mapping[str, Any], html: str) -> str:
    for mark in node.get("marks", ()):
        tag = _MARK_TAGS.get(mark["type"])
        html = f"<{tag}>{html}</{tag}>" if tag else html
    return html


def dumps(document: Mapping[str, Any] | None) -> str | None:
    """The document as it is kept in the file."""
    return None if document is None else json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def from_plain(text: str) -> dict[str, Any]:
    """A plain text (a service desk comment) as a document: a paragraph per block, a break per line."""
    paragraphs: list[dict[str, Any]] = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        content: list[dict[str, Any]] = []
        for number, line in enumerate(block.split("\n")):
            content += [{"type": "hardBreak"}] if number else []
            content += [{"type": "text", "text": line}] if line else []
        paragraphs.append({"type": "paragraph", "content": content})
    return {"type": "doc", "version": 1, "content": paragraphs}
