"""What the procedure needs a site to have, by the names in the playbook; handed in by whoever builds the desk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Closing:
    """Transition, resolution and category of one way to close a ticket (T11)."""

    transition: str
    resolution: str
    category: str


@dataclass(frozen=True, slots=True)
class SiteNeeds:
    """Names that must exist on the site. ``links`` are phrases ("is caused by"); ``people`` are display names."""

    project: str
    request_type: str
    links: tuple[str, ...] = ()
    closings: tuple[Closing, ...] = ()
    people: tuple[str, ...] = ()
