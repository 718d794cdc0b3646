"""Which function answers which operation. Paths are written as the API documents write them."""

import re
import threading
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import NamedTuple

from werkzeug.routing import Map, Rule

from ptodesk_gui.practice.site import Call, Reply

Handler = Callable[[Call], Reply]


class Route(NamedTuple):
    """An operation. ``changes``: it may write; ``experimental``: it wants ``X-ExperimentalApi: opt-in``; ``anonymous``: no sign-in."""

    method: str
    template: str
    handler: Handler
    changes: bool
    experimental: bool
    anonymous: bool


# Importing them registers their operations.
_MODULES = (
    "site_routes",
    "issue_routes",
    "comment_routes",
    "transitions",
    "search_routes",
    "move_routes",
    "service_desk_routes",
    "request_routes",
    "pages",
)
_ROUTES: list[Route] = []
_BUILDING = threading.Lock()


def route(
    method: str,
    template: str,
    *,
    changes: bool | None = None,
    experimental: bool = False,
    anonymous: bool = False,
) -> Callable[[Handler], Handler]:
    """Have the function answer this operation. Everything but GET is taken to write, unless ``changes`` says otherwise."""

    def register(handler: Handler) -> Handler:
        writes = method != "GET" if changes is None else changes
        _ROUTES.append(Route(method, template, handler, writes, experimental, anonymous))
        return handler

    return register


def url_map() -> Map:
    """All operations, for looking up a request's. Built once a process, which takes some 60 ms, and never changed.

    One at a time: Werkzeug builds rules from syntax trees, and Python up to 3.11.4 (Debian 12 has 3.11.2) fails when two
    threads do that at once (CPython issue 106905).
    """
    with _BUILDING:
        return _url_map()


@cache
def _url_map() -> Map:
    for module in _MODULES:
        import_module(f"ptodesk_gui.practice.{module}")
    rules = [
        Rule(re.sub(r"\{(\w+)\}", r"<\1>", route.template), methods=[route.method], endpoint=route) for route in _ROUTES
    ]
    return Map(rules, strict_slashes=False, merge_slashes=False, redirect_defaults=False)
