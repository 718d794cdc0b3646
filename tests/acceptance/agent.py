"""The agent's hands on the real window, and what the practice desk has afterwards."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import requests
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ptodesk_gui.application.keyboard import Keyboard
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanProgress, PlanState

TODAY = date(2026, 3, 14)
M2_WITHIN = "2/1/2026"  # day 41 on TODAY
M2_PAST = "12/1/2025"  # day 103 on TODAY
SAMPLE = {
    Field.FIRST_NAME: "Jane",
    Field.LAST_NAME: "Doe",
    Field.EMAIL: "jane@example.com",
    Field.STREET: "1 Main St",
    Field.CITY: "Denver",
    Field.STATE: "CO",
    Field.ZIP: "80201",
    Field.INSTALLER: "Sunny Roofs",
    Field.REP_FIRST_NAME: "Sam",
    Field.REP_EMAIL: "sam@example.com",
    Field.JOB_URL: "https://engine.example/jobs/1",
    Field.M1: "11/5/2025",
    Field.M2: M2_WITHIN,
    Field.CONCERN: "System installed but not yet active; asks when PTO is expected.",
}
SHOWN_AFTER = 60.0  # seconds within which the desk's search shows a new ticket


@dataclass(frozen=True)
class Comment:
    """A comment as the desk has it."""

    public: bool
    text: str
    mentions: tuple[str, ...]


@dataclass(frozen=True)
class OnDesk:
    """A ticket as the desk has it, field by field."""

    key: str
    project: str
    title: str
    description: str
    labels: list[str]
    request_type: str
    organizations: list[str]
    reporter: str | None
    assignee: str | None
    comments: list[Comment]
    links: list[tuple[str, str]]  # phrase as read on this ticket's page, the other ticket


def text_of(node: Any) -> str:
    """The words of a document in Atlassian's format."""
    kind = node.get("type")
    if kind == "text":
        return str(node["text"])
    if kind == "hardBreak":
        return "\n"
    if kind == "mention":
        return str(node["attrs"].get("text", ""))
    inner = [text_of(child) for child in node.get("content", ())]
    return ("\n" if kind in ("doc", "orderedList", "listItem") else "").join(inner)


def mentions_in(node: Any) -> Iterator[str]:
    """The accounts that a document mentions."""
    if node.get("type") == "mention":
        yield node["attrs"]["id"]
    for child in node.get("content", ()):
        yield from mentions_in(child)


