"""Everything there is to see of one call, decided at every keystroke: ``call_view`` makes the record that the window paints."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from ptodesk_gui.sop.checklist import FIELD_NAMES, checklist, next_item
from ptodesk_gui.sop.contradictions import Contradiction, contradictions
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.sop.facts import Facts, blank_fields, gather
from ptodesk_gui.sop.flows import make_plan
from ptodesk_gui.sop.flows.flags import sayings
from ptodesk_gui.sop.grace_words import grace_view
from ptodesk_gui.sop.known import NOTHING_KNOWN, Known, from_zip, offers, outside
from ptodesk_gui.sop.notes_in_words import addition
from ptodesk_gui.sop.plan import Plan, Problem
from ptodesk_gui.sop.playbook import Playbook
from ptodesk_gui.sop.questions import questions
from ptodesk_gui.sop.reading import agent_name, read_entry
from ptodesk_gui.sop.replies import render
from ptodesk_gui.sop.reply_view import homeowner_choice_view, installer_choice_view
from ptodesk_gui.sop.view import CallView, FieldWord, Notice, Saying, Weight

AGENT_FIELD: Final = "agent"  # not an input of the call: the agent's name is in the settings

_DATES: Final = (Field.M1, Field.M2, Field.M3)
_ADDRESS: Final = (Field.STREET, Field.CITY, Field.STATE, Field.ZIP)
_REPLY_TEXTS: Final = {
    Field.HOMEOWNER_REPLY_TEXT: Field.HOMEOWNER_REPLY,
    Field.INSTALLER_REPLY_TEXT: Field.INSTALLER_REPLY,
}
_FLAG_FIELDS: Final[Mapping[str, Field]] = {
    "littleton_top_electric": Field.CITY,
    "no_installer_ticket": Field.INSTALLER,
    "self_help_installer": Field.INSTALLER,
    "m3_approved": Field.M3,
    "m2_missing": Field.M2,
    "inspection_failed": Field.INSPECTION,
    "due_today": Field.M2,
    "copied_concern": Field.CONCERN,
}


def call_view(entry: Entry, playbook: Playbook, today: date, known: Known = NOTHING_KNOWN) -> CallView:
    """All that is to be seen of the call as it stands. Never raises, whatever is typed; the same inputs always give the same view."""
    reading = read_entry(entry, today)
    facts = gather(reading.case, playbook, today)
    plan = make_plan(reading.case, playbook, today, concern_pasted=entry.on(Field.CONCERN_PASTED))
    found = (*contradictions(facts, plan.homeowner_reply.chosen, entry), *outside(reading.case, known))
    words = {**from_zip(entry), **_words(reading.words, plan.problems, found)}
    problems = _problems(entry, plan, words)
    rep_wanted = facts.installer is None or facts.installer.gets_tickets
    items = checklist(entry, reading.case, words, rep_wanted)
    m2_word = words.get(Field.M2)
    m2_fault = m2_word.text if m2_word is not None and m2_word.weight is Weight.ERROR else ""
    return CallView(
        case=reading.case,
        checklist=items,
        field_words=words,
        grace=grace_view(
            facts.grace, today, playbook.grace_days, m2_fault, m2_answered=bool(entry.text(Field.M2).strip())
        ),
        say=tuple(_sayings(facts)),
        notices=(*_flag_notices(entry, plan), *(_notice(each) for each in found)),
        homeowner_reply=homeowner_choice_view(facts, plan.homeowner_reply),
        installer_reply=installer_choice_view(facts, plan.installer_reply),
        installer_concern=facts.installer_concern,
        problems=problems,
        plan=plan,
        next_item=next_item(items),
        ready_to_file=bool(plan.steps) and not any(problem.blocks for problem in problems),
        ask=questions(reading.case, items),
        concern_addition=addition(reading.case, entry.text(Field.CONCERN)),
        offers=offers(entry, playbook, known),
    )


def _words(
    read: Mapping[Field, FieldWord], problems: Iterable[Problem], found: Iterable[Contradiction]
) -> Mapping[Field, FieldWord]:
    """The words of the reading, and over them those about dates that cannot be (C14) and about contradictions."""
    words = dict(read)
    for each in found:
        if each.field not in words or words[each.field].weight is not Weight.ERROR:
            words[each.field] = FieldWord(Weight.WARNING, each.text)
    for problem in sorted(problems, key=lambda problem: problem.blocks):
        if problem.rule == "C14" and problem.field in _DATES:
            weight = Weight.ERROR if problem.blocks else Weight.WARNING
            words[Field(problem.field)] = FieldWord(weight, problem.text)
    return words


def _problems(entry: Entry, plan: Plan, words: Mapping[Field, FieldWord]) -> tuple[Problem, ...]:
    """The plan's problems, what cannot be read in their place where a field has both, and what else is to be looked at
    before filing. Those that block come first.
    """
    told_by_plan = {problem.field for problem in plan.problems if problem.rule == "C14"}
    words = {which: word for which, word in words.items() if which.value not in told_by_plan}
    unreadable = tuple(_unreadable(entry, words))
    told = {problem.field for problem in unreadable}
    kept = (problem for problem in plan.problems if problem.field not in told)
    found = (*unreadable, *kept, *_doubtful(entry, plan, words))
    return tuple(sorted(found, key=lambda problem: not problem.blocks))


def _doubtful(entry: Entry, plan: Plan, words: Mapping[Field, FieldWord]) -> Iterator[Problem]:
    """What is filed as it is but was pointed out during the call: words of warning, a copied concern (T8), no address (C1)."""
    waits = {problem.field for problem in plan.problems if problem.blocks}
    for which, word in words.items():
        if word.weight is Weight.WARNING and which.value not in waits:
            yield Problem(which.value, "M2", _about(which, word), blocks=False)
    for flag in plan.flags:
        if flag.id == "copied_concern":
            yield Problem(Field.CONCERN.value, flag.rule, flag.text, blocks=False)
    missing = [which for which in _ADDRESS if not entry.text(which).strip()]
    if missing:
        names = ", ".join(FIELD_NAMES[which] for which in missing)
        yield Problem(missing[0].value, "C1", f"Of the system's address is not known: {names}.", blocks=False)


def _about(which: Field, word: FieldWord) -> str:
    name = FIELD_NAMES.get(which, "")
    return f"{name[0].upper()}{name[1:]}: {word.text}" if name else word.text


def _unreadable(entry: Entry, words: Mapping[Field, FieldWord]) -> Iterator[Problem]:
    """What is typed and cannot be used: it must not be left out of the tickets unnoticed (M2)."""
    for which, word in words.items():
        if word.weight is Weight.ERROR:
            path = _REPLY_TEXTS.get(which, which).value
            yield Problem(path, "M2", _about(which, word), blocks=True)
    agent_word = agent_name(entry.agent)[1]
    if agent_word is not None and agent_word.weight is Weight.ERROR:
        yield Problem(AGENT_FIELD, "N3", f"Your name in the settings: {agent_word.text}", blocks=True)


def _sayings(facts: Facts) -> Iterator[Saying]:
    """What to say now (C8, C9, C10). Nothing that states a month or a date before there is an M2 date (C12)."""
    playbook, blanks = facts.playbook, blank_fields(facts.case)
    for text_id, rule in sayings(facts):
        text = playbook.texts[text_id]
        if facts.started or not text.needs_m2:
            words = render(text, facts.values, blanks)
            yield Saying(text_id, rule, words, playbook.besides.get(text_id, ""))


def _flag_notices(entry: Entry, plan: Plan) -> Iterator[Notice]:
    """The flags that still matter, each with its field. That M2 is missing is told once the job page is being read."""
    job_begun = any(entry.text(which) for which in (Field.JOB_URL, *_DATES))
    disclosing = next((problem.field for problem in plan.problems if problem.rule == "I5"), "")
    for flag in plan.flags:
        if flag.id == "m2_missing" and not job_begun:
            continue
        if flag.id == "disclosure" and not disclosing:
            continue  # the agent has confirmed it: nothing waits for it any more
        field = disclosing if flag.id == "disclosure" else _FLAG_FIELDS.get(flag.id, "")
        yield Notice(flag.id, flag.rule, flag.text, str(field))


def _notice(contradiction: Contradiction) -> Notice:
    field = contradiction.field.value
    return Notice(f"contradiction.{field}", contradiction.rule, contradiction.text, field)
