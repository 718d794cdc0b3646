"""A read query as SQL over the desk's issues. What a field, an operator and a value may be is decided here."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ptodesk_gui.practice import accounts
from ptodesk_gui.practice.jql import Both, Clause, Empty, Function, JqlError, Node, Not, Operand, Query
from ptodesk_gui.practice.site import Call

_EQUALITY = frozenset({"=", "!=", "in", "not in"})
_EMPTINESS = frozenset({"is", "is not"})
_ORDER = frozenset({"<", ">", "<=", ">="})
_TEXT = frozenset({"~", "!~"})
_NEGATIVE = frozenset({"!=", "not in", "!~", "is not"})
# Keys are put in order by the number in them: a ticket that was moved here has a new key and an old id.
_ORDERED = {"issue.id": "issue.project_id, CAST(substr(issue.key, instr(issue.key, '-') + 1) AS INTEGER)"}

Values = list[object]


class _Field(NamedTuple):
    """How a field is searched: its column (or expression), what an operand means, which operators it has."""

    column: str
    value: Callable[[Call, str, Operand], object]
    operators: frozenset[str]
    many: str | None = None  # for lists: the column with the JSON array


def compile_query(call: Call, query: Query) -> tuple[str, Values, str]:
    """The SQL condition, its values, and the ORDER BY.

    Raises JqlError for unknown fields, values that do not exist, operators that a field does not have.
    """
    values: Values = []
    condition = _node(call, query.where, values) if query.where else "1"
    columns = [(_ORDERED.get(column := _field(call, name).column, column), down) for name, down in query.order]
    order = [f"{column} {'DESC' if down else 'ASC'}" for column, down in columns]
    return condition, values, ", ".join([*order, "issue.id DESC"])


def words_match(text: str | None, wanted: str) -> bool:
    """The text search: every word of the query is in the text, a word ending in ``*`` begins one, a "phrase" is there whole."""
    words = _words(text or "")
    for phrase, word in re.findall(r'"([^"]*)"|(\S+)', wanted):
        if phrase:
            parts = _words(phrase)
            if not any(words[i : i + len(parts)] == parts for i in range(len(words))):
                return False
        elif word.endswith("*"):
            if not any(w.startswith(word[:-1].casefold()) for w in words):
                return False
        elif not set(_words(word)) <= set(words):
            return False
    return True


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _node(call: Call, node: Node, values: Values) -> str:
    if isinstance(node, Not):
        return f"NOT ({_node(call, node.inner, values)})"
    if isinstance(node, Both):
        return "(" + (" AND " if node.all_of else " OR ").join(_node(call, part, values) for part in node.nodes) + ")"
    return _clause(call, node, values)


def _clause(call: Call, clause: Clause, values: Values) -> str:
    field = _field(call, clause.field)
    if clause.operator not in field.operators:
        raise JqlError(f"The operator '{clause.operator}' is not supported by the '{clause.field}' field.")
    empty = [isinstance(operand, Empty) for operand in clause.operands]
    if clause.operator in _EMPTINESS and not all(empty):
        raise JqlError(f"The operator '{clause.operator}' only supports the operands EMPTY and NULL.")
    negative = clause.operator in _NEGATIVE
    if all(empty):
        none = f"{field.many} = '[]'" if field.many else f"{field.column} IS NULL"
        return f"NOT ({none})" if negative else none
    found = [field.value(call, clause.field, operand) for operand in clause.operands]
    if clause.operator in _TEXT:
        values.extend(found)
        match = f"words_match({field.column}, ?)"
        return f"NOT {match}" if negative else match
    if clause.operator in _ORDER:
        values.extend(found)
        return f"{field.column} {clause.operator} ?"
    return _membership(field, found, values, negative=negative)


def _membership(field: _Field, found: list[object], values: Values, *, negative: bool) -> str:
    """``=``, ``in`` and their opposites; None among the values stands for "has none" (Unresolved)."""
    given = [value for value in found if value is not None]
    values.extend(given)
    marks = ", ".join("?" * len(given))
    if field.many:
        listed = f"EXISTS (SELECT 1 FROM json_each({field.many}) WHERE json_each.value COLLATE NOCASE IN ({marks}))"  # noqa: S608
        return f"({field.many} <> '[]' AND NOT {listed})" if negative else listed
    condition = f"{field.column} {'NOT IN' if negative else 'IN'} ({marks})"
    if len(given) == len(found):
        return condition
    return f"({condition} AND {field.column} IS NOT NULL)" if negative else f"({condition} OR {field.column} IS NULL)"


def _field(call: Call, name: str) -> _Field:
    wanted = name.lower()
    for field in call.site.fields:
        number = field.id.removeprefix("customfield_")
        if field.custom and wanted in (f"cf[{number}]", field.name.lower(), field.id):
            wanted = field.role or wanted
    found = _FIELDS.get(_ALIASES.get(wanted, wanted))
    if found is None:
        raise JqlError(f"Field '{name}' does not exist or you do not have permission to view it.")
    return found


def _missing(field: str, operand: object) -> JqlError:
    return JqlError(f"The value '{operand}' does not exist for the field '{field}'.")


def _plain(field: str, operand: Operand) -> str:
    if not isinstance(operand, str):
        raise JqlError(f"The operand is not supported by the '{field}' field.")
    return operand


def _text(call: Call, field: str, operand: Operand) -> object:
    text = _plain(field, operand)
    if not _words(text):
        raise JqlError(f"The text '{text}' is not allowed as a search text for the field '{field}'.")
    return text


def _word(call: Call, field: str, operand: Operand) -> object:
    return _plain(field, operand)


def _project(call: Call, field: str, operand: Operand) -> object:
    wanted = _plain(field, operand)
    for project in call.site.projects:
        if call.may("BROWSE_PROJECTS", project) and wanted.casefold() in (
            project.key.casefold(),
            project.name.casefold(),
            str(project.id),
        ):
            return project.id
    raise _missing(field, wanted)


def _named(listed: str, attribute: str = "name") -> Callable[[Call, str, Operand], object]:
    def find(call: Call, field: str, operand: Operand) -> object:
        wanted = _plain(field, operand)
        for thing in getattr(call.site, listed):
            if wanted.casefold() == getattr(thing, attribute).casefold() or wanted == str(thing.id):
                return thing.id
        raise _missing(field, wanted)

    return find


_STATUS_CATEGORIES = {
    "to do": "new",
    "new": "new",
    "in progress": "indeterminate",
    "indeterminate": "indeterminate",
    "done": "done",
    "complete": "done",
}


def _status_category(call: Call, field: str, operand: Operand) -> object:
    found = _STATUS_CATEGORIES.get(_plain(field, operand).lower())
    if found is None:
        raise _missing(field, operand)
    return found


def _resolution(call: Call, field: str, operand: Operand) -> object:
    """``resolution = Unresolved`` is how sites say that there is none; None stands for it."""
    if isinstance(operand, str) and operand.lower() == "unresolved":
        return None
    return _named("resolutions")(call, field, operand)


def _request_type(call: Call, field: str, operand: Operand) -> object:
    """Sites name a request type with its project's key: ``"PTO/M3 delay (PTO)"``."""
    wanted = _plain(field, operand).casefold()
    keys = {project.id: project.key for project in call.site.projects}
    for kind in call.site.request_types:
        if wanted in (kind.name.casefold(), f"{kind.name} ({keys[kind.project_id]})".casefold()):
            return kind.id
    raise _missing(field, operand)


