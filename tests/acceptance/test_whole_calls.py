"""A live call from the first letter to linked tickets, by keyboard, and what the desk has afterwards, field by field."""

from dataclasses import replace

from ptodesk_gui.sop.entry import Field
from ptodesk_gui.sop.progress import PlanState
from tests.acceptance.agent import M2_PAST, SAMPLE, Agent, Comment, Desk, OnDesk

DESCRIPTION = "Homeowner: Jane Doe\nAddress: 1 Main St, Denver, CO 80201\nConcern: {concern}"
NOTE = (
    "Homeowner Name: Jane Doe (jane@example.com)\n"
    "Address: 1 Main St, Denver, CO 80201\n"
    "Job Link: https://engine.example/jobs/1\n"
    "Installer: Sunny Roofs\n"
    "Installer Rep: Sam (sam@example.com)\n"
    "Notes: M1 approved on 11/5/2025. M2 approved on 2/1/2026. M3 not started."
)
NEUTRAL = "the status of the permission to operate (PTO) for their solar system"


def details_first(ticket: OnDesk) -> OnDesk:
    """The ticket with its internal comments before the public ones: they are sent together, in either order."""
    return replace(ticket, comments=sorted(ticket.comments, key=lambda comment: comment.public))


def reply(ticket: OnDesk) -> str:
    """The text of the one comment that the customer sees."""
    (public,) = [comment.text for comment in ticket.comments if comment.public]
    return public


def test_a_call_within_the_grace_period_becomes_two_linked_tickets__H1_H2_H3_H4_I1_I2_I3_I4_T5(
    agent: Agent, desk: Desk
) -> None:
    agent.type_call(SAMPLE)
    plan = agent.end_and_file()
    assert plan.state is PlanState.FILED
    assert desk.keys() == ["PTO-1", "PTO-2"]
    homeowner, installer = desk.ticket(plan.tickets["homeowner"]), desk.ticket(plan.tickets["installer"])
    said = reply(homeowner)
    assert details_first(homeowner) == OnDesk(
        key="PTO-1",
        project="PTO",
        title="Homeowner Concern Received – Jane Doe – Sunny Roofs",
        description=DESCRIPTION.format(concern=SAMPLE[Field.CONCERN]),
        labels=["PTO"],
        request_type="PTO/M3 delay",
        organizations=["Sunny_Roofs"],
        reporter="jane@example.com",
        assignee="Jessica Hauger",
        comments=[Comment(False, NOTE, ()), Comment(True, said, ())],
        links=[("is caused by", "PTO-2")],
    )
    assert said.startswith("Hello Jane Doe\n")
    assert "fully installed as of February 2026. Your first payment will be due in April." in said
    assert said.endswith("Thank you,\nPractice Agent")
    told = reply(installer)
    assert details_first(installer) == OnDesk(
        key="PTO-2",
        project="PTO",
        title="Homeowner Concern – Sunny Roofs – Jane Doe",
        description=DESCRIPTION.format(concern=NEUTRAL),
        labels=["PTO"],
        request_type="PTO/M3 delay",
        organizations=["Sunny_Roofs"],
        reporter="sam@example.com",
        assignee="Jessica Hauger",
        comments=[Comment(False, NOTE, ()), Comment(True, told, ())],
        links=[("causes", "PTO-1")],
    )
    assert told.startswith("Hello Sam,\n")
    assert "past their 60-day period" not in told


def test_past_the_grace_period_both_are_told_so__H4_I4(agent: Agent, desk: Desk) -> None:
    agent.type_call(SAMPLE | {Field.M1: "10/5/2025", Field.M2: M2_PAST})
    plan = agent.end_and_file()
    homeowner, installer = desk.ticket(plan.tickets["homeowner"]), desk.ticket(plan.tickets["installer"])
    assert "delayed past the 60-day period EverBright provides" in reply(homeowner)
    assert "December 2025" in reply(homeowner)
    assert "The homeowner is now past their 60-day period" in reply(installer)


