"""What may not go where: billing words to an installer (I5), and other people's words into a summary (T8)."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

COPIED_RUN: Final = 12  # words in a row that count as copied (T8)

_BEFORE: Final = r"(?<![^\W_])"
_AFTER: Final = r"(?![^\W_])"
_NEVER: Final = re.compile(r"(?!)")
_NO_LETTERS: Final = re.compile(r"[^\w\s]+|_+")


def billing_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Finds the words as whole words, with a plural s as well, whatever their case; a hyphen or ``_`` parts words."""
    either = "|".join(re.escape(plain(word)) for word in sorted(words, key=len, reverse=True))
    return re.compile(f"{_BEFORE}(?:{either})s?{_AFTER}") if either else _NEVER


def billing_words(text: str, pattern: re.Pattern[str], names: Iterable[str] = ()) -> tuple[str, ...]:
    """The billing words in the text, each once, in order. Exact known names are left out of account: a Bill is a name."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return tuple(dict.fromkeys(pattern.findall(plain(text))))


def plain(text: str) -> str:
    """The text as it reads: one case, one form of each letter, nothing invisible within a word."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if text.isascii():
        return text
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def shares_run(text: str, source: str, run: int = COPIED_RUN) -> bool:
    """Whether the two share so many words in a row, whatever their case and punctuation (T8)."""
    if not text or not source:
        return False
    vocabulary, runs = _source(source, run)
    row: list[str] = []  # the last words that the source knows too; most summaries never fill a row
    for word in _words(text):
        if word not in vocabulary:
            row.clear()
            continue
        row.append(word)
        if len(row) >= run and " ".join(row[-run:]) in runs:
            return True
    return False


@lru_cache(maxsize=4)  # the text changes with every keystroke, the ticket it came with does not
def _source(source: str, run: int) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a ticket, and every so many of them in a row."""
    words = _words(source)
    return frozenset(words), frozenset(" ".join(words[i : i + run]) for i in range(len(words) - run + 1))


def _words(text: str) -> list[str]:
    return _NO_LETTERS.sub("", plain(text)).split()
