"""Ticket keys as they are typed and pasted."""

import pytest

from ptodesk_gui.sop.entry import Entry, Field, Memory
from ptodesk_gui.sop.typed import ticket_host, ticket_key
from ptodesk_gui.sop.view import Weight

SITE = "https://site.example"


@pytest.mark.parametrize(
    "text",
    [
        "PTO-12",
        " pto-12 ",
        f"{SITE}/browse/PTO-12",
        f"{SITE}/browse/PTO-12/",
        f"{SITE}/browse/PTO-12?focusedCommentId=10001#comment-10001",
        f"{SITE}/browse/PTO-12?page=com.example/ABC-3",
        f"{SITE}/jira/servicedesk/projects/PTO/queues/custom/5/PTO-12",
        f"{SITE}/jira/software/c/projects/PTO/boards/1?view=x&selectedIssue=PTO-12",
        f"{SITE}/servicedesk/customer/portal/3/PTO-12",
        "site.example/browse/PTO-12",
        "http://127.0.0.1:8080/browse/pto-12",
    ],
)
def test_a_key_is_read_from_what_is_typed_or_pasted__M2(text: str) -> None:
    assert ticket_key(text) == ("PTO-12", None)


@pytest.mark.parametrize(
    "text",
    [
        "PTO",
        "PTO-0",
        "PTO-12 and PTO-13",
        "12",
        f"{SITE}/browse/",
        f"{SITE}/boards/1?other=PTO-12",
        f"{SITE}/boards/1?selectedIssue=javascript:1",
        "javascript:alert(1)//PTO-12",
        "https://[broken/browse/PTO-12",
        "https:///browse/PTO-12",
        "ＰＴＯ-１２",
        "PTO-12345678901",
    ],
)
def test_what_is_no_key_says_how_to_type_one__M2(text: str) -> None:
    fact, word = ticket_key(text)
    assert fact == ""
    assert word is not None
    assert word.weight is Weight.ERROR
    assert "PTO-12" in word.text


def test_the_site_of_a_pasted_address_is_known() -> None:
    assert ticket_host(f"{SITE}/browse/PTO-12") == "site.example"
    assert ticket_host("http://x@SITE.example:8080/browse/PTO-12") == "site.example:8080"
    assert ticket_host("PTO-12") == ""
    assert ticket_host("https://[broken/PTO-12") == ""


def test_a_call_remembers_of_which_site_its_tickets_are_as_long_as_it_names_any() -> None:
    """A key is somebody else's ticket on another site."""

    def site_of(entry: Entry) -> str:
        return entry.memory(Memory.TICKETS_OF)

    opened = Entry("call-1").with_value(Field.SOURCE_KEY, "EBH-1").with_tickets_of("first", Field.SOURCE_KEY)
    assert site_of(opened) == "first"
    chosen = opened.with_value(Field.OPEN_HOMEOWNER, "PTO-1").with_tickets_of("second", Field.OPEN_HOMEOWNER)
    assert site_of(chosen) == "first", "one of them is still of that site"
    alone = chosen.with_value(Field.SOURCE_KEY, "").with_tickets_of("second", Field.OPEN_HOMEOWNER)
    assert site_of(alone) == "second"
    assert alone.with_value(Field.OPEN_HOMEOWNER, "").with_tickets_of("second") == Entry(
        "call-1", values={Field.SOURCE_KEY.value: "", Field.OPEN_HOMEOWNER.value: ""}
    )
