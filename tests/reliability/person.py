"""A person at the window and in the browser, who does what the program says and nothing else."""

import re
from collections import Counter
from collections.abc import Callable, Mapping

from ptodesk_gui.outbox.filer import Filer
from ptodesk_gui.sop.progress import PlanProgress, StepProgress, StepState
from tests.reliability.site import Site
from tests.reliability.truth import Truth

A_WHILE = 60.0  # seconds until somebody has read what is wrong and done something about it

_REPORTER = re.compile(r"Set the reporter of (\S+) to (.+?)\.(?= |$)")
_ASSIGN = re.compile(r"Assign (\S+) to (.+?)\.(?= |$)")
_EMPTY = re.compile(r"Empty the reporter of (\S+) \(Anonymous\)\.")
_ADD = re.compile(r"Add (\S+) to the customers of (\w+),")
_TELL = re.compile(r"Tell (.+?) about (\S+):")
_NOTED = re.compile(r"Ask your Jira admin for the permission to edit (\S+): the playbook's version could not be noted")
_MOVE = re.compile(r"Open (\S+) in the browser, move it to (\w+) there")


class Person:
    """Acts when the outbox says that a person is needed. ``acts`` counts what had to be done, and why."""

    def __init__(
        self, site: Site, filer: Filer, truth: Truth, sign_in: Callable[[], None], noted: Mapping[str, object]
    ) -> None:
        """``noted`` are the properties that the plan notes on its tickets."""
        self._noted = noted
        self.acts: Counter[str] = Counter()
        self._sign_in = sign_in
        self._site = site
        self.filer = filer
        self._truth = truth

    def act(self, progress: PlanProgress) -> None:
        """Do everything that the plan asks for, which takes a while."""
        self._site.clock.pause(A_WHILE)
        for step in progress.steps:
            if step.left_to_do:
                self.do_what_is_left(progress, step)
        if progress.held_cure:
            self.acts["signed in again"] += 1
            self._sign_in()
            self.filer.resume(progress.site)
            return
        for step in progress.steps:
            if step.ask_arrived:
                self._say_whether_it_arrived(progress, step)
            elif step.state is StepState.REFUSED:
                self._cure(step)
                self.acts["retried a refused step"] += 1
                self.filer.retry(progress.plan_id, step.step.id)

    def do_what_is_left(self, progress: PlanProgress, step: StepProgress) -> None:
        """Do in the browser what the site left to do of a step, and tick it off."""
        said = step.left_to_do
        for key, who in _REPORTER.findall(said):
            self.acts["set the reporter"] += 1
            self._edit(key, reporter={"accountId": self._customer(who)})
        for key, who in _ASSIGN.findall(said):
            self.acts["assigned"] += 1
            self._edit(key, assignee={"accountId": self._site.value("SELECT id FROM account WHERE name = ?", who)})
        for key in _EMPTY.findall(said):
            self.acts["emptied the reporter"] += 1
            self._edit(key, reporter=None)
        for who, project in _ADD.findall(said):
            self.acts["added a customer"] += 1
            self._add(self._customer(who), project)
        for _ in _TELL.findall(said):
            self.acts["told the person who was not mentioned"] += 1
        for key in _NOTED.findall(said):  # noted at last, so that all the rest can be compared with the plan
            self.acts["asked for the permission to edit"] += 1
            for name, value in self._noted.items():
                self._site.ask("PUT", f"/rest/api/3/issue/{key}/properties/{name}", value)
        self.filer.tick_off(progress.plan_id, step.step.id)

    def _cure(self, step: StepProgress) -> None:
        for key, project in _MOVE.findall(step.cure):
            self.acts["moved a ticket in the browser"] += 1
            kind = self._site.value("SELECT issue_type FROM issue WHERE key = ?", key)
            infer = (
                "inferClassificationDefaults",
                "inferFieldDefaults",
                "inferStatusDefaults",
                "inferSubtaskTypeDefault",
            )
            sources = {"issueIdsOrKeys": [key], **dict.fromkeys(infer, True)}
            mapping = {"targetToSourcesMapping": {f"{project},{kind}": sources}}
            self._site.ask("POST", "/rest/api/3/bulk/issues/move", mapping)

    def _say_whether_it_arrived(self, progress: PlanProgress, step: StepProgress) -> None:
        self.acts["said whether it arrived"] += 1
        arrived = self._truth.times(step.step) > 0
        ticket = self._truth.ticket_of(step.step) if arrived else None
        self.filer.resolve_unclear(progress.plan_id, step.step.id, arrived, ticket or step.ticket)

    def _edit(self, key: str, **fields: object) -> None:
        self._site.ask("PUT", f"/rest/api/3/issue/{key}", {"fields": fields})

    def _customer(self, who: str) -> str:
        """The account of an address or of a company's name, made where there is none."""
        found = self._site.value("SELECT id FROM account WHERE email = ? OR name = ?", who, who)
        if found is None:
            email = who if "@" in who else f"{who.lower().replace(' ', '.')}@example.com"
            person = {"email": email, "displayName": who}
            found = self._site.ask("POST", "/rest/servicedeskapi/customer", person)["accountId"]
            self._add(found, "PTO")
        return str(found)

    def _add(self, account: str, project: str) -> None:
        desk = self._site.value("SELECT desk_id FROM project WHERE key = ?", project)
        self._site.ask("POST", f"/rest/servicedeskapi/servicedesk/{desk}/customer", {"accountIds": [account]})
