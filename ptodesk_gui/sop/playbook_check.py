"""From the playbook's files, as text, to a ``Playbook``; or every fault they have, each with its place and what to do.

Imports pydantic: import this module where a playbook is read, not where one is used.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from pydantic import ValidationError

from ptodesk_gui.sop.case import Channel
from ptodesk_gui.sop.disclosure import billing_pattern, billing_words
from ptodesk_gui.sop.faults import PlaybookFault, PlaybookFaults
from ptodesk_gui.sop.names import company_key
from ptodesk_gui.sop.playbook import (
    Area,
    Closing,
    Company,
    InstallerGroup,
    LinkPhrases,
    Partner,
    Playbook,
    Recognition,
    Titles,
)
from ptodesk_gui.sop.playbook_lines import Path, key_lines, key_name, line_of
from ptodesk_gui.sop.playbook_model import PartnerTable, PlaybookFile, RecognitionTable, sentence_for
from ptodesk_gui.sop.replies import (
    HOW_TO_FILL,
    STRAY_DOLLAR,
    TEXT_IDS,
    VARIABLES_FOR,
    BadTextError,
    Text,
    audience_of,
    compile_text,
    invisible_signs,
    raw_blanks,
    stray_dollars,
    variables_in,
)
from ptodesk_gui.sop.toml_words import in_words

TOML_NAME: Final = "playbook.toml"
REPLIES: Final = "replies"  # the folder of the texts, beside that file
INVISIBLE: Final = "has an invisible sign in it. Delete it; copied text often brings one."
Say = Callable[[Path, str], None]


def check_playbook(
    toml: str, texts: Mapping[str, str], *, file: str = TOML_NAME, unread: Sequence[PlaybookFault] = ()
) -> Playbook:
    """The playbook that the file's text and the texts by id (the replies' file names without ``.txt``) make.

    ``unread`` are faults found while reading the files. Raises PlaybookFaults with all faults.
    """
    faults = list(unread)
    data = _parse(toml, file, faults)
    model = None
    if data is not None:
        lines = key_lines(toml)

        def say(path: Path, text: str) -> None:
            faults.append(PlaybookFault(file, line_of(path, lines), key_name(path), text))

        model = _model(data, say)
        _check_installers(data, say)
        _check_neutral_concern(data, say)
    read = {fault.file for fault in unread}
    compiled = _texts(texts, faults, read)
    if faults or model is None:
        order = {file: 0}
        raise PlaybookFaults(sorted(faults, key=lambda f: (order.get(f.file, 1), f.file, f.line or 0)))
    return _build(model, compiled)


def _parse(toml: str, file: str, faults: list[PlaybookFault]) -> dict[str, Any] | None:
    if not toml.strip():
        faults.append(
            PlaybookFault(file, None, "", "is empty. Take the playbook that came with the program to begin with.")
        )
        return None
    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError as fault:
        said, _, place = str(fault).partition(" (at ")
        line = place.removeprefix("line ").partition(",")[0]
        rows = toml.splitlines() or [""]
        number = int(line) if line.isdigit() else len(rows)
        faults.append(PlaybookFault(file, number, "", in_words(said, rows[min(number, len(rows)) - 1])))
    except RecursionError:
        faults.append(
            PlaybookFault(file, None, "", "brackets within brackets without end. Take the last good version.")
        )
    return None


def _model(data: dict[str, Any], say: Say) -> PlaybookFile | None:
    try:
        return PlaybookFile.model_validate(data)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            say(error["loc"], sentence_for(error))
    return None


def _tables(data: Mapping[str, Any], key: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    tables = data.get(key)
    if isinstance(tables, list):
        yield from ((i, table) for i, table in enumerate(tables) if isinstance(table, dict))


def _check_installers(data: Mapping[str, Any], say: Say) -> None:
    """Names that clash, groups and companies that do not exist: what no single key can tell."""
    groups = data.get("groups")
    known_groups = sorted(groups) if isinstance(groups, dict) else []
    seen: dict[str, str] = {}
    listed = set()
    for i, table in _tables(data, "installers"):
        name, aliases, group = table.get("name"), table.get("aliases"), table.get("group")
        listed.add(name if isinstance(name, str) else "")
        _check_name(("installers", i, "name"), name, seen, say)
        for n, alias in enumerate(aliases if isinstance(aliases, list) else ()):
            _check_name(("installers", i, "aliases", n), alias, seen, say)
        if isinstance(group, str) and group and group not in known_groups:
            there = ", ".join(known_groups) or "none"
            say(
                ("installers", i, "group"),
                f'there is no group "{group}" (there is: {there}). Correct it or leave it out.',
            )
    for i, table in _tables(data, "areas"):
        name = table.get("installer")
        if isinstance(name, str) and name not in listed:
            say(("areas", i, "installer"), f'"{name}" is not listed. Write the name as it stands in [[installers]].')


def _check_name(path: Path, name: object, seen: dict[str, str], say: Say) -> None:
    if not isinstance(name, str) or not name.strip():
        return
    before = seen.setdefault(company_key(name), key_name(path))
    if before != key_name(path):
        say(
            path,
            f'"{name}" is the same name as {before}. Keep it once (case, spaces, signs and Inc/LLC/Co/Corp/Ltd do not count).',
        )


def _check_neutral_concern(data: Mapping[str, Any], say: Say) -> None:
    """The neutral concern goes to installers unread: it must be free of the playbook's own billing words (I5)."""
    words, concern = data.get("billing_words"), data.get("installer_concern")
    if not isinstance(concern, str) or not isinstance(words, list):
        return
    found = billing_words(concern, billing_pattern(w for w in words if isinstance(w, str) and w.strip()))
    if found:
        say(("installer_concern",), f"mentions billing to the installer ({', '.join(found)}). Write it without.")


