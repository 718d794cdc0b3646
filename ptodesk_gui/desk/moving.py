"""Moving a ticket to another project: only the asynchronous bulk move does it (T1; submitBulkMove, getBulkOperationProgress).

The ticket keeps its id and gets a new key. Where the site forbids moving, the agent moves it in the browser and retries.
"""

import re
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from ptodesk_gui.desk.desk import Done, NotArrived, Refused, Target, Unclear
from ptodesk_gui.desk.errors import CannotDoError, Kind, TroubleError, TroubleFacts, outcome, what_jira_says
from ptodesk_gui.desk.parts import fields_of, key_in, key_of, name_in
from ptodesk_gui.desk.session import Session
from ptodesk_gui.desk.site import SiteNames
from ptodesk_gui.sop.steps import MoveTicket

PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 5.0)  # seconds between looks at the task's progress
_STILL_MOVING: Final = "Jira is still moving the ticket; it is looked at again."
_ENDED_BADLY: Final = ("FAILED", "CANCELLED", "DEAD")


class Mover:
    """Moves tickets. May raise TroubleError or CannotDoError."""

    def __init__(
        self, session: Session, names: SiteNames, request_type: str, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._session = session
        self._names = names
        self._request_type = request_type
        self._pause = pause
        self._tasks: dict[str, str] = {}  # step key -> the task that carries it out

    def move(self, step: MoveTicket, target: Target) -> Done | Unclear | Refused:
        """Ask for the move and watch it for some seconds; what takes longer is looked up later."""
        key = key_of(step.ticket, step.key, target)
        issue = self._look(key)
        if _project_key(issue) == step.project:
            return Done(_new_key(issue, step))
        issue_type = self._names.request_type(step.project, self._request_type).issue_type
        try:
            answer = self._session.make(
                "/rest/api/3/bulk/issues/move", _payload(step.project, issue_type, key), expect=201, once=True
            )
        except TroubleError as error:
            if error.facts.kind is Kind.STATUS and error.facts.status in (400, 403, 404):
                return _forbidden(key, step.project, what_jira_says(error.facts))
            raise
        task = name_in(answer, "taskId")
        if not re.fullmatch(r"[0-9A-Za-z-]+", task):
            raise TroubleError(TroubleFacts(Kind.UNREADABLE, once=True))
        self._tasks[target.step_key] = task
        for seconds in PAUSES:
            found = self._progress(step, target, key, task)
            if found is not None:
                return found
            self._pause(seconds)
        return Unclear(_STILL_MOVING)

    def look(self, step: MoveTicket, target: Target) -> Done | NotArrived | Refused | Unclear:
        """What became of a move that was asked for. NotArrived: the ticket is still where it was."""
        key = key_of(step.ticket, step.key, target)
        issue = self._look(key)
        if _project_key(issue) == step.project:
            return Done(_new_key(issue, step))
        task = self._tasks.get(target.step_key)
        if task is None:
            return NotArrived()
        return self._progress(step, target, key, task) or Unclear(_STILL_MOVING)

    def _progress(self, step: MoveTicket, target: Target, key: str, task: str) -> Done | Refused | None:
        """What the task came to; None while it runs. Trouble while looking is no trouble: it was asked for, and is looked at again."""
        try:
            answer = self._session.get(f"/rest/api/3/bulk/queue/{quote(task, safe='')}")
            status = name_in(answer, "status")
            failed = answer.get("failedAccessibleIssues") if isinstance(answer, dict) else None
            if status in _ENDED_BADLY or (status == "COMPLETE" and failed):
                self._tasks.pop(target.step_key, None)
                return _forbidden(key, step.project, _reasons(failed))
            if status == "COMPLETE":
                issue = self._look(key)
                if _project_key(issue) == step.project:
                    self._tasks.pop(target.step_key, None)
                    return Done(_new_key(issue, step))
        except TroubleError as error:
            found = outcome(error.facts)
            if isinstance(found, Refused) and found.sign_in:
                return found
        return None

    def _look(self, key: str) -> Any:
        return self._session.get(f"/rest/api/3/issue/{key}", {"fields": "project"})


def _new_key(issue: Any, step: MoveTicket) -> str:
    """The key in the new project. Raises TroubleError: the answer does not say it, so it is looked at again."""
    if not (key := key_in(issue, step.project)):
        raise TroubleError(TroubleFacts(Kind.UNREADABLE))
    return key


def _payload(project: str, issue_type: str, key: str) -> dict[str, Any]:
    mapping = {
        "issueIdsOrKeys": [key],
        "inferClassificationDefaults": True,
        "inferFieldDefaults": True,
        "inferStatusDefaults": True,
        "inferSubtaskTypeDefault": True,
    }
    return {"sendBulkNotification": False, "targetToSourcesMapping": {f"{project},{issue_type}": mapping}}


def _project_key(issue: Any) -> str:
    return name_in(fields_of(issue), "project", "key")


def _reasons(failed: Any) -> str:
    """Jira's words about why the ticket could not be moved, shortened."""
    reasons = (
        [text for texts in failed.values() if isinstance(texts, list) for text in texts]
        if isinstance(failed, dict)
        else []
    )
    return " ".join(str(reason)[:200] for reason in reasons[:2] if isinstance(reason, str))


def _forbidden(key: str, project: str, said: str) -> Refused:
    refused = CannotDoError(
        f"{key} could not be moved to {project}" + (f": {said}" if said else "."),
        f"Open {key} in the browser, move it to {project} there, then retry.",
    )
    return refused.refused
