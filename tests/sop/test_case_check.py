"""Reading a case file: exact, and every fault at once."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptodesk_gui.sop.case import Case, Channel, Homeowner, Job, Note, OwnWords, SourceTicket
from ptodesk_gui.sop.case_check import read_case
from ptodesk_gui.sop.case_values import JsonObject
from ptodesk_gui.sop.faults import CaseFaults

Sample = Callable[..., dict[str, Any]]

NAMELESS = {"homeowner": {"first_name": "", "last_name": ""}, "installer": {"name": ""}, "job": {"found": False}}


def faults(data: object) -> list[str]:
    with pytest.raises(CaseFaults) as wrong:
        read_case(data)
    return list(wrong.value.lines)


def paths(data: object) -> list[str]:
    return [line.partition(": ")[0] for line in faults(data)]


def test_the_whole_case_is_read(sample: Sample) -> None:
    case = read_case(
        sample(
            channel="omnidian",
            homeowner={"pronoun": "her", "phone": "303"},
            job={"found": True, "m3": "2026-03-01"},
            notes=["pto_not_submitted", "installer_unreachable", "pto_not_submitted"],
            source_ticket={"key": "ss-3", "project": "SS", "request": "r", "text": "t"},
            open_homeowner_ticket="pto-4",
            homeowner_reply={"text": "Hello\r\nyou"},
            installer_reply="installer_update",
            disclosure_confirmed=True,
        )
    )
    assert case.channel is Channel.OMNIDIAN
    assert case.homeowner == Homeowner("Jane", "Doe", "jane@example.com", "303", "her")
    assert case.job == Job(True, "https://engine.example/jobs/1", date(2026, 1, 5), date(2026, 2, 1), date(2026, 3, 1))
    assert case.notes == (Note.PTO_NOT_SUBMITTED, Note.INSTALLER_UNREACHABLE)
    assert case.source_ticket == SourceTicket("SS-3", "SS", "r", "t")
    assert (case.open_homeowner_ticket, case.open_installer_ticket) == ("PTO-4", None)
    assert (case.homeowner_reply, case.installer_reply) == (OwnWords("Hello\nyou"), "installer_update")
    assert case.disclosure_confirmed is True


def test_what_may_be_missing_may_be_null_empty_or_left_out__M2() -> None:
    needed = {
        "channel": "phone",
        "agent": "Dana",
        "homeowner": {"first_name": "Jane", "last_name": "Doe"},
        "installer": {"name": "Sunny Roofs"},
    }
    bare = read_case(needed)
    rest = set(Case.__dataclass_fields__) - set(needed)
    assert read_case({**needed, **dict.fromkeys(rest)}) == bare
    assert read_case({**needed, **dict.fromkeys(rest, "")}) == bare
    nulls = {
        "homeowner": {"first_name": "Jane", "last_name": "Doe", "email": None, "phone": None, "pronoun": None},
        "installer": {"name": "Sunny Roofs", "rep_first_name": None, "rep_email": ""},
        "address": {"street": None, "city": "", "state": None, "zip": None},
        "job": {"found": None, "url": None, "m1": "", "m2": None, "m3": None},
        "notes": [],
        "source_ticket": {},
    }
    assert read_case({**needed, **nulls}) == bare


def test_a_key_without_end_is_named_by_its_beginning() -> None:
    assert max(len(path) for path in paths({**NAMELESS, "channel": "hubspot", "agent": "Dana", "x" * 5000: 1})) == 200


def test_every_fault_is_named_at_once() -> None:
    assert paths(
        {
            "chanel": "phone",
            "channel": "fax",
            "agent": " ",
            "job": {"found": "yes", "m1": "3/5/26", "m2": "2026-02-30", "m3": 20260305, "m4": None},
            "homeowner": {"first_name": "Ja\nne", "email": "jane@", "pronoun": "it"},
            "address": ["1 Main St"],
            "installer": {"name": 5, "rep_email": "sam at example.com"},
            "inspection": "done",
            "notes": ["rude", 7],
            "concern": "a\tb",
            "still_asking_about_double_billing": 1,
            "source_ticket": {"project": "E H", "text": []},
            "open_homeowner_ticket": "PTO",
            "homeowner_reply": "installer_update",
            "installer_reply": {"txt": "x"},
            "disclosure_confirmed": "false",
        }
    ) == [
        "chanel",
        "channel",
        "agent",
        "job.m4",
        "job.found",
        "homeowner.first_name",
        "homeowner.last_name",
        "homeowner.email",
        "homeowner.pronoun",
        "address",
        "installer.name",
        "installer.rep_email",
        "job.m1",
        "job.m2",
        "job.m3",
        "inspection",
        "notes[0]",
        "notes[1]",
        "concern",
        "still_asking_about_double_billing",
        "source_ticket.project",
        "source_ticket.key",
        "source_ticket.text",
        "open_homeowner_ticket",
        "homeowner_reply",
        "installer_reply.txt",
        "installer_reply.text",
        "disclosure_confirmed",
    ]


def test_nothing_at_all_names_what_is_needed() -> None:
    assert paths({}) == ["channel", "agent", "homeowner.first_name", "homeowner.last_name", "installer.name"]
    for other in (None, [], "case", 3, True):
        assert paths(other) == ["case"]


def test_a_misspelt_key_is_named_with_the_one_that_was_meant(sample: Sample) -> None:
    assert faults(sample(homeowner={"frist_name": "x"})) == [
        "homeowner.frist_name: is not a key of a case. Did you mean first_name?"
    ]


def test_a_wrong_choice_lists_those_there_are(sample: Sample) -> None:
    assert faults(sample(inspection="done")) == [
        "inspection: is 'done'; must be one of not_asked, not_scheduled, pending, passed, failed."
    ]


@pytest.mark.parametrize("channel", ["homeowner_email", "hubspot", "account_servicing", "omnidian", "installer"])
def test_a_channel_with_tickets_needs_one(sample: Sample, channel: str) -> None:
    assert paths(sample(channel=channel, source_ticket=None)) == ["source_ticket"]


@pytest.mark.parametrize(
    ("channel", "job_found", "needed"),
    [
        ("phone", False, True),
        ("homeowner_email", False, True),
        ("hubspot", True, True),
        ("hubspot", False, False),
        ("account_servicing", True, True),
        ("account_servicing", False, False),
        ("omnidian", False, False),
        ("installer", True, False),
    ],
)
def test_names_may_be_missing_where_the_job_was_not_found__H7_H9_I8(
    sample: Sample, channel: str, job_found: bool, needed: bool
) -> None:
    data = sample(**{**NAMELESS, "channel": channel, "job": {"found": job_found}})
    if needed:
        assert paths(data) == ["homeowner.first_name", "homeowner.last_name", "installer.name"]
    else:
        assert read_case(data).homeowner.name == ""


@pytest.mark.parametrize("address", ["jane@example.com", "o'neil+pto@mail.example", "jane@desk.test", "ü@example.com"])
def test_addresses_of_examples_and_of_the_whole_world_pass(sample: Sample, address: str) -> None:
    assert read_case(sample(homeowner={"email": f" {address} "})).homeowner.email == address


@pytest.mark.parametrize(
    "address", ["jane", "jane@", "jane@example", "a b@example.com", "jane@exam ple.com", "x@y@z.com"]
)
def test_addresses_that_are_none_do_not(sample: Sample, address: str) -> None:
    assert paths(sample(homeowner={"email": address})) == ["homeowner.email"]


@pytest.mark.parametrize(("part", "most"), [("first_name", 120), ("last_name", 120)], ids=["first name", "last name"])
def test_a_name_has_120_characters_at_most(sample: Sample, part: str, most: int) -> None:
    assert getattr(read_case(sample(homeowner={part: "é" * most})).homeowner, part) == "é" * most
    assert faults(sample(homeowner={part: "x" * (most + 1)})) == [
        f"homeowner.{part}: is 121 characters long; 120 is the most."
    ]


@pytest.mark.parametrize("field", ["concern", "installer_concern", "new_information"])
def test_a_long_text_has_5000_characters_and_lines(sample: Sample, field: str) -> None:
    text = "line\n" * 999 + "12345"
    assert getattr(read_case(sample(**{field: text})), field) == text
    assert faults(sample(**{field: text + "x"})) == [f"{field}: is 5,001 characters long; 5,000 is the most."]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\n", "\r", "\t", "\u2028", "\ud800"])
def test_no_control_characters_in_a_line(sample: Sample, sign: str) -> None:
    assert paths(sample(homeowner={"last_name": f"D{sign}oe"})) == ["homeowner.last_name"]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\r", "\t", "\x0b", "\ud800"])
def test_only_newlines_in_a_long_text(sample: Sample, sign: str) -> None:
    assert paths(sample(concern=f"a{sign}b")) == ["concern"]


def test_outer_spaces_are_trimmed_and_letters_are_of_one_form(sample: Sample) -> None:
    case = read_case(sample(homeowner={"first_name": "\xa0 Rene\u0301e  "}, concern="\n a\r\nb \n"))
    assert case.homeowner.first_name == "Ren\xe9e"
    assert case.concern == "a\nb"


def test_names_of_all_the_world_pass(sample: Sample) -> None:
    for name in ("{x}", "$y", "${z}", '"Q"', "O'Neil", "محمد‏", "שרה", "李", "👩‍🔧", "\\", "<b>&amp;</b>", "[~x]"):
        assert read_case(sample(homeowner={"first_name": name})).homeowner.first_name == name


def test_own_words_must_be_words(sample: Sample) -> None:
    assert paths(sample(homeowner_reply={"text": "  "})) == ["homeowner_reply.text"]
    assert paths(sample(homeowner_reply={})) == ["homeowner_reply.text"]
    assert paths(sample(homeowner_reply=["x"])) == ["homeowner_reply"]
    assert paths(sample(homeowner_reply="say_within")) == ["homeowner_reply"]


def test_a_fault_is_one_line_whatever_is_in_it(sample: Sample) -> None:
    (line,) = faults({**sample(), "a\nb\x1b[31m": 1})
    assert line.isprintable()


def test_a_key_given_twice_is_a_fault_of_its_place(sample: Sample) -> None:
    text = json.dumps(sample())
    text = text.replace('"email": "jane@example.com"', '"email": "jane@example.com", "email": "joan@example.com"')
    text = text.replace('"agent":', '"agent": "Another", "agent":')
    assert faults(json.loads(text, object_pairs_hook=JsonObject)) == [
        "agent: is given twice. Keep one.",
        "homeowner.email: is given twice. Keep one.",
    ]


BLANK = ["\u200b", "\u200d\u2060", "\u00ad", "\ufeff", "\u200e \u200f", "\u3164", "\u2800", "\ufe0f", "\u034f"]


@pytest.mark.parametrize("blank", BLANK)
def test_a_name_of_which_nothing_can_be_seen_is_none__N3(sample: Sample, blank: str) -> None:
    assert paths(sample(agent=blank)) == ["agent"]
    assert paths(sample(homeowner={"first_name": blank})) == ["homeowner.first_name"]
    assert paths(sample(installer={"name": blank})) == ["installer.name"]
    assert paths(sample(homeowner_reply={"text": blank})) == ["homeowner_reply.text"]
    assert read_case(sample(installer={"rep_first_name": blank})).installer.rep_first_name == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*Case.__dataclass_fields__, "other"]), JSON), JSON)
def test_whatever_is_in_the_file_gives_a_case_or_named_faults(parts: dict[str, Any], inner: Any) -> None:
    for data in (parts, inner, {**parts, "homeowner": {"first_name": inner, "email": inner}, "notes": [inner]}):
        named: tuple[tuple[str, str], ...] = ()
        case = None
        try:
            case = read_case(data)
        except CaseFaults as wrong:
            named = wrong.faults
        assert (case is None) == bool(named)
        assert all(path and text for path, text in named)