class Desk:
    """Asks the practice desk itself, without the program."""

    def __init__(self, served: PracticeDesk) -> None:
        account = served.account
        self._url = served.url
        self._session = requests.Session()
        self._session.auth = (account.email, account.token)
        names = {field["id"]: field["name"] for field in self.get("/rest/api/3/field")}
        self._ids = {name: id_ for id_, name in names.items()}

    def get(self, path: str, **params: str) -> Any:
        answer = self._session.get(self._url + path, params=params, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def close(self) -> None:
        self._session.close()

    def keys(self) -> list[str]:
        """Every ticket of the desk, once the search shows all of them."""
        page = self._session.get(self._url, timeout=10).text
        count = page.count("<th scope='row'>")
        end = time.monotonic() + SHOWN_AFTER
        while True:
            body = {"jql": "project in (PTO, EBH, SS) ORDER BY created", "fields": ["summary"], "maxResults": 100}
            answer = self._session.post(f"{self._url}/rest/api/3/search/jql", json=body, timeout=10)
            answer.raise_for_status()
            found = [issue["key"] for issue in answer.json()["issues"]]
            if len(found) == count:
                return sorted(found)
            assert time.monotonic() < end, f"the search shows {found} of {count} tickets"

    def ticket(self, key: str) -> OnDesk:
        """One ticket, field by field."""
        issue = self.get(f"/rest/api/3/issue/{key}")["fields"]
        comments = self.get(f"/rest/api/3/issue/{key}/comment", expand="properties")["comments"]
        request = issue[self._ids["Request Type"]] or {}
        return OnDesk(
            key=key,
            project=issue["project"]["key"],
            title=issue["summary"],
            description=text_of(issue["description"]),
            labels=issue["labels"],
            request_type=request.get("requestType", {}).get("name", ""),
            organizations=[each["name"] for each in issue[self._ids["Organizations"]] or ()],
            reporter=(issue["reporter"] or {}).get("emailAddress"),
            assignee=(issue["assignee"] or {}).get("displayName"),
            comments=[
                Comment(comment["jsdPublic"], text_of(comment["body"]), tuple(mentions_in(comment["body"])))
                for comment in comments
            ],
            links=[_link(link) for link in issue["issuelinks"]],
        )

    def closing(self, key: str) -> tuple[str, str | None, str | None]:
        """A ticket's status, resolution, and the category of the closing screen."""
        issue = self.get(f"/rest/api/3/issue/{key}")["fields"]
        category = issue[self._ids["Operations category"]]
        return issue["status"]["name"], (issue["resolution"] or {}).get("name"), (category or {}).get("value")

    def property(self, key: str, name: str) -> Any:
        """An entity property of a ticket."""
        return self.get(f"/rest/api/3/issue/{key}/properties/{name}")["value"]

    def account_id(self, name: str) -> str:
        """The account of a person of the team."""
        found = self.get("/rest/api/3/user/search", query=name)
        return str(next(user["accountId"] for user in found if user["displayName"] == name))


def _link(link: Any) -> tuple[str, str]:
    if "outwardIssue" in link:
        return link["type"]["outward"], link["outwardIssue"]["key"]
    return link["type"]["inward"], link["inwardIssue"]["key"]


class Agent(Keyboard):
    """The window, the hands on it, and the desk behind it."""

    @property
    def plans(self) -> Mapping[int, PlanProgress]:
        """The plans as the window knows them: heard from the filer itself, they could be ahead of what is shown."""
        return {} if self.app.filing is None else self.app.filing.plans

    def open(self) -> None:
        """Start the window and wait until everything behind it is open."""
        opened: list[None] = []
        self.app.backstage.opened.connect(lambda: opened.append(None))
        self.app.start()
        self.wait(lambda: bool(opened) and self.app.call.view is not None, "The window with all behind it")

    def type_call(self, values: dict[Field, str]) -> None:
        """Type a whole call."""
        for field, text in values.items():
            self.fill(field, text)

    def end_and_file(self) -> PlanProgress:
        """End the call, file it, wait until that is over."""
        self.end_call()
        self.chord("Ctrl+Return")
        self.wait(lambda: self.page == "receipt", "The receipt")
        return self.filed()

    def end_call(self) -> None:
        """End the call and look at the review."""
        self.chord("F9")
        self.wait(lambda: self.page == "review", "The review")

    def filed(self) -> PlanProgress:
        """Wait until nothing goes on by itself any more."""

        def over() -> bool:
            return bool(self.plans) and all(p.state in (PlanState.FILED, PlanState.PERSON) for p in self.plans.values())

        self.wait(over, "The end of filing")
        return self.plans[max(self.plans)]

    @property
    def open_tickets(self) -> list[str]:
        """The keys of the open tickets that are shown beside the call."""
        assert self.app.beside is not None
        return [row.match.ticket.key for row in self.app.beside.history.history.rows]

    def choose_open_ticket(self) -> None:
        """Wait for an open ticket and choose the first one by its key."""
        self.wait(lambda: bool(self.open_tickets), "The open tickets")
        self.chord("Ctrl+H")
        self.chord("Return")

    def open_ticket(self, key: str) -> None:
        """Open a ticket by its key."""
        self.chord("Ctrl+T")
        self.write(key)
        self.chord("Return")
        self.wait(lambda: self.page == "call" and self.app.call.entry.text(Field.SOURCE_KEY) == key, "The ticket")

    def press_button(self, name: str) -> None:
        """Press a button that can be seen, by its words."""
        window = self.app.window
        found = [b for b in window.findChildren(QPushButton) if b.isVisibleTo(window) and b.text().startswith(name)]
        assert found, f"there is no button {name}"
        found[0].setFocus()
        self.press(Qt.Key.Key_Space)

    @property
    def page(self) -> str:
        return self.app.window.page

    @property
    def shown(self) -> str:
        """Every word that stands in a label of the window, once the reply has followed what is to be said."""
        window = self.app.window
        assert window.call_page.replies.sides
        return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))

    @property
    def buttons(self) -> list[str]:
        """The words on every button that can be seen."""
        window = self.app.window
        return [button.text() for button in window.findChildren(QPushButton) if button.isVisibleTo(window)]

    @property
    def strip(self) -> str:
        """What the strip at the bottom says."""
        return self.app.window._strip.text
