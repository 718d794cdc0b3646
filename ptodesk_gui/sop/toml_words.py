"""What the TOML reader says of a file that cannot be read, in words for somebody who has never programmed."""

import re
from typing import Final

_CURLY: Final = re.compile("[“”„‟‘’‚‛«»]")
_IN_QUOTES: Final = re.compile(r""""(?:\\.|[^"\\])*"|'[^']*'""")
_NAME_WITH_COLON: Final = re.compile(r"\s*[\w.-]+\s*:")
_DATE: Final = re.compile(r"=\s*\d+\s*[-/.]\s*\d+\s*[-/.]\s*\d+")
_EMPTY: Final = re.compile(r"=\s*(?:#.*)?$")
_YES_NO: Final = re.compile(r"=\s*(?:yes|no|on|off|true|false)\s*(?:#.*)?$", re.IGNORECASE)
_NAME: Final = re.compile(r"\s*([\w.-]+)\s*=")
_MERGE: Final = re.compile(r"(?:<{7}|={7}|>{7})")

CURLY: Final = 'has curly quotation marks, as Word makes them. Write straight ones: "'
MERGE: Final = "two versions of the file were put into one here. Keep the lines of one of them."
SPACE: Final = "has a special space in it, as copied from a document or a web page. Delete it and type a usual one."
COLON: Final = 'has a colon after the name. Write "name = value".'
NO_EQUALS: Final = 'has no = after the name. Write "name = value".'
UNCLOSED_QUOTE: Final = 'a quotation mark is not closed. Put " at the end of the text.'
LIST: Final = (
    'a list does not end, or a comma is missing in it. Write ["one", "two"]. (It may have begun in a line above.)'
)
DATE: Final = "is no date. Write year-month-day, such as 2026-01-31."
NO_VALUE: Final = "has no value after the =. Write one."
TRUTH: Final = "is neither true nor false. Write one of these two, in small letters and without quotes."
NO_QUOTES: Final = (
    "the value is not written as it must be. Text stands in quotes, numbers and dates do not, lists stand in [ ]."
)
MORE: Final = "something follows after the value. Write one value in a line, text in quotes, a note after #."
TWICE: Final = "{name} is there a second time. Keep it once."
TABLE: Final = "a line in square brackets does not end with ]. Write it as in the playbook that came with the program."
BACKSLASH: Final = "has a backslash within double quotes. Put the text into single quotes: '...'."
NO_LINE: Final = 'is no line of a playbook. Write "name = value", or begin it with # if it is a note.'
OTHER: Final = "cannot be read here: {said}. Compare with the lines around it."


def in_words(said: str, line: str) -> str:
    """What is wrong and what to do. ``said`` are the reader's words, ``line`` is the line it stopped in."""
    bare = _IN_QUOTES.sub("", line).partition("#")[0]
    for sentence, is_it in (
        (MERGE, _MERGE.match(line)),
        (CURLY, _CURLY.search(bare)),
        (SPACE, re.search(r"[^\S\t\n\r ]", bare)),
        (COLON, _NAME_WITH_COLON.match(bare)),
    ):
        if is_it:
            return sentence
    return _of_the_reader(said, line, bare)


def _of_the_reader(said: str, line: str, bare: str) -> str:
    if said.startswith("Expected '=' after a key"):
        return NO_EQUALS
    if said.startswith(("Illegal character '\\n'", "Unterminated string", 'Expected "\'"', "Expected \"'''\"")):
        return UNCLOSED_QUOTE
    if said.startswith("Unclosed array"):
        return LIST
    if said.startswith(("Cannot overwrite a value", "Cannot declare", "Cannot mutate", "Cannot redefine", "Duplicate")):
        found = _NAME.match(line)
        return TWICE.format(name=found[1] if found else line.strip() or "a name")
    if said.startswith("Expected ']'"):
        return TABLE
    if said.startswith(("Unescaped '\\'", "Invalid hex value", "Escaped character")):
        return BACKSLASH
    if said.startswith("Invalid statement"):
        return NO_LINE
    if said.startswith(("Invalid date", "Expected newline", "Invalid value")):
        return _of_the_value(said, bare)
    return OTHER.format(said=said)


def _of_the_value(said: str, bare: str) -> str:
    if said.startswith("Invalid date") or _DATE.search(bare):
        return DATE
    if _EMPTY.search(bare):
        return NO_VALUE
    if _YES_NO.search(bare):
        return TRUTH
    return MORE if said.startswith("Expected newline") else NO_QUOTES
