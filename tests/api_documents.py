"""Requests and answers against the two published API documents, Jira Cloud platform v3 and Service Management.

``ApiDocuments(shared_dir)`` loads them (once a session, see ``load``). ``check_request`` and ``check_answer`` raise
``ApiError`` with what is wrong. ``ApiWatch`` is an observer for a ``PracticeDesk``: it checks everything that goes in and out.
"""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from jsonschema import FormatChecker
from openapi_schema_validator import OAS30ReadValidator, OAS30WriteValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

FILES = {"platform": "platform.v3.json", "service-management": "service-management.v3.json"}
# Statuses of a gateway, a server or a limit, which any operation may answer without listing them.
ANYWHERE = frozenset({400, 401, 403, 404, 405, 409, 412, 413, 415, 421, 429, 500, 502, 503})
_JSON_SCHEMA = ("content", "application/json", "schema")
_JIRA_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)")


class ApiError(AssertionError):
    """A request or an answer is not as its API document has it."""


@dataclass(frozen=True)
class Operation:
    """An operation of a document: where it stands there, its parameters by (place, name), and what it answers."""

    document: str
    method: str
    template: str
    parameters: dict[tuple[str, str], dict[str, Any]]
    body: dict[str, Any] | None
    responses: dict[str, Any]


class ApiDocuments:
    """Both documents, ready for look-ups."""

    def __init__(self, folder: Path) -> None:
        self._documents = {
            name: json.loads((folder / file).read_text(encoding="utf-8")) for name, file in FILES.items()
        }
        _mend(self._documents)
        resources = [(f"urn:{n}", Resource(d, DRAFT4)) for n, d in self._documents.items()]
        self._registry: Registry[Any] = Registry().with_resources(resources)
        self._templates = [
            (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))), name, path)
            for name, document in self._documents.items()
            for path in document["paths"]
        ]
        self._found: dict[tuple[str, str], Operation] = {}

    def operation(self, method: str, path: str) -> Operation:
        """The operation that answers the method at the path. Raises ApiError when no document has one."""
        matching = [(name, template) for shape, name, template in self._templates if shape.fullmatch(path)]
        for name, template in sorted(matching, key=lambda found: found[1].count("{")):
            spec = self._documents[name]["paths"][template].get(method.lower())
            if spec is not None:
                return self._operation(name, method, template, spec)
        raise ApiError(f"no API document has {method} {path}")

    def check_request(self, method: str, target: str, body: bytes | None = None) -> Operation:
        """Check path, query and JSON body of a request. ``target`` is the path with its query."""
        parts = urlsplit(target)
        operation = self.operation(method, parts.path)
        self._check_query(operation, parse_qsl(parts.query, keep_blank_values=True))
        if operation.body is None:
            if body:
                raise ApiError(f"{method} {operation.template} takes no body")
        elif body or operation.body.get("required"):
            where = f"request {method} {operation.template}"
            pointer = ["paths", operation.template, method.lower(), "requestBody", *_JSON_SCHEMA]
            self._check(OAS30WriteValidator, operation.document, pointer, _parsed(body or b"", where), where)
        return operation

    def check_answer(self, method: str, target: str, status: int, body: bytes) -> Operation:
        """Check status and body of an answer."""
        operation = self.operation(method, urlsplit(target).path)
        where = f"answer {status} of {method} {operation.template}"
        response = operation.responses.get(str(status))
        if response is None:
            if status not in ANYWHERE:
                raise ApiError(f"{where}: the operation has no such status")
            return operation
        if response.get("content", {}).get("application/json", {}).get("schema"):
            pointer = ["paths", operation.template, method.lower(), "responses", str(status), *_JSON_SCHEMA]
            self._check(OAS30ReadValidator, operation.document, pointer, json.loads(body), where)
        elif status == 204 and body:
            raise ApiError(f"{where} has a body")
        return operation

    def _operation(self, name: str, method: str, template: str, spec: dict[str, Any]) -> Operation:
        if (method, template) not in self._found:
            shared = self._documents[name]["paths"][template].get("parameters", [])
            parameters = {(p["in"], p["name"]): p for p in [*shared, *spec.get("parameters", [])]}
            self._found[method, template] = Operation(
                name, method, template, parameters, spec.get("requestBody"), spec["responses"]
            )
        return self._found[method, template]

    def _check_query(self, operation: Operation, given: list[tuple[str, str]]) -> None:
        where = f"query of {operation.method} {operation.template}"
        for name, text in given:
            parameter = operation.parameters.get(("query", name))
            if parameter is None:
                raise ApiError(f"{where}: no parameter '{name}'")
            schema = parameter.get("schema", {})
            value = _typed(text, schema)
            problems = list(
                OAS30WriteValidator(schema, registry=self._registry, format_checker=_FORMATS).iter_errors(value)
            )
            if problems:
                raise ApiError(f"{where}: '{name}': {problems[0].message}")
        missing = {n for (place, n), p in operation.parameters.items() if place == "query" and p.get("required")}
        missing -= {name for name, _ in given}
        if missing:
            raise ApiError(f"{where}: {', '.join(sorted(missing))} missing")

    def _check(self, kind: Any, document: str, pointer: list[str], value: object, where: str) -> None:
        path = "/".join(quote(part.replace("~", "~0").replace("/", "~1"), safe="~{}") for part in pointer)
        validator = kind({"$ref": f"urn:{document}#/{path}"}, registry=self._registry, format_checker=_FORMATS)
        problems = sorted(validator.iter_errors(value), key=lambda problem: list(map(str, problem.path)))
        if problems:
            said = "; ".join(f"{'/'.join(map(str, p.path)) or 'body'}: {p.message[:300]}" for p in problems[:5])
            raise ApiError(f"{where}: {said}")


