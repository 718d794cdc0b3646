"""Text as Atlassian Document Format: a tree of nodes in which text is only ever text (FACTS: Limits).

A homeowner called ``{color:red}`` or ``[~accountid:...]`` stays plain text, because nothing here is joined into markup.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

Node = dict[str, Any]

# Stops before what usually ends a sentence or a bracket, so that "(see https://example.com/a)." links the address alone.
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`\\^{}|\[\]()]+[^\s<>\"'`\\^{}|\[\]().,;:!?]", re.IGNORECASE)
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def document(text: str, mention: tuple[str, str] | None = None) -> Node:
    """The text as a document: blank lines part paragraphs, line breaks stay line breaks, web addresses become links.

    ``mention`` is (account id, display name): the first "@name" in the text notifies that account; without one in the
    text the mention stands at its beginning.
    """
    lines = clean(text).split("\n")
    if mention is not None and not any(f"@{mention[1]}" in line for line in lines):
        lines[0] = f"@{mention[1]} {lines[0]}".rstrip()
    content = []
    for paragraph in _paragraphs(lines):
        nodes, mention = _paragraph(paragraph, mention)
        content.append({"type": "paragraph", "content": nodes})
    return {"type": "doc", "version": 1, "content": content}


def clean(text: str) -> str:
    """The text as Jira will keep it: one kind of line break, and nothing that cannot be written down."""
    return _UNWRITABLE.sub(
        "�", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    )


def has_mention(node: Any) -> bool:
    """Whether somebody is mentioned in a document, so that Jira tells them."""
    return isinstance(node, dict) and (node.get("type") == "mention" or any(map(has_mention, _children(node))))


def one_line(text: str, longest: int = 255) -> str:
    """The text as a summary: no line breaks, and at most ``longest`` characters as Jira counts them (UTF-16 units)."""
    line = " ".join(clean(text).split())
    if _units(line) <= longest:
        return line
    while _units(line) > longest - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _paragraphs(lines: list[str]) -> list[list[str]]:
    """The lines of each paragraph. A second blank line in a row is an empty paragraph; none begins or ends the text."""
    found: list[list[str]] = [[]]
    for before, line in itertools.pairwise(["", *lines]):
        if line.strip():
            found[-1].append(line)
        elif before.strip() or found[-1:] == [[]]:
            found.append([])
    while len(found) > 1 and not found[0]:
        del found[0]
    while len(found) > 1 and not found[-1]:
        del found[-1]
    return found


def _paragraph(lines: list[str], mention: tuple[str, str] | None) -> tuple[list[Node], tuple[str, str] | None]:
    """The nodes of one paragraph, and the mention if it is still to be made."""
    nodes: list[Node] = []
    for number, line in enumerate(lines):
        if number:
            nodes.append({"type": "hardBreak"})
        before, found, after = line.partition(f"@{mention[1]}") if mention else (line, "", "")
        if mention and found:
            nodes += _texts(before)
            nodes.append({"type": "mention", "attrs": {"id": mention[0], "text": f"@{mention[1]}"}})
            nodes += _texts(after)
            mention = None
        else:
            nodes += _texts(line)
    return nodes, mention


def _texts(text: str) -> Iterator[Node]:
    """Text nodes for a stretch of one line; its web addresses carry a link mark to exactly what they show."""
    end = 0
    for match in _ADDRESS.finditer(text):
        if not _is_web_address(match.group()):
            continue
        if match.start() > end:
            yield {"type": "text", "text": text[end : match.start()]}
        link = {"type": "link", "attrs": {"href": match.group()}}
        yield {"type": "text", "text": match.group(), "marks": [link]}
        end = match.end()
    if text[end:]:
        yield {"type": "text", "text": text[end:]}


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.hostname) and parts.username is None and text.isascii()


def _children(node: Node) -> list[Any]:
    content = node.get("content")
    return content if isinstance(content, list) else []
