"""The part of JQL that the desk understands, read into a tree. Text must be quoted and escaped as on a real site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class JqlError(Exception):
    """What is wrong with a query, as a site says it."""


class Function(NamedTuple):
    """A function as operand: ``currentUser()``, ``startOfDay("-1d")``."""

    name: str
    arguments: tuple[str, ...]


class Empty(NamedTuple):
    """The operand EMPTY or NULL."""


Operand = str | Function | Empty


@dataclass(frozen=True)
class Clause:
    """``field operator operand``; several operands for ``in`` and ``not in``."""

    field: str
    operator: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True)
class Not:
    inner: "Node"


@dataclass(frozen=True)
class Both:
    """Nodes joined by AND (``all_of``) or by OR."""

    nodes: tuple["Node", ...]
    all_of: bool


Node = Clause | Not | Both


@dataclass(frozen=True)
class Query:
    """A query: its restriction, if it has one, and its order as pairs of field and "descending"."""

    where: Node | None
    order: tuple[tuple[str, bool], ...]


_TOKEN = re.compile(
    r"""\s*(?:
    (?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<operator>!=|!~|<=|>=|=|~|<|>)
    |(?P<mark>[(),])
    |(?P<word>[^\s"'()=!~<>,\\]+)
    )""",
    re.VERBOSE | re.DOTALL,
)
_RESERVED = frozenset({"and", "or", "not", "in", "is", "order", "by", "empty", "null", "was", "changed"})
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_UNQUOTED_FORBIDDEN = re.compile(r"[+;?|*/%^$#@\[\]{}&]")


class _Token(NamedTuple):
    kind: str
    text: str
    position: int

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text.lower() in words


def parse(text: str) -> Query:
    """Read a query.

    Raises JqlError for what is not JQL, and for the JQL that this desk does not know.
    """
    return _Parser(list(_tokens(text))).query()


def quote(text: str) -> str:
    """A text as a quoted JQL operand."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    text = text.rstrip()
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise JqlError(
                f"Error in the JQL Query: The character at position {position + 1} is not expected here. (line 1, character {position + 1})"
            )
        kind = found.lastgroup or ""
        value = found.group(kind)
        if kind == "quoted":
            value = re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), value[1:-1], flags=re.DOTALL)
        yield _Token(kind, value, found.start(kind) + 1)
        position = found.end()


class _Parser:
    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def query(self) -> Query:
        where = None if self._done() or self._peek().is_word("order") else self._either()
        order = self._order()
        if not self._done():
            raise self._unexpected("'ORDER BY'")
        return Query(where, order)

    def _either(self) -> Node:
        nodes = [self._all()]
        while self._take_word("or"):
            nodes.append(self._all())
        return nodes[0] if len(nodes) == 1 else Both(tuple(nodes), all_of=False)

    def _all(self) -> Node:
        nodes = [self._one()]
        while self._take_word("and"):
            nodes.append(self._one())
        return nodes[0] if len(nodes) == 1 else Both(tuple(nodes), all_of=True)

    def _one(self) -> Node:
        if self._take_word("not"):
            return Not(self._one())
        if self._take("mark", "("):
            inner = self._either()
            self._expect(")")
            return inner
        return self._clause()

    def _clause(self) -> Node:
        field = self._next("a field name").text
        operator = self._operator()
        if operator in ("in", "not in"):
            self._expect("(")
            operands = [self._operand()]
            while self._take("mark", ","):
                operands.append(self._operand())
            self._expect(")")
            return Clause(field, operator, tuple(operands))
        return Clause(field, operator, (self._operand(),))

    def _operator(self) -> str:
        token = self._next("an operator")
        if token.kind == "operator":
            return token.text
        if token.is_word("in"):
            return "in"
        if token.is_word("not") and self._take_word("in"):
            return "not in"
        if token.is_word("is"):
            return "is not" if self._take_word("not") else "is"
        self._at -= 1
        raise self._unexpected("an operator ('=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'IS')")

    def _operand(self) -> Operand:
        token = self._next("a value")
        if token.kind == "quoted":
            return token.text
        if token.is_word("empty", "null"):
            return Empty()
        if token.kind != "word" or token.text.lower() in _RESERVED or _UNQUOTED_FORBIDDEN.search(token.text):
            self._at -= 1
            raise self._unexpected("a value (text with reserved words or characters must be quoted)")
        if not self._take("mark", "("):
            return token.text
        arguments: list[str] = []
        while not self._take("mark", ")"):
            arguments.append(self._next("an argument").text)
            self._take("mark", ",")
        return Function(token.text.lower(), tuple(arguments))

    def _order(self) -> tuple[tuple[str, bool], ...]:
        if not self._take_word("order"):
            return ()
        if not self._take_word("by"):
            raise self._unexpected("'by'")
        order = []
        while True:
            field = self._next("a field name").text
            descending = self._take_word("desc")
            if not descending:
                self._take_word("asc")
            order.append((field, descending))
            if not self._take("mark", ","):
                return tuple(order)

    def _done(self) -> bool:
        return self._at >= len(self._tokens)

    def _peek(self) -> _Token:
        return self._tokens[self._at]

    def _next(self, wanted: str) -> _Token:
        if self._done() or self._peek().kind in ("mark",):
            raise self._unexpected(wanted)
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, kind: str, text: str) -> bool:
        found = not self._done() and self._peek()[:2] == (kind, text)
        self._at += found
        return found

    def _take_word(self, word: str) -> bool:
        found = not self._done() and self._peek().is_word(word)
        self._at += found
        return found

    def _expect(self, mark: str) -> None:
        if not self._take("mark", mark):
            raise self._unexpected(f"'{mark}'")

    def _unexpected(self, wanted: str) -> JqlError:
        if self._done():
            return JqlError(f"Error in the JQL Query: Expecting {wanted} before the end of the query.")
        token = self._peek()
        return JqlError(
            f"Error in the JQL Query: Expecting {wanted} but got '{token.text}'. (line 1, character {token.position})"
        )
