"""Any case, filed over real HTTP: afterwards the desk has exactly what the plan names, once, and nothing else has changed.

The plain run takes some dozen cases; ``make fuzz`` takes thousands.
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, assume, event, given, settings
from hypothesis import strategies as st

from ptodesk_gui.sop.case import Case, Channel, Job, OwnWords, SourceTicket
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.flows.choice import situation
from ptodesk_gui.sop.playbook import Playbook
from tests.reliability.flows import Values, reporter, waiting
from tests.reliability.site import Site
from tests.sop.any_case import CASES, DAYS
from tests.sop.filing import wrong_after

IN_A_RUN = 10  # cases of each channel
FUZZED = 100  # of the examples that a profile takes of plans, so many are one case that is filed
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # it would take minutes
UNKNOWN_EMAILS = ["", "jane@example.com", "sam@example.com", "june.roe@example.com", "max.rep@example.com"]


# --- cases that can be filed ------------------------------------------------------------------------------------------


def readable(text: str) -> str:
    """The text as a CASE file may have it: no control characters but line breaks (and none that Jira does not keep)."""
    return "".join(sign for sign in text if sign == "\n" or (sign.isprintable() and sign <= "\ufffd")).strip()


def fileable(case: Case, today: date) -> Case:
    """The case with what filing cannot do without, and without what would only keep it from being filed."""
    days = sorted(min(day, today) for day in (case.job.m1, case.job.m2, case.job.m3) if day is not None)
    m1, m2, m3 = (*days, None, None, None)[:3]
    source = case.source_ticket
    if source is None and case.channel is not Channel.PHONE:
        source = SourceTicket("EBH-9", "EBH", "asks about PTO")
    if source is not None:
        source = replace(source, request=readable(source.request), text=readable(source.text))
    person = case.homeowner
    own = {
        name: OwnWords(readable(reply.text) or "Hello.")
        for name in ("homeowner_reply", "installer_reply")
        if isinstance(reply := getattr(case, name), OwnWords)
    }
    same = case.installer.rep_email == person.email
    return replace(
        case,
        agent=case.agent or "Dana Reyes",
        homeowner=replace(person, first_name=person.first_name or "Jane", last_name=person.last_name or "Doe"),
        installer=replace(
            case.installer,
            name=case.installer.name or "Sunny Roofs",
            rep_email="" if same else case.installer.rep_email,
        ),
        job=Job(case.job.found, case.job.url, m1, m2, m3),
        concern=readable(case.concern),
        installer_concern=readable(case.installer_concern),
        new_information=readable(case.new_information),
        source_ticket=source,
        open_installer_ticket=case.open_installer_ticket or ("PTO-2" if case.channel is Channel.INSTALLER else None),
        disclosure_confirmed=True,
        **own,
    )


@st.composite
def anonymous(draw: st.DrawFn, case: Case) -> Case:
    """Where the job was not found by a message, the names may be missing as well (H7, H9, I8)."""
    nobody = draw(st.booleans())
    if case.channel in (Channel.PHONE, Channel.HOMEOWNER_EMAIL) or case.job.found or not nobody:
        return case
    person = replace(case.homeowner, first_name="", last_name="")
    return replace(case, homeowner=person, installer=replace(case.installer, name=""))


@st.composite
def cases_to_file(draw: st.DrawFn, channel: Channel) -> tuple[Case, date]:
    today = draw(DAYS)
    case = fileable(replace(draw(CASES), channel=channel), today)
    emails = st.sampled_from(UNKNOWN_EMAILS)
    case = replace(case, homeowner=replace(case.homeowner, email=draw(emails)))
    rep = draw(emails.filter(lambda email: not email or email != case.homeowner.email))
    case = replace(case, installer=replace(case.installer, rep_email=rep))
    return draw(anonymous(case)), today


# --- a desk that has the tickets they name ----------------------------------------------------------------------------


def prepared(site: Site) -> dict[str, str]:
    """The tickets that cases name, each with something of its own that must stay: key in the case -> key on the desk."""
    jane, sam = reporter(site, "jane@example.com"), reporter(site, "sam@example.com")
    made = {
        "EBH-9": waiting(site, "EBH", "A homeowner asks about PTO", labels=["sample"], **jane),
        "SS-9": waiting(site, "SS", "A homeowner asks about PTO", labels=["sample", "PTO"], **jane),
        "PTO-9": waiting(site, "PTO", "A homeowner asks about PTO", **jane),
        "PTO-1": waiting(site, "PTO", "Homeowner Concern Received – Jane Doe – Sunny Roofs", **jane),
        "PTO-2": waiting(site, "PTO", "Homeowner Concern – Sunny Roofs – Jane Doe", **sam),
        "PTO-3": waiting(site, "PTO", "Homeowner Concern Received – Jane Doe – Sunny Roofs", **jane),
    }
    made["ABC-9"] = made["PTO-9"]
    for key in sorted(set(made.values())):
        text = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [_text("Sample comment")]}]}
        site.ask("POST", f"/rest/api/3/issue/{key}/comment", {"body": text})
    kind = str(site.value("SELECT id FROM link_type WHERE outward = 'relates to'"))
    ends = {"inwardIssue": {"key": made["PTO-1"]}, "outwardIssue": {"key": made["PTO-3"]}}
    site.ask("POST", "/rest/api/3/issueLink", {"type": {"id": kind}, **ends})
    return made


def _text(text: str) -> Values:
    return {"type": "text", "text": text}


def there(case: Case, keys: dict[str, str]) -> Case:
    """The case with the keys that the desk has."""
    source = case.source_ticket
    if source is not None:
        key = keys[source.key]
        source = replace(source, key=key, project=key.partition("-")[0])
    opened = {
        name: keys[key] for name in ("open_homeowner_ticket", "open_installer_ticket") if (key := getattr(case, name))
    }
    return replace(case, source_ticket=source, **opened)


# --- filing ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channel", Channel)
@settings(
    max_examples=max(IN_A_RUN, settings().max_examples // FUZZED),
    phases=WITHOUT_SHRINKING,
    suppress_health_check=[
        *settings().suppress_health_check,
        HealthCheck.function_scoped_fixture,
    ],  # the site begins anew
)
@given(data=st.data())
def test_filing_any_case_leaves_exactly_what_its_plan_names__T1_H1_I1_O1(
    site: Site, playbook: Playbook, channel: Channel, data: st.DataObject
) -> None:
    case, today = data.draw(cases_to_file(channel))
    case = there(case, site.begin("any case", prepared))
    plan = make_plan(case, playbook, today)
    assume(not plan.blocked)
    event(f"{case.channel} {situation(case).name}")
    assert wrong_after(site, plan, playbook) == []
