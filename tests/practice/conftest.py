"""A practice desk of the test's own, asked over real HTTP; everything that passes is checked against the API documents."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from ptodesk_gui.practice import PracticeDesk
from tests.api_documents import ApiWatch, load

TOKEN = "a token of its own"
EXPERIMENTAL = {"X-ExperimentalApi": "opt-in"}


class Clock:
    """A clock that goes on only when told to."""

    def __init__(self) -> None:
        self.now = 1_773_000_000.0  # a Sunday in March 2026

    def __call__(self) -> float:
        return self.now


class Client:
    """A plain HTTP client of a desk, signed in as somebody; it knows the numbers of the desk it talks to."""

    def __init__(self, desk: PracticeDesk, email: str, token: str) -> None:
        self.desk = desk
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.auth = (email, token)
        self._issue_type: str | None = None

    def ask(self, method: str, path: str, **how: Any) -> requests.Response:
        return self.session.request(method, self.desk.url + path, timeout=10, **how)

    def get(self, path: str, **how: Any) -> Any:
        """The JSON at the path, which must be there."""
        answer = self.ask("GET", path, **how)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: object, status: int = 201) -> Any:
        """The JSON that answers the post, which must have this status."""
        answer = self.ask("POST", path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def put(self, path: str, body: object, status: int = 204) -> Any:
        answer = self.ask("PUT", path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def field(self, name: str) -> str:
        """The id that the desk has for the field of this name."""
        return next(f["id"] for f in self.get("/rest/api/3/field") if f["name"] == name)

    def issue_type(self) -> str:
        if self._issue_type is None:
            self._issue_type = str(self.get("/rest/api/3/issue/createmeta/PTO/issuetypes")["issueTypes"][0]["id"])
        return self._issue_type

    def fields(self, **changed: Any) -> dict[str, Any]:
        """The fields of a plain ticket, changed as told."""
        return {
            "project": {"key": "PTO"},
            "issuetype": {"id": self.issue_type()},
            "summary": "Sample ticket",
            **changed,
        }

    def create(self, **changed: Any) -> str:
        """A new ticket's key."""
        return str(self.post("/rest/api/3/issue", {"fields": self.fields(**changed)})["key"])

    def issue(self, key: str, **params: str) -> Any:
        return self.get(f"/rest/api/3/issue/{key}", params=params)

    def search(self, jql: str, **body: Any) -> Any:
        return self.post("/rest/api/3/search/jql", {"jql": jql, **body}, 200)

    def desk_id(self, project: str = "PTO") -> str:
        desks = self.get("/rest/servicedeskapi/servicedesk")["values"]
        return str(next(d["id"] for d in desks if d["projectKey"] == project))

    def everything(self, path: str, **params: Any) -> list[Any]:
        """All pages of a service desk list."""
        values: list[Any] = []
        while True:
            page = self.get(path, params={**params, "start": len(values)}, headers=EXPERIMENTAL)
            values += page["values"]
            if page["isLastPage"]:
                return values

    def request_type(self, name: str = "PTO/M3 delay") -> str:
        found = self.everything(f"/rest/servicedeskapi/servicedesk/{self.desk_id()}/requesttype")
        return str(next(kind["id"] for kind in found if kind["name"] == name))

    def customer(self, email: str) -> str:
        path = f"/rest/servicedeskapi/servicedesk/{self.desk_id()}/customer"
        return str(self.everything(path, query=email)[0]["accountId"])


def document(text: str) -> dict[str, Any]:
    """A text as a document of one paragraph."""
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
    }


@pytest.fixture
def doc() -> Any:
    """Makes documents: ``doc("text")``."""
    return document


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk_folder(tmp_path: Path, furnished: Path) -> Path:
    """A folder with a desk of the test's own."""
    return Path(shutil.copytree(furnished, tmp_path / "desk"))


@pytest.fixture
def watch() -> Iterator[ApiWatch | None]:
    """Checks what passes; None where the API documents are not there."""
    folder = Path(__file__).resolve().parents[2] / ".." / "shared" / "jira"
    watch = ApiWatch(load(folder)) if folder.is_dir() else None
    yield watch
    if watch:
        watch.check()


@pytest.fixture
def desk(desk_folder: Path, clock: Clock, watch: ApiWatch | None) -> Iterator[PracticeDesk]:
    """A running desk whose clock stands still. It must not fail by itself."""
    with PracticeDesk(desk_folder, clock=clock, observer=watch.see if watch else None) as desk:
        yield desk
        assert desk.crashes == []


@pytest.fixture
def http(desk: PracticeDesk) -> Iterator[Client]:
    """The practice agent at the desk."""
    client = Client(desk, *desk.account)
    yield client
    client.session.close()


@pytest.fixture
def sign_in(desk: PracticeDesk) -> Iterator[Any]:
    """Further accounts at the desk: ``sign_in("jane@example.com")``."""
    clients: list[Client] = []

    def make(email: str, token: str = TOKEN) -> Client:
        clients.append(Client(desk, email, token))
        return clients[-1]

    yield make
    for client in clients:
        client.session.close()
