"""A desk that files into a practice desk over real HTTP, with every exchange written down."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import requests

from ptodesk_gui.desk.desk import Done, Target
from ptodesk_gui.desk.jira_desk import JiraDesk, Timing
from ptodesk_gui.desk.needs import Closing, SiteNeeds
from ptodesk_gui.desk.session import SiteAccess
from ptodesk_gui.desk.wire import BoundedAdapter
from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.sop.steps import CreateTicket, Ticket
from tests.api_documents import load

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
EXPERIMENTAL = {"X-ExperimentalApi": "opt-in"}
NEEDS = SiteNeeds(
    project="PTO",
    request_type="PTO/M3 delay",
    links=("is caused by", "relates to", "duplicates"),
    closings=(Closing("Done", "Other", "Operations"), Closing("Duplicate", "Duplicate", "Operations")),
    people=("Jessica Hauger",),
)


@dataclass(frozen=True)
class Exchange:
    """One request that left the program and the answer that came."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer_headers: dict[str, str]
    answer: bytes

    @property
    def path(self) -> str:
        return requests.compat.urlsplit(self.url).path

    @property
    def target(self) -> str:
        """Path and query from ``/rest/`` on, as the API documents have it."""
        parts = requests.compat.urlsplit(self.url)
        return parts.path[max(parts.path.find("/rest/"), 0) :] + (f"?{parts.query}" if parts.query else "")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Clock:
    """A clock that goes on only when told to. ``passed`` are the waits that were asked for."""

    def __init__(self, now: float = 1_770_000_000.0) -> None:
        self.now = now
        self.passed: list[float] = []

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.passed.append(seconds)
        self.now += seconds


@pytest.fixture
def exchanges(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exchange]]:
    """Every exchange of the program's own desk, in the order in which the answers came.

    Each request must be one that the API documents have, whatever became of it.
    """
    found: list[Exchange] = []
    lock = threading.Lock()
    send = BoundedAdapter.send

    def written_down(self: BoundedAdapter, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = send(self, request, *args, **kwargs)
        body = request.body or b""
        with lock:
            found.append(
                Exchange(
                    request.method,
                    request.url,
                    dict(request.headers),
                    body.encode() if isinstance(body, str) else body,
                    response.status_code,
                    dict(response.headers),
                    response.content,
                )
            )
        return response

    monkeypatch.setattr(BoundedAdapter, "send", written_down)
    yield found
    if SHARED.is_dir():
        for exchange in found:
            if "/rest/" in exchange.path:
                load(SHARED / "jira").check_request(exchange.method, exchange.target, exchange.body or None)


@pytest.fixture
def documented_answers(exchanges: list[Exchange], shared_dir: Path) -> Iterator[None]:
    """Every answer must be one that the API documents have."""
    yield
    for exchange in (e for e in exchanges if e.answer):
        load(shared_dir / "jira").check_answer(exchange.method, exchange.target, exchange.status, exchange.answer)


@pytest.fixture
def clock() -> Clock:
    """The time of day, for the program and for the practice desk."""
    return Clock()


@pytest.fixture
def practice(tmp_path: Path, clock: Clock, furnished: Path, exchanges: list[Exchange]) -> Iterator[PracticeDesk]:
    """A practice desk of the test's own. It must not have failed by itself."""
    shutil.copytree(furnished, tmp_path / "practice")
    with PracticeDesk(tmp_path / "practice", index_lag=5.0, clock=clock) as desk:
        desk.switches.page_size = 100  # the tests about pages choose their own
        yield desk
        assert desk.crashes == []


MakeDesk = Callable[..., JiraDesk]


@pytest.fixture
def make_desk(practice: PracticeDesk, tmp_path: Path, clock: Clock) -> Iterator[MakeDesk]:
    """Makes desks on the practice desk; they are closed afterwards."""
    made: list[JiraDesk] = []

    def make(cache: Path | None = tmp_path / "cache", needs: SiteNeeds = NEEDS, **changed: Any) -> JiraDesk:
        account = practice.account
        access = SiteAccess(practice.url, changed.pop("email", account.email), changed.pop("token", account.token))
        timing = Timing(settle_after=60.0, now=clock, clock=clock, pause=clock.pause)
        made.append(JiraDesk(access, cache, needs, timing=timing, **changed))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> JiraDesk:
    """A desk that knows nothing of its site yet."""
    return make_desk()


@pytest.fixture
def see(practice: PracticeDesk) -> Callable[..., Any]:
    """What the practice desk has at a path of its API, asked without the program."""
    account = practice.account

    def ask(path: str, *, missing: bool = False, **params: str) -> Any:
        answer = requests.get(
            practice.url + path, params=params, auth=(account.email, account.token), headers=EXPERIMENTAL, timeout=10
        )
        if missing and answer.status_code == 404:
            return None
        answer.raise_for_status()
        return answer.json()

    return ask


@pytest.fixture
def fields_of(see: Callable[..., Any]) -> Callable[[str], dict[str, Any]]:
    """A ticket's fields by what people call them ("Request Type"), as the practice desk has them."""

    def ask(key: str) -> dict[str, Any]:
        names = {field["id"]: field["name"] for field in see("/rest/api/3/field")}
        issue = see(f"/rest/api/3/issue/{key}", properties="*all")
        return {
            **{names.get(k, k): v for k, v in issue["fields"].items()},
            "properties": issue["properties"],
            "key": issue["key"],
        }

    return ask


@pytest.fixture
def homeowner_step() -> CreateTicket:
    """The homeowner ticket of a phone call. Sample data."""
    return CreateTicket(
        id="homeowner.create",
        rules=("H1", "H2", "H3"),
        ticket=Ticket.HOMEOWNER,
        project="PTO",
        request_type="PTO/M3 Delay",
        summary="Homeowner Concern Received – Jane Doe – Sunny Roofs",
        description="Homeowner: Jane Doe\nAddress: 1 Main St, Littleton, CO 80120\nConcern: asks when PTO is expected.",
        labels=("PTO",),
        organization="Sunny_Roofs",
        reporter="jane@example.com",
        assignee="Jessica Hauger",
    )


@pytest.fixture
def installer_step() -> CreateTicket:
    """The installer ticket of the same call. Sample data."""
    return CreateTicket(
        id="installer.create",
        rules=("I1", "I2", "I3"),
        ticket=Ticket.INSTALLER,
        project="PTO",
        request_type="PTO/M3 delay",
        summary="Homeowner Concern – Sunny Roofs – Jane Doe",
        description="Homeowner: Jane Doe\nAddress: 1 Main St, Littleton, CO 80120\nConcern: an update on PTO.",
        labels=("PTO",),
        organization="Sunny_Roofs",
        reporter="sam@example.com",
        assignee="Jessica Hauger",
    )


@pytest.fixture
def elsewhere(desk: JiraDesk, homeowner_step: CreateTicket, target: Callable[..., Target]) -> str:
    """A ticket that is there already, in another project."""
    step = replace(homeowner_step, project="EBH", request_type="Account access", organization=None)
    made = desk.perform(step, target("made-elsewhere"))
    assert isinstance(made, Done)
    return made.ticket or ""


@pytest.fixture
def target(clock: Clock) -> Callable[..., Target]:
    """What a step is told besides itself: ``target("k1", homeowner="PTO-1")``."""

    def make(step_key: str = "step-key-1", *, reporter_missing: bool = False, **tickets: str) -> Target:
        return Target(step_key, tickets, first_attempt=clock.now, reporter_missing=reporter_missing)

    return make