def _texts(texts: Mapping[str, str], faults: list[PlaybookFault], unread: set[str]) -> dict[str, Text]:
    compiled = {}
    for text_id in TEXT_IDS:
        file = reply_file(text_id)
        if text_id not in texts:
            if unread.isdisjoint((file, REPLIES)):
                faults.append(PlaybookFault(file, None, "", "is missing. Add the file with this text."))
            continue
        for line, text in text_faults(text_id, texts[text_id]):
            faults.append(PlaybookFault(file, line, "", text))
        with suppress(BadTextError):
            compiled[text_id] = compile_text(text_id, texts[text_id])
    faults.extend(
        PlaybookFault(
            reply_file(other), None, "", f"is no text of the program{_meant(other)} Rename or remove the file."
        )
        for other in sorted(set(texts) - set(TEXT_IDS))
    )
    return compiled


def reply_file(text_id: str) -> str:
    """Where the text lies, beside the playbook's file."""
    return f"{REPLIES}/{text_id}.txt"


def text_faults(text_id: str, source: str) -> list[tuple[int | None, str]]:
    """What is wrong with one text: (line, what is wrong and what to do)."""
    if not source.strip():
        return [(None, "is empty. Write the text.")]
    allowed = VARIABLES_FOR[audience_of(text_id)]
    known = ", ".join(f"${name}" for name in sorted(allowed))
    faults: list[tuple[int | None, str]] = [(line, STRAY_DOLLAR) for line in stray_dollars(source)]
    faults += [(line, f"{blank} would be sent as it stands. {HOW_TO_FILL}") for line, blank in raw_blanks(source)]
    faults += [(line, INVISIBLE) for line in invisible_signs(source)]
    for name, line in variables_in(source).items():
        if name not in allowed:
            faults.append((line, f"${name} is not known in this text. Known are: {known}."))
    return faults


def _meant(text_id: str) -> str:
    close = difflib.get_close_matches(text_id, TEXT_IDS, 1)
    return f" (meant: {close[0]}?)." if close else "."


def _build(model: PlaybookFile, texts: Mapping[str, Text]) -> Playbook:
    groups = {
        name: InstallerGroup(name, g.self_help, g.installer_tickets, g.contact) for name, g in model.groups.items()
    }
    jira = model.jira
    return Playbook(
        version=model.version,
        valid_from=model.valid_from,
        grace_days=model.grace_days,
        reminder_hours=model.reminder_hours,
        countdown=model.countdown,
        project=jira.project,
        source_projects=tuple(jira.source_projects),
        label=jira.label,
        request_type=jira.request_type,
        person=model.person,
        mention=compile_text("mention", model.mention),
        links=LinkPhrases(jira.links.is_caused_by, jira.links.relates_to, jira.links.duplicates),
        done=Closing(jira.done.transition, jira.done.resolution, jira.done.category),
        duplicate=Closing(jira.duplicate.transition, jira.duplicate.resolution, jira.duplicate.category),
        closing_field=jira.closing.field,
        titles=Titles(
            compile_text("titles.homeowner", model.titles.homeowner),
            compile_text("titles.installer", model.titles.installer),
            compile_text("titles.partner", model.titles.partner),
        ),
        groups=tuple(groups.values()),
        companies=tuple(Company(i.name, tuple(i.aliases), groups.get(i.group)) for i in model.installers),
        areas=tuple(Area(a.city, tuple(a.states), a.installer, a.reply) for a in model.areas),
        installer_concern=model.installer_concern,
        billing_words=tuple(model.billing_words),
        partners={
            Channel.ACCOUNT_SERVICING: _partner(model.partners.account_servicing),
            Channel.OMNIDIAN: _partner(model.partners.omnidian),
        },
        recognition={
            Channel.OMNIDIAN: _recognition(model.recognition.omnidian),
            Channel.ACCOUNT_SERVICING: _recognition(model.recognition.account_servicing),
            Channel.HUBSPOT: _recognition(model.recognition.hubspot),
        },
        waiting_tickets=jira.waiting_tickets,
        texts=texts,
        besides={"say_within": model.besides.say_within, "say_past": model.besides.say_past},
    )


def _partner(model: PartnerTable) -> Partner:
    return Partner(model.name, model.reporter)


def _recognition(model: RecognitionTable) -> Recognition:
    """Senders' addresses and titles are compared without regard to case."""
    return Recognition(
        tuple(re.compile(pattern, re.IGNORECASE) for pattern in model.senders),
        tuple(re.compile(pattern, re.IGNORECASE) for pattern in model.titles),
    )
