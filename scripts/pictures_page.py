"""docs/pictures/README.md: the pictures that ``scripts/pictures.py`` took, with a line on each."""

from collections.abc import Mapping, Sequence
from pathlib import Path

PAGE = """# Pictures of the window

Taken by `make pictures` from sample calls against the practice desk, on a set day; all data is made up. The main states are there in dark, in high
contrast and in two other sizes as well; the command leaves all of these in every size and look in `artifacts/pictures`.
"""
CAPTIONS: Mapping[str, str] = {
    "empty": "Before the call: what to ask first",
    "caller": "The caller and the address are known",
    "within": "Mid-call, within the 60 days",
    "copied": "The reply to the homeowner is copied",
    "past": "Past the 60 days",
    "due-today": "Due today: still within",
    "no-m2": "No M2 date: nothing is promised",
    "flags": "Flags: a known delay, and facts that no longer go together",
    "faults": "What is typed cannot be used",
    "problems": "The review names what must be mended",
    "review": "The review: who sees what",
    "countdown": "Filed, with some seconds to change one's mind",
    "filing": "Being filed; the next call can begin",
    "receipt": "Filed",
    "refused": "A step is refused: a person is needed",
    "queued-offline": "The site cannot be reached: queued, tried again by itself",
    "outbox": "The outbox",
    "open-tickets-found": "The homeowner has open tickets",
    "history": "The open tickets",
    "waiting-tickets": "Tickets that wait",
    "past-calls": "Past calls",
    "ledger": "Your own figures",
    "keys": "Every action by its name or key",
    "playbook": "The playbook in use",
    "settings": "Settings",
    "on-hold": "Several calls, all but one on hold",
    "caller-waits": "A caller from the phone system waits",
    "compact": "The narrow window beside the softphone",
}


def write_page(folder: Path, states: Sequence[str]) -> None:
    """README.md beside the pictures shows them."""
    lines = [PAGE]
    for state in states:
        lines += [f"## {CAPTIONS.get(state, state)}", "", f"![{CAPTIONS.get(state, state)}]({state}.png)", ""]
        others = sorted(file.name for file in folder.glob(f"{state}-*x*.png"))
        if others:
            links = ", ".join(f"[{name.removeprefix(f'{state}-').removesuffix('.png')}]({name})" for name in others)
            lines += [f"The same: {links}", ""]
    (folder / "README.md").write_text("\n".join(lines), encoding="utf-8")
