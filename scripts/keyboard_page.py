"""docs/keyboard.md: every key of the window, and how many key presses a whole call takes beyond the facts that are typed."""

import sys
from pathlib import Path
from typing import Final

from ptodesk_gui.application.ledger import ACTION as FIGURES
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.ui.actions import ACTIONS, ANYWHERE, HABITS, PRACTICE_ACTIONS, Habit, Spec

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "keyboard.md"

# A whole call, from the empty window to the tickets: the field that is typed, and the key that ends it.
WAY: Final[tuple[tuple[Field | None, str], ...]] = (
    (Field.FIRST_NAME, "Enter"),
    (Field.LAST_NAME, "Enter"),
    (Field.EMAIL, "Alt+2"),
    (Field.STREET, "Enter"),
    (Field.CITY, "Enter"),
    (Field.STATE, "Enter"),
    (Field.ZIP, "Enter"),
    (Field.INSTALLER, "Enter"),
    (Field.REP_FIRST_NAME, "Enter"),
    (Field.REP_EMAIL, "Enter"),
    (Field.JOB_URL, "Enter"),
    (Field.M1, "Enter"),
    (Field.M2, "Alt+7"),
    (Field.CONCERN, "F9"),
    (None, "Ctrl+Enter"),
)
MOST: Final = 15

LEAD: Final = """# The window by keyboard

Written by `make keyboard-page` from the table of actions; the house tests fail when it is out of date.

Nothing needs the mouse. **Ctrl+K** (or F1) lists every action and key: type a part of a name or a key, Enter does it, Esc goes
back to where you were, with the caret and the selection as they were. What cannot be done now stands there greyed, with why.

**Enter** goes to the next field, **Tab** and **Shift+Tab** walk in the order of talking: caller, address, installer, job,
inspection, contact, concern, then what is to be said, the replies and the rest of the window.

Ctrl+K is the one key that Unix gives another meaning while typing (delete to the end of the line); Ctrl+Shift+Delete or
Shift+End and Delete do the same.

## A whole call

{count} key presses beyond the facts that are typed, for a call from the empty window to both tickets (the aim is {most}); a chord such as Alt+2 is one. The test
`test_a_whole_call_takes_no_more_key_presses_than_the_page_says` makes the call by these keys and looks at the desk.

| typed | then |
|---|---|
{way}

Where the ZIP code fills in city and state, or text is taken from the job page (Ctrl+Shift+V), there are fewer.

## Compact window

**F11** makes the window a narrow strip that stays on top of the others: the 60 days, what to say, the next item with its
fields, both copies, and the outbox. F11 brings the whole window back. What is typed, the field, and the caret stay as they are;
where the strip stood, and whether it was on, is kept for the next start. After the call, review and receipt have the whole window.
Alt+1 to Alt+7 choose the item, Enter goes on to the next that is not done. On Wayland a program may neither place its own window nor keep
it on top: there the compositor decides (on GNOME: right click on the title, Always on Top), and all else is the same.

## Screen readers

Every part has a name, and a field's description is the word that stands beside it. What changes by itself is announced once, when the
typing pauses: flags at once, then the 60 days and the words to say, then faults of fields; the verdict of the review; filing at each
of its turns. **Ctrl+Shift+S** speaks it all again.

## Keys
"""

PAGES: Final = """### On the other pages

These stand on their buttons and in the palette. A key works where its button is seen.

| key | does | where |
|---|---|---|
| Ctrl+Enter, Esc | file; back | the review |
| F2, F3 | copy the key of the first, the second ticket; with Ctrl: open its page; with Ctrl+Shift: copy its link | the receipt, past calls |
| Ctrl+1 ... Ctrl+9 | tick off what was left to do | the receipt |
| F5 | try again | the receipt, the outbox |
| Ctrl+R | open the receipt | the outbox |
| Ctrl+G, Ctrl+Shift+Delete | take up a kept call; throw it away | the outbox |
| Alt+1 ... Alt+5 | what can be done with a follow-up | the outbox |
| Ctrl+Shift+A, Ctrl+Shift+R | an unclear step: it is there; send it once more | the outbox |
| Ctrl+F6 | undo the choice of a reply | the call |
| Shift+F7, Ctrl+F7 | the source ticket: open its page; let it go | the call |
| Ctrl+F8, Ctrl+Shift+F8 | copy the job page; another caller | the practice panel |
| Ctrl+F9, Ctrl+F10 | copy the key of the first, the second ticket of the caller | the practice panel |
| Ctrl+S, F5, F6 | save; try the sign-in; check all | the settings |
| Ctrl+Shift+X | dismiss the notice | everywhere |
"""


def count() -> int:
    """How many keys are pressed beyond what is typed."""
    return len(WAY)


def page() -> str:
    """The text of the page."""
    way = "\n".join(f"| {field.value.replace('_', ' ') if field else ''} | {key} |" for field, key in WAY)
    lines = [LEAD.format(count=count(), most=MOST, way=way)]
    groups: dict[str, list[Spec | Habit]] = {}
    listed: tuple[Spec | Habit, ...] = (*ACTIONS, FIGURES, *PRACTICE_ACTIONS, *HABITS)
    for each in listed:
        groups.setdefault(each.group, []).append(each)
    for name, own in groups.items():
        lines += [f"### {name}", "", "| key | does | where |", "|---|---|---|"]
        for each in own:
            where = "everywhere" if isinstance(each, Spec) and each.page == ANYWHERE else "the call"
            lines.append(f"| {each.key} | {each.text} | {where if isinstance(each, Spec) else 'fields and lists'} |")
        lines.append("")
    return "\n".join([*lines, PAGES])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
