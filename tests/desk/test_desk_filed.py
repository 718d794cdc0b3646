"""Reading what is on a desk after filing: everything that a plan can set, patiently where the desk stumbles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ptodesk_gui.desk.errors import TroubleError
from ptodesk_gui.desk.filed import TRIES, WAIT, FiledReader
from ptodesk_gui.desk.session import SiteAccess
from ptodesk_gui.practice import PracticeDesk, Stock, StockComment, StockTicket, Switches, faults

ISSUE = "GET /rest/api/3/issue/{issueIdOrKey}"
SAMPLE = Stock(
    "sample",
    (
        StockTicket(
            role="source",
            project="PTO",
            summary="Sample question",
            text="Hello,\nwhen?",
            days_ago=1,
            reporter=("ann.sample@example.com", "Ann Sample"),
            assignee="Jessica Hauger",
            labels=("PTO",),
            request_type="PTO/M3 delay",
            organization="Sample_Roofs",
            comments=(StockComment("Notes: sample", True), StockComment("Hello Ann", False)),
        ),
    ),
)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[PracticeDesk]:
    with PracticeDesk(tmp_path / "desk", switches=Switches(), index_lag=0.0) as desk:
        desk.stock([SAMPLE])
        yield desk


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def reader(served: PracticeDesk, pauses: list[float]) -> Iterator[FiledReader]:
    made = FiledReader(SiteAccess(served.url, *served.account), pause=pauses.append)
    yield made
    made.close()


def test_a_ticket_is_read_with_everything_that_a_plan_can_set(reader: FiledReader) -> None:
    found = reader.read("PTO", {"source": "PTO-1"}, 0.0).tickets["source"]
    ticket = found.ticket
    assert (ticket.summary, ticket.project, ticket.labels) == ("Sample question", "PTO", ("PTO",))
    assert (ticket.request_type, ticket.organizations) == ("PTO/M3 delay", ("Sample_Roofs",))
    assert ticket.reporter_email == "ann.sample@example.com"
    assert found.assignee == "Jessica Hauger"
    assert [(c.text, c.public) for c in ticket.comments] == [("Notes: sample", False), ("Hello Ann", True)]
    assert (found.resolution, found.choices, found.mentions) == ("", (), ())


def test_a_key_that_is_not_there_is_left_out(reader: FiledReader) -> None:
    assert reader.read("PTO", {"source": "PTO-1", "homeowner": "PTO-99"}, 0.0).tickets.keys() == {"source"}


def test_what_somebody_else_made_is_none_of_the_others(reader: FiledReader) -> None:
    assert reader.read("PTO", {}, 0.0).others == ()


@pytest.mark.parametrize(
    "fault", [faults.cut_before(), faults.half_body(), faults.answer(500), faults.too_many(0), faults.html()], ids=str
)
def test_a_desk_that_stumbles_is_asked_again(
    served: PracticeDesk, reader: FiledReader, pauses: list[float], fault: faults.Fault
) -> None:
    served.fault(ISSUE, fault, times=2)
    assert reader.read("PTO", {"source": "PTO-1"}, 0.0).tickets.keys() == {"source"}
    assert pauses == [WAIT, WAIT]


def test_a_desk_that_never_answers_is_not_asked_for_ever(
    served: PracticeDesk, reader: FiledReader, pauses: list[float]
) -> None:
    served.fault(ISSUE, faults.answer(500), times=None)
    with pytest.raises(TroubleError):
        reader.read("PTO", {"source": "PTO-1"}, 0.0)
    assert len(pauses) == TRIES - 1


def test_a_refusal_is_not_asked_twice(served: PracticeDesk, reader: FiledReader, pauses: list[float]) -> None:
    served.fault(ISSUE, faults.answer(403), times=None)
    with pytest.raises(TroubleError):
        reader.read("PTO", {"source": "PTO-1"}, 0.0)
    assert pauses == []