def test_littleton_and_top_electric_get_their_reply_and_a_mention_and_no_installer_ticket__C2_H4_I7(
    agent: Agent, desk: Desk
) -> None:
    agent.type_call(SAMPLE | {Field.CITY: "Littleton", Field.STATE: "Colorado", Field.INSTALLER: "TOP ELECTRIC, LLC."})
    plan = agent.end_and_file()
    assert desk.keys() == ["PTO-1"]
    assert set(plan.tickets) == {"homeowner"}
    ticket = desk.ticket("PTO-1")
    assert ticket.title == "Homeowner Concern Received – Jane Doe – Top Electric"
    assert ticket.organizations == ["Top_Electric"]
    assert ticket.links == []
    public = [c.text for c in ticket.comments if c.public]
    assert len(public) == 1
    assert "our records show this date as 2/1/26" in public[0]
    assert "Top Electric is aware of a delay with the utility in the Littleton area" in public[0]
    mentions = [c.mentions for c in ticket.comments if not c.public]
    assert (desk.account_id("Jessica Hauger"),) in mentions


def test_blue_hammer_gets_the_self_help_reply_and_no_installer_ticket__C3_H4_I7(agent: Agent, desk: Desk) -> None:
    agent.type_call(SAMPLE | {Field.INSTALLER: "blue hammer"})
    agent.end_and_file()
    assert desk.keys() == ["PTO-1"]
    ticket = desk.ticket("PTO-1")
    assert ticket.organizations == ["Blue_Hammer"]
    (public,) = [c.text for c in ticket.comments if c.public]
    assert "Call your electric utility" in public
    assert any(c.mentions for c in ticket.comments if not c.public)


def test_without_an_m2_date_no_reply_goes_out_and_the_note_says_so__C12(agent: Agent, desk: Desk) -> None:
    agent.type_call(SAMPLE | {Field.M2: ""})
    plan = agent.end_and_file()
    homeowner = desk.ticket(plan.tickets["homeowner"])
    assert [c for c in homeowner.comments if c.public] == []
    assert "M2 not approved." in homeowner.comments[0].text
    installer = desk.ticket(plan.tickets["installer"])
    assert [c.text.startswith("Hello Sam,\n") for c in installer.comments if c.public] == [True]


def test_without_the_homeowners_email_there_is_no_reporter_and_no_reply_and_both_are_shown__M1(
    agent: Agent, desk: Desk
) -> None:
    agent.type_call(SAMPLE | {Field.EMAIL: ""})
    plan = agent.end_and_file()
    homeowner = desk.ticket(plan.tickets["homeowner"])
    assert [c for c in homeowner.comments if c.public] == []
    assert "Homeowner Name: Jane Doe (unknown)" in homeowner.comments[0].text
    assert homeowner.reporter != "jane@example.com"
    assert plan.state is PlanState.FILED
    assert "Filed, with something left for you" in agent.shown
    assert "Homeowner ticket PTO-1 has no reporter" in agent.shown
    assert "Homeowner ticket PTO-1 has no reply yet" in agent.shown


def test_pressing_file_again_and_again_makes_one_plan(agent: Agent, desk: Desk) -> None:
    agent.type_call(SAMPLE)
    agent.end_call()
    for _ in range(4):
        agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    agent.filed()
    assert len(agent.plans) == 1
    assert desk.keys() == ["PTO-1", "PTO-2"]


def test_the_next_call_can_be_typed_while_the_last_one_is_filed(agent: Agent, desk: Desk) -> None:
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    agent.chord("Ctrl+N")
    agent.fill(Field.FIRST_NAME, "John")
    agent.filed()
    assert agent.page == "call"
    assert agent.app.call.entry.text(Field.FIRST_NAME) == "John"
    assert agent.app.call.entry.text(Field.LAST_NAME) == ""
    assert desk.keys() == ["PTO-1", "PTO-2"]
