"""Comments, replies and links, one attempt each (FACTS: Writing without doubles, Links)."""

from typing import Final
from urllib.parse import quote

from ptodesk_gui.desk import adf
from ptodesk_gui.desk.desk import Done, Target
from ptodesk_gui.desk.errors import CannotDoError, Kind, TroubleError, TroubleFacts
from ptodesk_gui.desk.parts import COMMENT_VISIBILITY, STEP_PROPERTY, account_in, fields_of, key_of, project_of
from ptodesk_gui.desk.session import Session
from ptodesk_gui.desk.site import SiteNames
from ptodesk_gui.sop.steps import InternalComment, LinkTickets, PublicReply

FORBIDDEN: Final = 403
NOT_NOTED: Final = (
    "Ask your Jira admin for the permission to edit {key}: the playbook's version could not be noted there."
)


class Writer:
    """Adds to tickets, one attempt per call. Every method may raise TroubleError or CannotDoError."""

    def __init__(self, session: Session, names: SiteNames) -> None:
        self._session = session
        self._names = names

    def comment(self, step: InternalComment, target: Target) -> Done:
        """A comment that customers do not see (addComment with sd.public.comment)."""
        key = key_of(step.ticket, step.key, target)
        name = step.mention if isinstance(step.mention, str) else None
        account = self._names.account(project_of(key), name) if name else None
        body = adf.document(step.body, (account, name) if account and name else None)
        unfiled = self._file_properties(key, target)
        public = self._add_comment(key, body, internal=True, step_key=target.step_key)
        left = left_of_comment(step, key, mentioned=account is not None, public=public)
        return Done(key, " ".join(filter(None, (left, unfiled))) or None)

    def reply(self, step: PublicReply, target: Target) -> Done:
        """A comment that Jira sends to the customer; where the reporter was left to a person, only once there is one."""
        key = key_of(step.ticket, step.key, target)
        if target.reporter_missing:
            self._make_sure_somebody_reads(key)
        unfiled = self._file_properties(key, target)
        public = self._add_comment(key, adf.document(step.body), internal=False, step_key=target.step_key)
        left = left_of_comment(step, key, mentioned=False, public=public)
        return Done(key, " ".join(filter(None, (left, unfiled))) or None)

    def _add_comment(self, key: str, body: adf.Node, *, internal: bool, step_key: str) -> object:
        """Add it, and give what Jira says about whether customers see it (nothing, on some sites)."""
        properties = [
            {"key": COMMENT_VISIBILITY, "value": {"internal": internal}},
            {"key": STEP_PROPERTY, "value": {"key": step_key}},
        ]
        path = f"/rest/api/3/issue/{key}/comment"
        made = self._session.make(path, {"body": body, "properties": properties}, expect=201, once=True)
        if not isinstance(made, dict):
            raise TroubleError(TroubleFacts(Kind.UNREADABLE, once=True))
        return made.get("jsdPublic")

    def _file_properties(self, key: str, target: Target) -> str:
        """Set the plan's properties on a ticket that is there already, before anything is said in it (setIssueProperty).

        An account that may comment but not edit cannot: that keeps nothing from being said, and what is left is the answer.
        """
        try:
            for name, value in target.properties.items():
                self._session.set_property(f"/rest/api/3/issue/{key}/properties/{quote(name, safe='')}", value)
        except TroubleError as error:
            if error.facts.status != FORBIDDEN:
                raise
            return NOT_NOTED.format(key=key)
        return ""

    def _make_sure_somebody_reads(self, key: str) -> None:
        issue = self._session.get(f"/rest/api/3/issue/{key}", {"fields": "reporter,creator"})
        reporter, creator = (account_in(fields_of(issue), name) for name in ("reporter", "creator"))
        if reporter is None or reporter == creator:
            raise CannotDoError(
                f"{key} has no customer as its reporter, so the reply would reach nobody.",
                f"Set the reporter of {key} in the browser, then retry.",
            )

    def link(self, step: LinkTickets, target: Target) -> Done:
        """POST /issueLink, which changes nothing when the link is there (linkIssues)."""
        from_key = key_of(step.from_, step.from_key, target)
        to_key = key_of(step.to, step.to_key, target)
        kind, outward = self._names.link_type(step.relation)
        shows_outward, shows_inward = (from_key, to_key) if outward else (to_key, from_key)
        body = {"type": {"id": kind.id}, "inwardIssue": {"key": shows_outward}, "outwardIssue": {"key": shows_inward}}
        self._session.make("/rest/api/3/issueLink", body, expect=201, once=False)
        return Done(from_key)


def left_of_comment(step: InternalComment | PublicReply, key: str, *, mentioned: bool, public: object) -> str | None:
    """What is left to do of a comment that is there. ``public``: what Jira says about whether customers see it."""
    left = []
    if isinstance(step, PublicReply):
        if public is False:
            left.append(f"Send the last comment in {key} to the customer: Jira keeps it internal.")
    else:
        if isinstance(step.mention, str) and step.mention and not mentioned:
            left.append(f"Tell {step.mention} about {key}: the mention reached nobody of that name.")
        if public is True:
            left.append(f"Make the last comment in {key} internal: Jira shows it to the customer.")
    return " ".join(left) or None
