"""What the actions share: names of properties, keys of tickets, quoting, and careful reading of the site's answers."""

import re
from collections.abc import Mapping
from typing import Any, Final

from ptodesk_gui.desk.desk import Target
from ptodesk_gui.desk.errors import CannotDoError
from ptodesk_gui.sop.steps import Ticket

STEP_PROPERTY: Final = "ptodesk.step"
COMMENT_VISIBILITY: Final = "sd.public.comment"
_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*-[1-9][0-9]*", re.ASCII)


def key_of(role: Ticket, known: str | None, target: Target) -> str:
    """The key of the ticket in that role. Raises CannotDoError while there is none."""
    key = target.tickets.get(role) or known
    if not key:
        raise CannotDoError(
            f"The {role.replace('_', ' ')} ticket does not exist yet.", "File the steps before this one first."
        )
    if not _KEY.fullmatch(key):
        raise CannotDoError(
            f"“{key[:40]}” is not a ticket's key.", "Correct the ticket's key in the call, then file it again."
        )
    return key


def key_in(issue: Any, project: str = "") -> str:
    """The key of the ticket in an answer; empty when there is none, or what is there cannot be one (of the project, if named)."""
    key = name_in(issue, "key")
    return key if _KEY.fullmatch(key) and project_of(key) == (project or project_of(key)) else ""


def project_of(key: str) -> str:
    """The project that a ticket's key names."""
    return key.rpartition("-")[0]


def quoted(text: str) -> str:
    """The text as a JQL string that means only itself."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def account_in(fields: Any, name: str) -> str | None:
    """The account id in a person field of a ticket."""
    person = fields.get(name) if isinstance(fields, Mapping) else None
    account = person.get("accountId") if isinstance(person, dict) else None
    return account if isinstance(account, str) else None


def fields_of(issue: Any) -> Mapping[str, Any]:
    """The fields of a ticket in an answer; none when the answer is strange."""
    fields = issue.get("fields") if isinstance(issue, dict) else None
    return fields if isinstance(fields, dict) else {}


def name_in(value: Any, *path: str) -> str:
    """The text at the end of a path of keys; empty when there is none."""
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""