def _organization(call: Call, field: str, operand: Operand) -> object:
    wanted = _plain(field, operand)
    row = call.db.execute(
        "SELECT id FROM organization WHERE name = ? OR CAST(id AS TEXT) = ?", (wanted, wanted)
    ).fetchone()
    if row is None:
        raise _missing(field, wanted)
    return row[0]


def _person(call: Call, field: str, operand: Operand) -> object:
    if isinstance(operand, Function):
        if operand.name == "currentuser":
            return call.me.id
        raise JqlError(f"Unable to find JQL function '{operand.name}()'.")
    person = accounts.by_id(call.db, _plain(field, operand))
    if person is None:
        raise _missing(field, operand)
    return person.id


def _key(call: Call, field: str, operand: Operand) -> object:
    wanted = _plain(field, operand)
    sql = "SELECT id FROM issue WHERE key = ? OR CAST(id AS TEXT) = ? UNION SELECT issue_id FROM old_key WHERE key = ?"
    row = call.db.execute(sql, (wanted,) * 3).fetchone()
    if row is None:
        raise JqlError(f"An issue with key '{wanted}' does not exist for field '{field}'.")
    return row[0]


_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def _moment(call: Call, field: str, operand: Operand) -> object:
    now = datetime.fromtimestamp(call.now, UTC)
    if isinstance(operand, Function):
        start = {"now": now, "startofday": now.replace(hour=0, minute=0, second=0, microsecond=0)}.get(operand.name)
        if start is None:
            raise JqlError(f"Unable to find JQL function '{operand.name}()'.")
        return (
            start + (_offset(operand.arguments[0]) or timedelta() if operand.arguments else timedelta())
        ).timestamp()
    text = _plain(field, operand)
    offset = _offset(text)
    if offset is not None:
        return (now + offset).timestamp()
    for form in ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).timestamp()
        except ValueError:
            continue
    raise JqlError(
        f"Date value '{text}' for field '{field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', "
        "'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'."
    )