@cache
def load(folder: Path) -> ApiDocuments:
    """The documents in this folder, read once however often they are asked for."""
    return ApiDocuments(folder)


@dataclass
class ApiWatch:
    """Give ``watch.see`` to a ``PracticeDesk`` as its observer, and call ``watch.check()`` at the end of the test.

    A request that the desk refused is not checked (tests refuse on purpose), its answer is. ``seen`` has what was checked.
    """

    documents: ApiDocuments
    seen: set[tuple[str, str, int]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def see(self, exchange: Any) -> None:
        """Check one exchange (``ptodesk_gui.practice.application.Exchange``)."""
        if not exchange.target.startswith("/rest/") or exchange.status in (404, 405):
            return
        try:
            if exchange.status < 400:
                self.documents.check_request(exchange.method, exchange.target, exchange.body)
            found = self.documents.check_answer(exchange.method, exchange.target, exchange.status, exchange.answer)
            self.seen.add((found.method, found.template, exchange.status))
        except ApiError as error:
            self.faults.append(str(error))

    def check(self) -> None:
        """Raise ApiError when anything was not as the documents have it."""
        if self.faults:
            raise ApiError("\n".join(self.faults))


def _mend(documents: dict[str, Any]) -> None:
    """Where a schema requires a name that it does not allow, the name in the operation's text and example holds."""
    schemas = documents["platform"]["components"]["schemas"]
    for schema, wrong, right in (
        ("IssueBulkMovePayload", "targetToMultipleSourceMapping", "targetToSourcesMapping"),
        ("targetToSourcesMapping", "issueIdOrKeys", "issueIdsOrKeys"),
    ):
        required = schemas[schema]["required"]
        required[required.index(wrong)] = right


def _parsed(body: bytes, where: str) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise ApiError(f"{where}: the body is not JSON") from None


def _typed(text: str, schema: dict[str, Any]) -> object:
    """A query's text as the type that its schema has; lists are written with commas."""
    kind = schema.get("type")
    if kind == "array":
        return [_typed(part, schema.get("items", {})) for part in text.split(",")]
    if kind == "integer":
        return int(text) if re.fullmatch(r"-?\d+", text) else text
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    return text


_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time")
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or _JIRA_TIME.fullmatch(value) is not None


@_FORMATS.checks("uri")
def _is_address(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


@_FORMATS.checks("int32")
def _is_int32(value: object) -> bool:
    return not isinstance(value, int) or -(2**31) <= value < 2**31
