"""Single lines to copy: of what is to be said, and of the reply that is shown. None with a blank, none that nobody confirmed."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.clips import Clips
from ptodesk_gui.application.copying import Refusal, installer_reply_to_copy
from ptodesk_gui.sop.view import CallView, Rendering, Weight
from ptodesk_gui.ui.history.lines_panel import LinesPanel
from ptodesk_gui.ui.main_window import MainWindow

COPY_LINE: Final = "copy.line"  # the action
NO_LINES: Final = "There is no line to copy yet."
ONE_LINE: Final = "one line"
HOMEOWNER: Final = "homeowner"


class Lines(QObject):
    """Offers the lines in a panel over the advice, and copies the chosen one."""

    said = Signal(str, object)  # a sentence, its Weight

    def __init__(self, window: MainWindow, call: CallAtHand, clips: Clips, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._call = window.call_page, call
        self.panel = LinesPanel(self._page)
        self.panel.chosen.connect(lambda line: clips.copy(line, ONE_LINE))
        window.action(COPY_LINE).triggered.connect(self.offer)

    def offer(self) -> None:
        """Show the lines there are now."""
        view = self._call.view
        lines = lines_of(view, self._page.replies.shown) if view is not None else ()
        if not lines:
            self.said.emit(NO_LINES, Weight.HINT)
            return
        self._page.show_over(self.panel)
        self.panel.offer(lines)


def lines_of(view: CallView, who: str) -> tuple[str, ...]:
    """What can be copied line by line: what is to be said now, then the reply to this person."""
    found = [line for saying in view.say for line in _complete(saying.words)]
    choice = view.homeowner_reply if who == HOMEOWNER else view.installer_reply
    if choice.chosen_option is not None and not (who != HOMEOWNER and _is_barred(view)):
        found += _complete(choice.chosen_option.words)
    return tuple(dict.fromkeys(found))


def _is_barred(view: CallView) -> bool:
    """Whether nothing of the installer's reply may leave the window yet (I5); a blank elsewhere in it does not matter here."""
    refused = installer_reply_to_copy(view)
    return isinstance(refused, Refusal) and any(p.rule == "I5" and p.blocks for p in view.problems)


def _complete(words: Rendering) -> list[str]:
    """The lines of a text in which nothing is left blank."""
    lines, blank = [""], [False]
    for part in words.parts:
        if part.blank_field is not None:
            blank[-1] = True
            continue
        first, *more = part.text.split("\n")
        lines[-1] += first
        for line in more:
            lines.append(line)
            blank.append(False)
    return [line.strip() for line, has_blank in zip(lines, blank, strict=True) if line.strip() and not has_blank]
