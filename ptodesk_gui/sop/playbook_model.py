"""The shape of a playbook file for pydantic, and its complaints in sentences a lead can act on."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ptodesk_gui.sop.replies import HOMEOWNER_REPLIES, HOW_TO_FILL, BadTextError, compile_text, raw_blanks

NAME_MOST: Final = 120
TITLE_WORDS_MOST: Final = 120  # signs of a title besides its blanks: Jira takes 255, and names need room

_VARIABLE: Final = re.compile(r"\$\{?[A-Za-z_]\w*\}?")


def _line(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty. Write it.")
    if not text.isprintable():
        raise ValueError("has a line break or an invisible sign in it. Write it on one line.")
    return text.strip()


def _words(text: str) -> str:
    text = _line(text)
    if found := _VARIABLE.search(text):
        raise ValueError(f"has {found[0]} in it, and nothing is filled in here. Write it out.")
    return text


def _line_or_nothing(text: str) -> str:
    return _line(text) if text.strip() else ""


def _name(text: str) -> str:
    text = _words(text)
    if len(text) > NAME_MOST:
        raise ValueError(f"is too long: {len(text)} signs, {NAME_MOST} is the most.")
    return text


def _contact(text: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    if not text.strip():
        return ""
    try:
        validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError as fault:
        raise ValueError(f"is no email address. {fault}") from None
    return text.strip()


def _pattern(text: str) -> str:
    try:
        re.compile(_line(text))
    except re.error as fault:
        raise ValueError(f"is no pattern: {fault}. Ask somebody who knows regular expressions.") from None
    return text


def _word(text: str) -> str:
    text = _line(text)
    if not text.replace("-", "").isalnum():
        raise ValueError("is not one word. Write single words, without signs or spaces.")
    return text


def _project(text: str) -> str:
    text = _line(text)
    if not re.fullmatch(r"[A-Z][A-Z0-9_]+", text):
        raise ValueError("is no project key. Write it as in Jira: capital letters and digits, such as PTO.")
    return text


def _label(text: str) -> str:
    text = _line(text)
    if re.search(r"\s", text):
        raise ValueError("has a space in it. Jira's labels are single words.")
    return text


def _template(*allowed: str, most: int | None = None) -> AfterValidator:
    """A text with these variables, and at most so many signs besides them."""

    def check(text: str) -> str:
        try:
            made = compile_text("", _line(text))
        except BadTextError as bad:
            raise ValueError(bad.reason) from None
        for _, blank in raw_blanks(text):
            raise ValueError(f"{blank} would be sent as it stands. {HOW_TO_FILL}")
        words = sum(len(plain) for plain, _ in made.pieces)
        if most is not None and words > most:
            raise ValueError(f"is too long: {words} signs besides its blanks, {most} is the most.")
        unknown = sorted(made.variables - set(allowed))
        if unknown:
            known = ", ".join(f"${name}" for name in allowed)
            raise ValueError(f"${unknown[0]} is not known here. Known are: {known}.")
        return text

    return AfterValidator(check)


def _reply(text: str) -> str:
    if text not in HOMEOWNER_REPLIES:
        raise ValueError(f"is no reply to homeowners. Write one of: {', '.join(HOMEOWNER_REPLIES)}.")
    return text


Line = Annotated[str, AfterValidator(_line)]
Words = Annotated[str, AfterValidator(_words)]
LineOrNothing = Annotated[str, AfterValidator(_line_or_nothing)]
Name = Annotated[str, AfterValidator(_name)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Project = Annotated[str, AfterValidator(_project)]


COUNTDOWN: Final = 10  # seconds, where a playbook says nothing
COUNTDOWN_MOST: Final = 30


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LinksTable(_Table):
    is_caused_by: Line
    relates_to: Line
    duplicates: Line


class ClosingTable(_Table):
    transition: Line
    resolution: Line
    category: Line


class ClosingFieldTable(_Table):
    field: LineOrNothing = ""


class JiraTable(_Table):
    project: Project
    source_projects: list[Project]
    label: Annotated[str, AfterValidator(_label)]
    request_type: Line
    waiting_tickets: Line
    links: LinksTable
    done: ClosingTable
    duplicate: ClosingTable
    closing: ClosingFieldTable = ClosingFieldTable()


class TitlesTable(_Table):
    homeowner: Annotated[str, _template("homeowner", "installer", most=TITLE_WORDS_MOST)]
    installer: Annotated[str, _template("homeowner", "installer", most=TITLE_WORDS_MOST)]
    partner: Annotated[str, _template("partner", "request", most=TITLE_WORDS_MOST)]


class GroupTable(_Table):
    self_help: bool = False
    installer_tickets: bool = True
    contact: Annotated[str, AfterValidator(_contact)] = ""

    @model_validator(mode="after")
    def _no_tickets_with_self_help(self) -> "GroupTable":
        """000 forbids installer tickets where the homeowner gets the self-help reply (I7)."""
        if self.self_help and self.installer_tickets:
            raise ValueError(
                "has both self_help and installer_tickets. The procedure forbids tickets to these companies: "
                "write installer_tickets = false, or move the company to another group."
            )
        return self


class InstallerTable(_Table):
    name: Name
    aliases: list[Name] = []
    group: str = ""


class AreaTable(_Table):
    city: Line
    states: Annotated[list[Line], Field(min_length=1)]
    installer: Name
    reply: Annotated[str, AfterValidator(_reply)]


class PartnerTable(_Table):
    name: Name
    reporter: Name


class PartnersTable(_Table):
    account_servicing: PartnerTable
    omnidian: PartnerTable


class RecognitionTable(_Table):
    senders: list[Pattern] = []
    titles: list[Pattern] = []


class RecognitionTables(_Table):
    omnidian: RecognitionTable = RecognitionTable()
    account_servicing: RecognitionTable = RecognitionTable()
    hubspot: RecognitionTable = RecognitionTable()


class BesidesTable(_Table):
    say_within: Words
    say_past: Words


class PlaybookFile(_Table):
    """All of ``playbook.toml``."""

    version: Name
    valid_from: date
    grace_days: Annotated[int, Field(ge=1, le=3650)]
    reminder_hours: Annotated[int, Field(ge=1, le=8760)]
    countdown: Annotated[int, Field(ge=0, le=COUNTDOWN_MOST)] = COUNTDOWN
    person: Name
    mention: Annotated[str, _template("homeowner", "installer")]
    installer_concern: Words
    billing_words: list[Annotated[str, AfterValidator(_word)]]
    jira: JiraTable
    titles: TitlesTable
    groups: dict[str, GroupTable]
    installers: list[InstallerTable]
    areas: list[AreaTable]
    partners: PartnersTable
    recognition: RecognitionTables
    besides: BesidesTable


_WANTED: Final[Mapping[str, str]] = {
    "string_type": 'must be text in quotes, such as "PTO"',
    "int_type": "must be a whole number without quotes, such as 60",
    "bool_type": "must be true or false, without quotes",
    "date_type": "must be a date without quotes, such as 2026-01-31",
    "list_type": 'must be a list in square brackets, such as ["EBH", "SS"]',
    "dict_type": "must be a table with keys of its own",
    "model_type": "must be a table with keys of its own",
    "too_short": "is an empty list. Write at least one",
}


def sentence_for(error: Mapping[str, Any]) -> str:
    """One of pydantic's errors as what is wrong and what to do."""
    kind, context = error["type"], error.get("ctx", {})
    match kind:
        case "missing":
            return "is missing. Add it; the playbook that came with the program shows how."
        case "extra_forbidden":
            return "is not known here. Correct its spelling, or remove it."
        case "value_error":
            return str(context["error"])
        case "greater_than_equal":
            return f"is {error['input']}. Write {context['ge']} or more."
        case "less_than_equal":
            return f"is {error['input']}. Write {context['le']} or less."
        case _:
            return _WANTED.get(kind, str(error["msg"])) + "."
