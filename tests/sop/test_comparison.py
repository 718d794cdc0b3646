"""What was filed beside what the procedure asks: to the letter it is right, and every planted difference is found with its rule."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ptodesk_gui.sop.callers import case_of
from ptodesk_gui.sop.case import Case
from ptodesk_gui.sop.comparison import compare
from ptodesk_gui.sop.filed import OnDesk, keys_by_role
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.plan import Plan
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.tickets import Comment, Link, SiteTicket
from ptodesk_gui.sop.training import Comparison, Point, Verdict
from ptodesk_gui.workstation.caller_files import load_callers
from tests.sop.filed_desk import EARLIER, changed, comments_changed, filed, with_comment, without

TODAY = date(2026, 3, 14)
AGENT = "Sample Trainee"
CALLERS = {caller.id: caller for caller in load_callers()[0]}
KEYS = {"source": "EBH-7", "open_homeowner": "PTO-3", "open_installer": "PTO-4"}
PHONE, BILLING, AGAIN, LITTLETON = "10-phone-within", "18-phone-billing", "19-phone-again", "13-phone-littleton"
NO_M2, NO_EMAIL, EMAIL, EMAIL_AGAIN = "15-phone-no-m2", "17-phone-no-email", "30-email-new", "31-email-again"
HUBSPOT, ACCOUNT, NO_JOB, EXTRA = "32-hubspot", "35-account-servicing", "37-omnidian-no-job", "40-installer-extra"


def case_for(caller: str) -> Case:
    found = CALLERS[caller]
    roles = (["source"] if found.waiting else []) + (["open_homeowner", "open_installer"] if found.history else [])
    return case_of(found, TODAY, AGENT, {role: KEYS[role] for role in roles})


def plan_for(caller: str, playbook: Playbook) -> Plan:
    return make_plan(case_for(caller), playbook, TODAY)


def not_right(caller: str, playbook: Playbook, change: Callable[[OnDesk], OnDesk]) -> list[Point]:
    """The points that are not right after a change of the desk on which the caller was filed to the letter."""
    points = compare(case_for(caller), playbook, TODAY, change(filed(plan_for(caller, playbook))))
    return [point for point in points if point.verdict is not Verdict.RIGHT]


@pytest.mark.parametrize("caller", CALLERS)
def test_what_is_filed_to_the_letter_is_right(caller: str, playbook: Playbook) -> None:
    assert not_right(caller, playbook, lambda desk: desk) == []


def description(role: str, before: str, after: str) -> Callable[[OnDesk], OnDesk]:
    def change(desk: OnDesk) -> OnDesk:
        text = desk.tickets[role].ticket.description
        assert before in text
        return changed(desk, role, description=text.replace(before, after))

    return change


def said(role: str, before: str, after: str) -> Callable[[OnDesk], OnDesk]:
    """Other words in a comment of the ticket."""

    def change(desk: OnDesk) -> OnDesk:
        assert any(before in comment.text for comment in desk.tickets[role].ticket.comments)
        return comments_changed(desk, role, lambda c: replace(c, text=c.text.replace(before, after)))

    return change


def silent(role: str, *, public: bool) -> Callable[[OnDesk], OnDesk]:
    """No comment of the kind in the ticket."""
    return lambda desk: comments_changed(desk, role, lambda c: None if c.public is public else c)


def replied(text: str) -> Callable[[OnDesk], OnDesk]:
    """Another reply to the homeowner."""
    return lambda desk: with_comment(silent("homeowner", public=True)(desk), "homeowner", text, public=True)


def turned(desk: OnDesk) -> OnDesk:
    link = Link("causes", "is caused by", desk.tickets["installer"].ticket.key)
    return changed(desk, "homeowner", links=(link,))


def reply_text(reply: str, playbook: Playbook, caller: str) -> str:
    """Another approved reply, filled for the caller."""
    case = replace(case_for(caller), homeowner_reply=reply)
    steps = make_plan(case, playbook, TODAY).steps
    return next(str(step.body) for step in steps if step.id == "homeowner.reply")  # type: ignore[union-attr]


DIFFERENT, LOOK = Verdict.DIFFERENT, Verdict.LOOK
PLANTED: list[tuple[str, Callable[[OnDesk], OnDesk], str, str, Verdict]] = [
    (PHONE, lambda d: changed(d, "homeowner", summary="Homeowner Concern"), "Title", "H2", DIFFERENT),
    (PHONE, lambda d: changed(d, "installer", summary="Homeowner Concern"), "Title", "I2", DIFFERENT),
    (PHONE, description("homeowner", "Avery Within", "Avery"), "Description: Homeowner", "T7", DIFFERENT),
    (PHONE, description("homeowner", "80201", "80210"), "Description: Address", "T7", DIFFERENT),
    (PHONE, description("homeowner", "installed and inspected", "up"), "Description: Concern", "T7", LOOK),
    (
        PHONE,
        lambda d: changed(d, "homeowner", description="x\ny\nConcern: unknown"),
        "Description: Concern",
        "T7",
        DIFFERENT,
    ),
    (
        BILLING,
        description("installer", "Concern: the", "Concern: billed double, the"),
        "Description: Concern",
        "I5",
        DIFFERENT,
    ),
    (PHONE, lambda d: changed(d, "homeowner", labels=("Other",)), "Label", "T2", DIFFERENT),
    (PHONE, lambda d: changed(d, "homeowner", request_type="Roof question"), "Request type", "T3", DIFFERENT),
    (PHONE, lambda d: changed(d, "homeowner", organizations=()), "Organization", "T4", DIFFERENT),
    (PHONE, lambda d: changed(d, "homeowner", organizations=("Sunny Roofs",)), "Organization", "T4", DIFFERENT),
    (PHONE, lambda d: changed(d, "homeowner", reporter_email="else@example.com"), "Reporter", "H3", DIFFERENT),
    (PHONE, lambda d: changed(d, "installer", reporter_email="else@example.com"), "Reporter", "I3", DIFFERENT),
    (PHONE, lambda d: changed(d, "homeowner", assignee=""), "Assignee", "T10", DIFFERENT),
    (PHONE, lambda d: changed(d, "homeowner", project="EBH"), "Project", "H1", DIFFERENT),
    (PHONE, silent("homeowner", public=False), "Internal comment, six lines", "T5", DIFFERENT),
    (PHONE, said("homeowner", "Job Link: https", "Job Link: http"), "Internal comment: Job Link", "T5", DIFFERENT),
    (PHONE, said("homeowner", "M3 not started.", "M3 approved."), "Internal comment: Notes", "T6", DIFFERENT),
    (PHONE, silent("homeowner", public=True), "Reply", "H4", DIFFERENT),
    (PHONE, silent("installer", public=True), "Reply", "I4", DIFFERENT),
    (PHONE, said("homeowner", "Avery Within", "Avery"), "Reply", "H4", DIFFERENT),
    (PHONE, lambda d: changed(d, "homeowner", links=()), "Link", "I1", DIFFERENT),
    (PHONE, turned, "Link", "I1", DIFFERENT),
    (PHONE, lambda d: without(d, "installer"), "The ticket", "I1", DIFFERENT),
    (LITTLETON, lambda d: changed(d, "homeowner", mentions=()), "Mention in an internal comment", "I7", DIFFERENT),
    (NO_M2, lambda d: with_comment(d, "homeowner", "Something of my own.", public=True), "Reply", "C12", LOOK),
    (NO_EMAIL, lambda d: with_comment(d, "homeowner", "To nobody.", public=True), "Reply", "M1", DIFFERENT),
    (NO_EMAIL, lambda d: changed(d, "homeowner", by_staff=False), "Reporter", "M1", DIFFERENT),
    (AGAIN, silent("open_homeowner", public=False), "New information, as an internal comment", "O7", DIFFERENT),
    (
        AGAIN,
        said("open_homeowner", "nobody has called", "no call"),
        "New information, as an internal comment",
        "O7",
        LOOK,
    ),
    (AGAIN, silent("open_homeowner", public=True), "Reply", "O5", DIFFERENT),
    (AGAIN, silent("open_installer", public=True), "Reply", "O6", DIFFERENT),
    (EMAIL, lambda d: changed(d, "homeowner", project="EBH"), "Project", "T1", DIFFERENT),
    (
        EMAIL_AGAIN,
        lambda d: changed(d, "source", reporter="A", reporter_email="a@example.com"),
        "Reporter",
        "T12",
        DIFFERENT,
    ),
    (EMAIL_AGAIN, lambda d: changed(d, "source", closed=False), "Closed as", "T11", DIFFERENT),
    (EMAIL_AGAIN, lambda d: changed(d, "source", resolution="Other"), "Closed as", "T11", DIFFERENT),
    (EMAIL_AGAIN, lambda d: changed(d, "source", choices=("Finance",)), "Closed as", "T11", DIFFERENT),
    (EMAIL_AGAIN, lambda d: changed(d, "source", links=()), "Link", "O1", DIFFERENT),
    (HUBSPOT, lambda d: changed(d, "source", status="Duplicate"), "Closed as", "H6", DIFFERENT),
    (HUBSPOT, lambda d: with_comment(d, "source", "Thanks.", public=True), "Reply", "", DIFFERENT),
    (ACCOUNT, lambda d: changed(d, "source", reporter="Somebody"), "Reporter", "H8", DIFFERENT),
    (ACCOUNT, lambda d: changed(d, "source", summary="Account Servicing Ticket > PTO?"), "Title", "H8", LOOK),
    (ACCOUNT, lambda d: changed(d, "source", summary="PTO?"), "Title", "H8", DIFFERENT),
    (NO_JOB, lambda d: changed(d, "source", closed=True), "Stays open for the answer", "H9", DIFFERENT),
    (EXTRA, lambda d: changed(d, "source", links=()), "Link", "I8", DIFFERENT),
]


@pytest.mark.parametrize(
    ("caller", "change", "what", "rule", "verdict"),
    PLANTED,
    ids=[f"{p[0]}-{p[2]}-{p[3]}-{i}" for i, p in enumerate(PLANTED)],
)
def test_a_planted_difference_is_found_with_its_rule(
    playbook: Playbook, caller: str, change: Callable[[OnDesk], OnDesk], what: str, rule: str, verdict: Verdict
) -> None:
    found = [point for point in not_right(caller, playbook, change) if point.what == what]
    assert len(found) >= 1, not_right(caller, playbook, change)
    assert found[0].verdict is verdict
    assert rule in found[0].rules or not rule
    assert found[0].asked != found[0].filed or found[0].note


@pytest.mark.parametrize(
    ("caller", "role"), [(LITTLETON, "installer"), (AGAIN, "homeowner"), (NO_JOB, "homeowner"), (EXTRA, "homeowner")]
)
def test_a_ticket_where_the_procedure_wants_none_is_found(playbook: Playbook, caller: str, role: str) -> None:
    other = filed(plan_for(PHONE, playbook)).tickets["installer"]

    def plant(desk: OnDesk) -> OnDesk:
        return replace(desk, tickets={**desk.tickets, role: replace(other, ticket=replace(other.ticket, key="PTO-99"))})

    (point,) = not_right(caller, playbook, plant)
    assert (point.verdict, point.filed) == (DIFFERENT, "PTO-99")
    rules = {LITTLETON: "I7", AGAIN: "O2", NO_JOB: "H9", EXTRA: "I8"}
    assert point.rules == (rules[caller],)


def test_a_ticket_too_many_is_found(playbook: Playbook) -> None:
    extra = SiteTicket("PTO-50", "PTO", "Homeowner Concern Received – Avery Within – Sunny Roofs")
    (point,) = not_right(PHONE, playbook, lambda desk: replace(desk, others=(extra,)))
    assert (point.what, point.verdict) == ("A ticket too many", DIFFERENT)
    assert "PTO-50" in point.filed


def test_another_reply_that_is_offered_is_for_a_person_to_judge__H5(playbook: Playbook) -> None:
    text = reply_text("homeowner_others", playbook, PHONE)
    (point,) = not_right(PHONE, playbook, replied(text))
    assert (point.verdict, point.filed) == (LOOK, '"All others"')


def test_a_reply_that_does_not_fit_is_different__H4(playbook: Playbook) -> None:
    text = reply_text("homeowner_littleton", playbook, PHONE)
    (point,) = not_right(PHONE, playbook, replied(text))
    assert (point.verdict, point.filed) == (DIFFERENT, '"Littleton and Top Electric"')


def test_own_words_are_for_a_person_to_judge(playbook: Playbook) -> None:
    (point,) = not_right(PHONE, playbook, replied("Dear Avery, soon."))
    assert (point.verdict, point.filed) == (LOOK, "Own words")


def test_a_reply_that_was_sent_twice_is_different(playbook: Playbook) -> None:
    desk = filed(plan_for(PHONE, playbook))
    text = next(c.text for c in desk.tickets["homeowner"].ticket.comments if c.public)
    (point,) = not_right(PHONE, playbook, lambda d: with_comment(d, "homeowner", text, public=True))
    assert point.note == "More than one reply was sent."


def test_a_concern_that_was_copied_from_the_ticket_is_different__T8(playbook: Playbook) -> None:
    source = case_for(EMAIL).source_ticket
    assert source is not None
    copied = " ".join(source.text.split())
    concern = case_for(EMAIL).concern
    (point,) = not_right(EMAIL, playbook, description("homeowner", concern, copied))
    assert (point.rules, point.verdict) == (("T8",), DIFFERENT)


def test_what_stood_in_a_ticket_before_the_call_counts_for_nothing(playbook: Playbook) -> None:
    def early(desk: OnDesk) -> OnDesk:
        return comments_changed(desk, "open_homeowner", lambda c: replace(c, when=EARLIER))

    def before(desk: OnDesk) -> OnDesk:
        old = Comment("Hello from before", True, EARLIER)
        return changed(desk, "open_homeowner", comments=(old, *desk.tickets["open_homeowner"].ticket.comments))

    found = {point.what for point in not_right(AGAIN, playbook, early)}
    assert found == {"Reply", "New information, as an internal comment"}
    assert not_right(AGAIN, playbook, before) == []


def test_the_wrong_way_round_is_said_of_a_link(playbook: Playbook) -> None:
    (point,) = not_right(PHONE, playbook, turned)
    assert point.note == "It is the wrong way round."


def test_how_a_site_breaks_lines_is_no_difference_in_a_reply(playbook: Playbook) -> None:
    def squeeze(c: Comment) -> Comment:
        return replace(c, text=c.text.replace("\n\n", "\n")) if c.public else c

    assert not_right(PHONE, playbook, lambda desk: comments_changed(desk, "homeowner", squeeze)) == []


def test_a_ticket_stands_for_one_role_only(playbook: Playbook) -> None:
    """An email's own ticket that was taken for a new homeowner ticket is still the ticket it came in with."""
    asked = plan_for(HUBSPOT, playbook)
    assert keys_by_role(asked, {"homeowner": "EBH-7", "installer": "PTO-9"}) == {
        "source": "EBH-7",
        "installer": "PTO-9",
    }
    assert keys_by_role(asked, {"homeowner": "PTO-8"}) == {"source": "EBH-7", "homeowner": "PTO-8"}


def test_the_points_are_counted_by_how_they_stand(playbook: Playbook) -> None:
    points = compare(
        case_for(PHONE), playbook, TODAY, changed(filed(plan_for(PHONE, playbook)), "homeowner", labels=())
    )
    comparison = Comparison("Sample", "", points)
    assert comparison.count(DIFFERENT) == 1
    assert comparison.count(Verdict.RIGHT) == len(points) - 1
    assert comparison.count(LOOK) == 0
