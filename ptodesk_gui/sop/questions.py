"""What to ask next, in plain words and the order of the checklist (C1, C4, C5).

These are the program's words, not approved ones: the approved sentences are the playbook's.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from ptodesk_gui.sop.case import Case, Channel, Inspection
from ptodesk_gui.sop.checklist import NOTHING_NOTED
from ptodesk_gui.sop.view import ChecklistItem, Item, ItemState

NAME_AND_EMAIL: Final = "What is your full name and the email on the account?"
NAME: Final = "What is your full name?"
LAST_NAME: Final = "What is your last name?"
FIRST_NAME: Final = "What is your first name?"
EMAIL: Final = "What is the email on the account?"
ADDRESS: Final = "What is the address of the system?"
STREET: Final = "What is the street and house number of the system?"
PLACE: Final = "In which city and state is the system?"
ZIP: Final = "What is the ZIP code of the system's address?"
INSTALLER: Final = "Who is your installer?"
INSPECTION: Final = "Has the system been inspected yet?"
REACHED: Final = "Have you been able to reach your installer?"
CONCERN: Final = "What would you like us to help you with?"


def questions(case: Case, items: Iterable[ChecklistItem]) -> tuple[str, ...]:
    """The questions to the homeowner that are still open, the next one first; none where nobody is on the line."""
    return tuple(_open(case, items)) if case.channel is Channel.PHONE else ()


def _open(case: Case, items: Iterable[ChecklistItem]) -> Iterator[str]:
    for shown in items:
        match shown.item:
            case Item.CALLER:
                yield from _caller(case)
            case Item.ADDRESS:
                yield from _address(case)
            case Item.INSTALLER if not case.installer.name:
                yield INSTALLER
            case Item.INSPECTION if case.inspection is Inspection.NOT_ASKED:
                yield INSPECTION
            case Item.CONTACT if shown.state is ItemState.OPEN and shown.words != NOTHING_NOTED:
                yield REACHED
            case Item.CONCERN if not case.concern:
                yield CONCERN
            case _:  # known, or looked up by the agent (the job's dates)
                pass


def _caller(case: Case) -> Iterator[str]:
    """Who is calling (H3): asked in one go while nothing of it is known."""
    homeowner = case.homeowner
    if not homeowner.name:
        yield NAME if homeowner.email else NAME_AND_EMAIL
        return
    if not homeowner.last_name:
        yield LAST_NAME
    elif not homeowner.first_name:
        yield FIRST_NAME
    if not homeowner.email:
        yield EMAIL


def _address(case: Case) -> Iterator[str]:
    """Where the system stands (C1)."""
    address = case.address
    if not (address.street or address.city or address.state or address.zip):
        yield ADDRESS
        return
    if not address.street:
        yield STREET
    if not (address.city and address.state):
        yield PLACE
    if not address.zip:
        yield ZIP
