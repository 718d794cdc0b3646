"""What a document in Atlassian's format says, for comparing."""

from typing import Any


def plain_text(node: Any) -> str:
    """What a document says, for comparing: lines as lines, a blank line between paragraphs. Anything strange is left out."""
    if not isinstance(node, dict):
        return ""
    blocks = [_inline(block) for block in _children(node)]
    return "\n\n".join(block for block in blocks if block)


def _inline(node: Any) -> str:
    if not isinstance(node, dict):
        return ""
    match node.get("type"):
        case "text":
            return str(node.get("text", ""))
        case "hardBreak":
            return "\n"
        case "mention":
            attrs = node.get("attrs")
            return str(attrs.get("text", "")) if isinstance(attrs, dict) else ""
        case _:
            return "".join(_inline(child) for child in _children(node))


def _children(node: dict[str, Any]) -> list[Any]:
    content = node.get("content")
    return content if isinstance(content, list) else []
