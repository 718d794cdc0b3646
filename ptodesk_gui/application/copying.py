"""What goes on the clipboard: a finished reply as plain text and as HTML, or nothing and the reason."""

from dataclasses import dataclass

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from ptodesk_gui.sop.view import CallView, ReplyChoice


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was copied, and the field that is to be filled first (empty when no field can mend it)."""

    text: str
    field: str = ""


def reply_to_copy(choice: ReplyChoice) -> str | Refusal:
    """The chosen reply's finished text, or why there is none to copy. A text with a blank is never given out."""
    option = choice.chosen_option
    if option is None:
        return Refusal(f"Nothing was copied: no reply is chosen. {choice.why}".rstrip())
    if blanks := option.words.blanks:
        names = ", ".join(dict.fromkeys(blank.text for blank in blanks))
        return Refusal(f"Nothing was copied: not known yet: {names}.", blanks[0].blank_field or "")
    return option.words.text


def installer_reply_to_copy(view: CallView) -> str | Refusal:
    """The installer's reply, refused as well while it has words about billing that nobody confirmed (I5)."""
    for problem in view.problems:
        if problem.rule == "I5" and problem.blocks:
            return Refusal(f"Nothing was copied. {problem.text}", problem.field)
    return reply_to_copy(view.installer_reply)


def as_mime(text: str) -> QMimeData:
    """The text for the clipboard, as plain text and as HTML in which nothing of it is markup."""
    mime = QMimeData()
    mime.setText(text)
    mime.setHtml(as_html(text))
    return mime


def as_html(text: str) -> str:
    """The text as HTML: paragraphs at blank lines, line breaks kept, leading spaces kept, everything escaped."""
    paragraphs = []
    for block in text.split("\n\n"):
        lines = (_line(line) for line in block.split("\n"))
        paragraphs.append(f"<p>{'<br>'.join(lines)}</p>")
    return "".join(paragraphs)


def let_go() -> None:
    """Give up what is on a clipboard that ends with this process: Qt would destroy it after Python has ended, and crash.

    The clipboard of a desktop keeps what was copied.
    """
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        QGuiApplication.clipboard().clear()


def _line(line: str) -> str:
    from html import escape  # not before the first paint

    body = line.lstrip(" ")
    return "&nbsp;" * (len(line) - len(body)) + escape(body)
