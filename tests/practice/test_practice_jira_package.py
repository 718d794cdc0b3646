"""The ``jira`` package, which knows nothing of us, takes the desk for a site."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jira import JIRA, JIRAError

from ptodesk_gui.practice import PracticeDesk


@pytest.fixture
def desk(desk_folder: Path, clock: Any) -> Iterator[PracticeDesk]:
    """A desk that is not watched: some of what the package sends is not as the API documents have it."""
    with PracticeDesk(desk_folder, clock=clock) as desk:
        yield desk
        assert desk.crashes == []


@pytest.fixture
def jira(desk: PracticeDesk) -> Iterator[JIRA]:
    """The package, signed in as the practice agent."""
    client = JIRA(desk.url, basic_auth=tuple(desk.account), options={"rest_api_version": "3"}, max_retries=0)
    yield client
    client.close()


def test_the_package_takes_the_desk_for_jira_cloud(jira: JIRA) -> None:
    assert jira.server_info()["deploymentType"] == "Cloud"
    assert jira.myself()["displayName"] == "Practice Agent"
    assert {"is caused by", "relates to"} <= {kind.inward for kind in jira.issue_link_types()}
    assert "PTO" in [desk.projectKey for desk in jira.service_desks()]
    assert [user.displayName for user in jira.search_users(query="Jessica Hauger")] == ["Jessica Hauger"]


def test_a_ticket_filed_with_the_package(jira: JIRA, doc: Any, clock: Any) -> None:
    fields = {"project": {"key": "PTO"}, "issuetype": {"name": "Service Request"}, "description": doc("x")}
    homeowner = jira.create_issue(fields={**fields, "summary": "Homeowner"})
    installer = jira.create_issue(fields={**fields, "summary": "Installer"})
    jira.create_issue_link("is caused by", homeowner.key, installer.key)
    jira.add_comment(homeowner.key, doc("for agents"), is_internal=True)
    homeowner.update(fields={"summary": "Homeowner, changed"})
    (link,) = jira.issue(homeowner.key).fields.issuelinks
    assert (link.type.inward, link.inwardIssue.key) == ("is caused by", installer.key)
    assert jira.comments(homeowner.key)[0].jsdPublic is False
    clock.now += 1
    found = jira.enhanced_search_issues("project = PTO ORDER BY key", fields=["summary"], properties="x,y")
    assert [issue.fields.summary for issue in found] == ["Homeowner, changed", "Installer"]
    assert len(jira.enhanced_search_issues("project = PTO", maxResults=1, reconcileIssues=[int(homeowner.id)])) == 1


def test_a_ticket_closed_with_the_package(jira: JIRA, doc: Any) -> None:
    kind = {"project": {"key": "PTO"}, "issuetype": {"name": "Task"}, "summary": "x"}
    issue = jira.create_issue(fields=kind)
    done = next(t for t in jira.transitions(issue, expand="transitions.fields") if t["name"] == "Done")
    category = next(name for name in done["fields"] if name.startswith("customfield_"))
    closing = {"resolution": {"name": "Other"}, category: {"value": "Operations"}}
    jira.transition_issue(issue, done["id"], fields=closing)
    assert jira.issue(issue.key).fields.resolution.name == "Other"


def test_a_refusal_reaches_the_package_with_its_field(jira: JIRA) -> None:
    with pytest.raises(JIRAError) as refusal:
        jira.create_issue(fields={"project": {"key": "PTO"}, "issuetype": {"name": "Task"}, "summary": "x" * 256})
    assert refusal.value.status_code == 400
    assert "Summary can't exceed 255 characters." in refusal.value.text
