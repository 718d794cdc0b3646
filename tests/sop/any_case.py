"""Cases as anything may make them: every channel, every field empty, usual or strange. Sample data, all of it."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from ptodesk_gui.sop.case import (
    Address,
    Case,
    Channel,
    Homeowner,
    Inspection,
    Installer,
    Job,
    Note,
    OwnWords,
    SourceTicket,
)
from ptodesk_gui.sop.replies import HOMEOWNER_REPLIES, INSTALLER_REPLIES

WITHOUT = ["Blue Hammer", "stronger", "Stronger Electric LLC", "Shield", "LA_Solar", "TOP ELECTRIC, LLC."]
DAYS = st.dates(date(2019, 1, 1), date(2033, 12, 31))
NAMES = st.one_of(
    st.sampled_from(["", "Jane", "O'Neil", "$homeowner", "${x}", "{agent}", "ﷺ‏", "👩‍🔧", "[Your name]", "x" * 120]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120).map(str.strip),
)
COMPANIES = st.one_of(st.sampled_from([*WITHOUT, "Sunny Roofs", "Top Solar", ""]), NAMES)
LONG = st.one_of(
    st.just(""), st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=80).map(str.strip)
)
EMAILS = st.sampled_from(["", "jane@example.com", "sam@example.com"])
MAYBE_DAY = st.one_of(st.none(), DAYS)
KEYS = st.one_of(st.none(), st.sampled_from(["PTO-1", "PTO-2", "PTO-3"]))


def replies(ids: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), st.sampled_from(ids), LONG.map(OwnWords))


CASES = st.builds(
    Case,
    channel=st.sampled_from(Channel),
    agent=NAMES,
    homeowner=st.builds(Homeowner, NAMES, NAMES, EMAILS, st.just(""), st.sampled_from(["them", "him", "her"])),
    address=st.builds(Address, NAMES, st.sampled_from(["Littleton", "Denver", ""]), st.sampled_from(["CO", ""]), NAMES),
    installer=st.builds(Installer, COMPANIES, NAMES, EMAILS),
    job=st.builds(Job, st.booleans(), NAMES, MAYBE_DAY, MAYBE_DAY, MAYBE_DAY),
    inspection=st.sampled_from(Inspection),
    notes=st.lists(st.sampled_from(Note), unique=True).map(tuple),
    concern=LONG,
    installer_concern=LONG,
    still_asking_about_double_billing=st.booleans(),
    new_information=LONG,
    source_ticket=st.one_of(
        st.none(),
        st.builds(SourceTicket, st.sampled_from(["EBH-9", "SS-9", "PTO-9", "ABC-9"]), st.just(""), NAMES, LONG),
    ),
    open_homeowner_ticket=KEYS,
    open_installer_ticket=KEYS,
    homeowner_reply=replies(HOMEOWNER_REPLIES),
    installer_reply=replies(INSTALLER_REPLIES),
    disclosure_confirmed=st.booleans(),
    partner_cannot_identify_job=st.booleans(),
)
