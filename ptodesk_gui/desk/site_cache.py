"""The names of a site as one immutable record, and the file that keeps them between runs."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Fields:
    """The ids of the two custom fields that every Service Management site has."""

    request_type: str
    organizations: str


@dataclass(frozen=True, slots=True)
class LinkType:
    """A kind of link: what it reads like on the page of either ticket."""

    id: str
    inward: str
    outward: str


@dataclass(frozen=True, slots=True)
class RequestType:
    """A request type and the issue type that its tickets have."""

    id: str
    name: str
    issue_type: str


@dataclass(frozen=True, slots=True)
class Project:
    """A service project. ``organizations`` are those among its customers, by name."""

    id: str
    desk_id: str
    request_types: tuple[RequestType, ...]
    organizations: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Names:
    """All that is known of a site. ``accounts`` are staff (assignees, mentions) by display name, never customers."""

    fields: Fields | None = None
    link_types: tuple[LinkType, ...] = ()
    projects: Mapping[str, Project] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)

    def parts(self) -> Iterator[object]:
        """What is known, by the names that look-ups have."""
        if self.fields is not None:
            yield "fields"
        if self.link_types:
            yield "links"
        yield from (("project", key) for key in self.projects)
        yield from (("account", name) for name in self.accounts)

    def with_fields(self, fields: Fields) -> "Names":
        """The same with the fields known."""
        return replace(self, fields=fields)

    def with_link_types(self, link_types: tuple[LinkType, ...]) -> "Names":
        """The same with the link types known."""
        return replace(self, link_types=link_types)

    def with_project(self, key: str, project: Project) -> "Names":
        """The same with one more project known."""
        return replace(self, projects={**self.projects, key: project})

    def with_organization(self, key: str, name: str, number: int) -> "Names":
        """The same with one more organization in a project that is known."""
        if key not in self.projects:
            return self
        project = self.projects[key]
        return self.with_project(key, replace(project, organizations={**project.organizations, name: number}))

    def with_account(self, name: str, account_id: str) -> "Names":
        """The same with one more account known."""
        return replace(self, accounts={**self.accounts, name: account_id})

    def without_account(self, name: str) -> "Names":
        """The same with that account not known."""
        return replace(self, accounts={known: account for known, account in self.accounts.items() if known != name})


def cache_file(folder: Path, site_url: str) -> Path:
    """The file for a site. Its name says nothing about the site."""
    return folder / f"site-{hashlib.sha256(site_url.encode()).hexdigest()[:16]}.json"


def read_names(file: Path, site_url: str) -> Names:
    """What the file knows of the site; nothing when it is missing, damaged, of another version or another site's."""
    try:
        data = json.loads(file.read_text("utf-8"))
        if data["version"] != _VERSION or data["site"] != site_url:
            return Names()
        return _names_from(data["names"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Names()


def write_names(file: Path, site_url: str, names: Names) -> None:
    """Keep the names, for the user alone, all or nothing. A file that cannot be written is done without."""
    text = json.dumps({"version": _VERSION, "site": site_url, "names": asdict(names)}, ensure_ascii=False)
    with contextlib.suppress(OSError, UnicodeEncodeError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".new")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            Path(name).replace(file)
        except (OSError, UnicodeEncodeError):
            with contextlib.suppress(OSError):
                Path(name).unlink()


def _names_from(data: Mapping[str, Any]) -> Names:
    fields = data["fields"]
    return Names(
        fields=None if fields is None else Fields(str(fields["request_type"]), str(fields["organizations"])),
        link_types=tuple(LinkType(str(t["id"]), str(t["inward"]), str(t["outward"])) for t in data["link_types"]),
        projects={str(key): _project_from(project) for key, project in data["projects"].items()},
        accounts={str(name): str(account) for name, account in data["accounts"].items()},
    )


def _project_from(data: Mapping[str, Any]) -> Project:
    return Project(
        id=str(data["id"]),
        desk_id=str(data["desk_id"]),
        request_types=tuple(
            RequestType(str(t["id"]), str(t["name"]), str(t["issue_type"])) for t in data["request_types"]
        ),
        organizations={str(name): int(number) for name, number in data["organizations"].items()},
    )
