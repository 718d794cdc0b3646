"""A caller's file: every fault at once, each with its line and what to do."""

import pytest

from ptodesk_gui.sop.caller_check import CallerFaults, check_caller
from ptodesk_gui.sop.case import Channel

PHONE = """\
title = "Sample caller"
channel = "phone"
about = "Calls for practice."
lesson = "One thing to learn."
rules = ["C8", "H4"]
says = [
    "My panels are up since $m2_month.",
    "That costs me $$5.",
]

[facts]
inspection = "passed"

[facts.homeowner]
first_name = "Ann"
last_name = "Sample"

[facts.installer]
name = "Sample Roofs"

[facts.job]
m1_days_ago = 60
m2_days_ago = 30
"""
WAITING = """
[waiting]
project = "EBH"
title = "Sample question"
sender_name = "Ann Sample"
sender_email = "ann.sample@example.com"
text = "When?"
days_ago = 1
"""
HISTORY = """
[history]
days_ago = 10
"""
EMAIL = PHONE.replace('"phone"', '"homeowner_email"') + WAITING


def faults(toml: str) -> list[str]:
    with pytest.raises(CallerFaults) as wrong:
        check_caller(toml, "sample.toml")
    return list(wrong.value.lines)


def test_a_whole_caller_is_read() -> None:
    caller = check_caller(PHONE, "sample.toml")
    assert (caller.id, caller.title, caller.rules) == ("sample", "Sample caller", ("C8", "H4"))
    assert caller.days == {"m1": 60, "m2": 30}
    assert caller.case.homeowner.name == "Ann Sample"
    assert caller.waiting is None
    assert caller.history is None


def test_a_ticket_and_open_tickets_are_read() -> None:
    caller = check_caller(EMAIL + HISTORY, "sample.toml")
    assert caller.case.channel is Channel.HOMEOWNER_EMAIL
    assert caller.waiting is not None
    assert (caller.waiting.request, caller.waiting.days_ago) == ("Sample question", 1)
    assert caller.history is not None
    assert (caller.history.days_ago, caller.history.installer) == (10, True)


CASES = [
    ('title = "Sample caller"', "title = 7", 1, "title: must be text in quotes, not a number."),
    ('title = "Sample caller"\n', "", None, "title: is missing."),
    ('lesson = "One', 'leson = "One', 4, "leson: is not a key of a caller. Did you mean lesson?"),
    ('rules = ["C8", "H4"]', 'rules = ["C8", "rule"]', 5, 'rules: "rule" is no rule\'s id, such as H4.'),
    ('rules = ["C8", "H4"]', "rules = []", 5, "rules: is missing"),
    ('rules = ["C8", "H4"]', "rules = [1]", 5, "rules: must be a list of texts"),
    ("$m2_month", "$m3_month", 6, "says[1]: has the blank $m3_month; there are: $m1_month"),
    ("$$5", "$5", 6, "says[2]: has a $ that begins no variable."),
    ('channel = "phone"', 'channel = "fax"', 2, "channel: is 'fax'; must be one of phone"),
    ('channel = "phone"', 'channel = "hubspot"', 2, "channel: needs the ticket that it comes in with"),
    ('inspection = "passed"', 'inspection = "great"', 12, "facts.inspection: is 'great'; must be one of not_asked"),
    ('first_name = "Ann"', 'email = "no address"', 15, "facts.homeowner.email: is no email address."),
    ('first_name = "Ann"\n', "", 14, "facts.homeowner.first_name: is missing."),
    ('name = "Sample Roofs"', 'nam = "Sample Roofs"', 19, "facts.installer.nam: is not a key of a case."),
    ("m2_days_ago = 30", "m2_days_ago = 70", 23, "facts.job.m2_days_ago: is before M1"),
    ("m2_days_ago = 30", "m2_days_ago = -1", 23, "facts.job.m2_days_ago: must be a number of days from 0"),
    ("m2_days_ago = 30", 'm2_days_ago = "30"', 23, "facts.job.m2_days_ago: must be a number of days from 0"),
    ("m2_days_ago = 30", "m2 = 2026-01-01", 23, "facts.job.m2: does not belong here"),
    ("[facts]\n", '[facts]\nagent = "Somebody"\n', 12, "facts.agent: does not belong here"),
]


@pytest.mark.parametrize(("before", "after", "line", "said"), CASES, ids=[case[3][:40] for case in CASES])
def test_a_fault_is_named_with_its_line(before: str, after: str, line: int | None, said: str) -> None:
    assert PHONE.count(before) == 1
    found = [fault for fault in faults(PHONE.replace(before, after)) if said in fault]
    where = f"sample.toml, line {line}, " if line else "sample.toml, "
    assert len(found) == 1, faults(PHONE.replace(before, after))
    assert found[0].startswith(where)


TICKETS = [
    ("days_ago = 1\n", "days_ago = 1.5\n", "waiting.days_ago: must be a number of days"),
    ('sender_email = "ann.sample@example.com"\n', "", "waiting.sender_email: is missing."),
    ('text = "When?"', 'text = "On $m3_day?"', "waiting.text: has the blank $m3_day"),
    ('text = "When?"', 'body = "When?"', "waiting.body: is not a key of a caller."),
    ("days_ago = 10", "days_ago = 31", "history.days_ago: is before M1 or M2"),
    ("days_ago = 10", 'days_ago = 10\ninstaller = "no"', "history.installer: must be true or false, not text."),
    ('"homeowner_email"', '"phone"\n[history]', "cannot be read"),
]


@pytest.mark.parametrize(("before", "after", "said"), TICKETS, ids=[case[2] for case in TICKETS])
def test_a_fault_of_a_ticket_is_named(before: str, after: str, said: str) -> None:
    toml = EMAIL + HISTORY
    assert toml.count(before) == 1
    assert any(said in fault for fault in faults(toml.replace(before, after)))


def test_an_extra_ticket_of_an_installer_needs_the_open_one__I8() -> None:
    toml = EMAIL.replace('"homeowner_email"', '"installer"')
    assert any("needs the open installer ticket" in fault for fault in faults(toml))


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    toml = PHONE.replace("title", "titel").replace("$m2_month", "$nobody").replace("= 60", "= 'x'")
    lines = [int(fault.split("line ")[1].split(",")[0]) for fault in faults(toml) if "line " in fault]
    assert len(lines) >= 3
    assert lines == sorted(lines)


def test_what_is_no_toml_is_said_with_its_place() -> None:
    (fault,) = faults("title = \n")
    assert "cannot be read" in fault
    assert "line 1" in fault
