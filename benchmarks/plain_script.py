"""What somebody would write on the ``jira`` package alone: the same two tickets, one request after the other.

It keeps no plan on disk, tries nothing again, and makes the tickets twice when an answer is lost.
"""

from functools import cached_property
from typing import Any

from jira import JIRA

from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.steps import CreateTicket, InternalComment, LinkTickets, PublicReply

REQUEST_TYPE = "com.atlassian.servicedesk:vp-origin"
ORGANIZATIONS = "com.atlassian.servicedesk:sd-customer-organizations"


def document(text: str) -> dict[str, Any]:
    """Text as Jira takes it: a paragraph a line."""
    paragraphs = [
        {"type": "paragraph", "content": [{"type": "text", "text": line}] if line else []} for line in text.split("\n")
    ]
    return {"type": "doc", "version": 1, "content": paragraphs}


class PlainScript:
    """One run of the script. What it looked up of the site is kept for the next call."""

    def __init__(self, url: str, email: str, token: str) -> None:
        self._access = (url, email, token)
        self._known: dict[str, Any] = {}

    @cached_property
    def _jira(self) -> JIRA:
        url, email, token = self._access
        return JIRA(url, basic_auth=(email, token), options={"rest_api_version": "3"}, max_retries=0)

    def close(self) -> None:
        """Let go of the connection."""
        self._jira.close()  # type: ignore[no-untyped-call]

    def file(self, plan: Plan) -> dict[str, str]:
        """Carry out the plan's steps in their order. The keys of the tickets that were made."""
        tickets: dict[str, str] = {}
        for step in plan.steps:
            match step:
                case CreateTicket():
                    tickets[step.ticket] = self._create(step)
                case InternalComment():
                    self._jira.add_comment(tickets[step.ticket], document(step.body), is_internal=True)
                case PublicReply():
                    self._jira.add_comment(tickets[step.ticket], document(step.body))
                case LinkTickets():
                    self._jira.create_issue_link("is caused by", tickets[step.from_], tickets[step.to])
                case _:
                    raise ValueError(f"the script knows no {step.action}")
        return tickets

    def _create(self, step: CreateTicket) -> str:
        site = self._site(step.project, step.request_type)
        fields: dict[str, Any] = {
            "project": {"key": step.project},
            "issuetype": {"id": site["issue_type"]},
            "summary": step.summary,
            "description": document(step.description),
            "labels": list(step.labels),
            site["request_type_field"]: site["request_type"],
            site["organizations_field"]: [self._organization(site["desk"], step.organization or "")],
            "assignee": {"accountId": self._account(step.assignee or "")},
            "reporter": {"accountId": self._customer(step.reporter or "")},
        }
        return str(self._jira.create_issue(fields=fields).key)

    def _site(self, project: str, request_type: str) -> dict[str, Any]:
        if "site" not in self._known:
            fields = {f["schema"]["custom"]: f["id"] for f in self._jira.fields() if f.get("schema", {}).get("custom")}
            desk = next(d for d in self._jira.service_desks() if d.projectKey == project)
            kind = self._find(f"/rest/servicedeskapi/servicedesk/{desk.id}/requesttype", request_type)
            self._known["site"] = {
                "desk": desk.id,
                "request_type": kind["id"],
                "issue_type": kind["issueTypeId"],
                "request_type_field": fields[REQUEST_TYPE],
                "organizations_field": fields[ORGANIZATIONS],
            }
        found: dict[str, Any] = self._known["site"]
        return found

    def _organization(self, desk: str, name: str) -> int:
        if name not in self._known:
            self._known[name] = int(self._find(f"/rest/servicedeskapi/servicedesk/{desk}/organization", name)["id"])
        number: int = self._known[name]
        return number

    def _account(self, name: str) -> str:
        if name not in self._known:
            self._known[name] = next(u.accountId for u in self._jira.search_users(query=name) if u.displayName == name)
        return str(self._known[name])

    def _customer(self, email: str) -> str:
        return str(next(u.accountId for u in self._jira.search_users(query=email)))

    def _find(self, path: str, name: str) -> dict[str, Any]:
        """The thing of this name in a service desk list; the package itself reads the first page only."""
        start = 0
        while True:
            page = self._get(path, start=start)
            for thing in page["values"]:
                if thing["name"] == name:
                    found: dict[str, Any] = thing
                    return found
            if page["isLastPage"]:
                raise ValueError(f"no {name} on the site")
            start += page["size"]

    def _get(self, path: str, **params: Any) -> Any:
        answer = self._jira._session.get(self._jira.server_url + path, params=params)
        return answer.json()
