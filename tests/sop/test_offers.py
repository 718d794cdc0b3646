"""What may be meant by what stands in a field: a slip in an email, a company by its beginning."""

from datetime import date

import pytest

from ptodesk_gui.sop.advice import call_view
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.known import Known, companies
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.zip_codes import ZipCodes

TODAY = date(2026, 3, 14)
KNOWN = Known(ZipCodes(b""), ("Sunny Roofs", "sunny roofs LLC", "Solar Sample", "Bright  Sun"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jane@gmial.com", ("jane@gmail.com",)),
        ("jane@gmailcom", ("jane@gmail.com",)),
        ("jane@examplecom", ("jane@example.com",)),
        ("jane@example.con", ("jane@example.com",)),
        ("jane@gmial.con", ("jane@gmail.com",)),
        ("jane at example.com", ("jane@example.com",)),
        ("jane@example.com", ()),
        ("jane@gmail.com", ()),
        ("jane", ()),
        ("", ()),
    ],
)
def test_an_emails_slip_is_offered_mended__N3(typed: str, meant: tuple[str, ...], playbook: Playbook) -> None:
    for field in (Field.EMAIL, Field.REP_EMAIL):
        view = call_view(Entry("call", values={field.value: typed}), playbook, TODAY)
        assert view.offers.get(field, ()) == meant


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("blue", ("Blue Hammer",)),
        ("Stronger", ("Stronger Electric",)),
        ("sun", ("Sunny Roofs", "Bright Sun")),
        ("sunny_roofs", ()),
        ("Shield Energy, Inc.", ()),
        (" ", ()),
        ("?", ()),
        ("nobody", ()),
    ],
)
def test_a_company_is_completed_from_those_that_are_known__N1(
    typed: str, offered: tuple[str, ...], playbook: Playbook
) -> None:
    view = call_view(Entry("call", values={Field.INSTALLER.value: typed}), playbook, TODAY, KNOWN)
    assert view.offers.get(Field.INSTALLER, ()) == offered


def test_no_more_than_five_companies_are_offered() -> None:
    assert companies("a", (), tuple(f"A{number}" for number in range(9))) == ("A0", "A1", "A2", "A3", "A4")
