"""What is pasted may be anything: a page or a ticket with something changed in it never breaks the call, and no typed word is lost."""

from datetime import date
from random import Random

from hypothesis import given

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.takeover import fill_empty, from_paste, from_ticket, open_source
from ptodesk_gui.sop.tickets import SiteTicket
from ptodesk_gui.sop.typed import ticket_host, ticket_key
from ptodesk_gui.workstation.playbook_files import load_playbook
from tests.fuzz.shares import SEEDS, share
from tests.mutations import changed_text

TODAY = date(2026, 3, 14)
PAGES = (
    "Job 4711\nHomeowner\nJane Doe\njane@example.com\nPhone\n(555) 010-0100\nSite Address\n1 Main St\nLittleton, CO 80120\n"
    "Installer\nSunny Roofs\nContractor\nSam Sample\nsam@example.com\nAddress: 9 Office Park, Denver, CO 80201\nMilestones\n"
    "M1\tApproved\t01/05/2026\nM2\tApproved\tFeb 1, 2026\nM3\tNot started\nhttps://engine.example/jobs/4711\n",
    "Homeowner Name: Jane Doe (jane@example.com)\nAddress: 1 Main St, Littleton, CO 80120\nJob Link: https://engine.example/jobs/1\n"
    "Installer: Sunny Roofs\nInstaller Rep: Sam (sam@example.com)\nNotes: M1 approved on 1/5/2026. M2 approved on 2/1/2026. M3 not started.",
    "Hi,\n\nour system at 1 Main St, Littleton CO was installed on March 3rd and passed inspection.\n\n> On 3/4/26 Sam wrote:\n> soon\n\n"
    "Jane Doe\njane@example.com | 555-010-0100",
)
ADDRESSES = (
    "https://desk.example/browse/PTO-12",
    "https://desk.example/jira/servicedesk/projects/PTO/queues/custom/1/PTO-12",
    "https://desk.example/projects/PTO?selectedIssue=PTO-12",
    "PTO-12",
)
PLAYBOOK: Playbook = load_playbook()
TYPED = {Field.FIRST_NAME: "June", Field.CONCERN: "Asks when PTO is expected.", Field.M2: "2/1/26"}


@share(0.3)
@given(SEEDS)
def test_a_mutated_paste_breaks_nothing_and_loses_nothing_typed__M2(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same every time
    text = changed_text(chance.choice(PAGES), chance, chance.choice((1, 2, 5, 12)))
    kept = {which: value for which, value in TYPED.items() if chance.random() < 0.5}
    entry = Entry("call-1", "Dana Reyes", {which.value: value for which, value in kept.items()})
    pasted = from_paste(entry, text, TODAY)
    for offer in pasted.offers:
        assert offer.value.strip()
        assert "\n" not in offer.value
    filled = fill_empty(pasted.entry, pasted.offers)
    assert {which: filled.text(which) for which in kept} == kept
    call_view(filled, PLAYBOOK, TODAY)


@share(0.2)
@given(SEEDS)
def test_a_mutated_ticket_is_taken_over_or_left__M2(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same every time
    title, body = (changed_text(text, chance, 3) for text in ("Omnidian Ticket > asks about PTO – Jane Doe", PAGES[2]))
    ticket = SiteTicket(
        key="EBH-12",
        project="EBH",
        summary=title,
        reporter=changed_text("Jane Doe (sample)", chance, 2),
        reporter_email=changed_text("jane@example.com", chance, 2),
        description=body,
    )
    entry = open_source(Entry("call-1", "Dana Reyes"), ticket)
    filled = fill_empty(entry, from_ticket(entry, ticket, PLAYBOOK, TODAY).offers)
    call_view(filled, PLAYBOOK, TODAY)


@share(0.2)
@given(SEEDS)
def test_a_mutated_address_names_a_ticket_or_says_that_it_does_not__O1(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same every time
    text = changed_text(chance.choice(ADDRESSES), chance, chance.choice((1, 2, 4)))
    key, word = ticket_key(text)
    assert key or word or not text.strip()
    ticket_host(text)