def _offset(text: str) -> timedelta | None:
    parts = re.findall(r"(\d+)([mhdw])", text)
    if not re.fullmatch(r"[+-]?(\d+[mhdw]\s*)+", text):
        return None
    total = sum((int(number) * _UNITS[unit] for number, unit in parts), timedelta())
    return -total if text.startswith("-") else total


_ALIASES = {
    "issuekey": "key",
    "id": "key",
    "issue": "key",
    "type": "issuetype",
    "createddate": "created",
    "updateddate": "updated",
    "organizations": "organizations",
    "organization": "organizations",
    "resolved": "resolutiondate",
    "request_type": "request type",
}
_LISTED = _EQUALITY | _EMPTINESS
_FIELDS: Mapping[str, _Field] = {
    "project": _Field("issue.project_id", _project, _EQUALITY),
    "key": _Field("issue.id", _key, _EQUALITY | _ORDER),
    "summary": _Field("issue.summary", _text, _TEXT | _EMPTINESS),
    "description": _Field("issue.text", _text, _TEXT | _EMPTINESS),
    "text": _Field(
        "(issue.summary || ' ' || issue.text || ' ' ||"
        " coalesce((SELECT group_concat(text, ' ') FROM comment WHERE comment.issue_id = issue.id), ''))",
        _text,
        _TEXT,
    ),
    "status": _Field("issue.status", _named("statuses"), _EQUALITY),
    "statuscategory": _Field(
        "(SELECT category FROM status WHERE status.id = issue.status)", _status_category, _EQUALITY
    ),
    "resolution": _Field("issue.resolution", _resolution, _LISTED),
    "issuetype": _Field("issue.issue_type", _named("issue_types"), _EQUALITY),
    "priority": _Field("issue.priority", _named("priorities"), _EQUALITY),
    "category": _Field("issue.category", _named("categories"), _LISTED),
    "request type": _Field("issue.request_type", _request_type, _LISTED),
    "reporter": _Field("issue.reporter", _person, _LISTED),
    "creator": _Field("issue.creator", _person, _EQUALITY),
    "assignee": _Field("issue.assignee", _person, _LISTED),
    "labels": _Field("issue.labels", _word, _LISTED, many="issue.labels"),
    "organizations": _Field("issue.organizations", _organization, _LISTED, many="issue.organizations"),
    "created": _Field("issue.created", _moment, _EQUALITY | _ORDER),
    "updated": _Field("issue.updated", _moment, _EQUALITY | _ORDER),
    "resolutiondate": _Field("issue.resolved", _moment, _LISTED | _ORDER),
}
