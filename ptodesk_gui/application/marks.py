"""What left the window: copied replies and sentences said, and which of them are out of date by now."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from ptodesk_gui.application.call import CallAtHand
from ptodesk_gui.application.calling import Calling
from ptodesk_gui.application.kept_uses import uses_as_text, uses_from_text
from ptodesk_gui.application.procedure import Procedure
from ptodesk_gui.sop.entry import Memory
from ptodesk_gui.sop.stale import Use, Used, copied, remember, said, stale

if TYPE_CHECKING:
    from ptodesk_gui.sop.playbook import Playbook
    from ptodesk_gui.ui.call.page import CallPage

_REPLIES: Final = {"homeowner": Used.HOMEOWNER_REPLY, "installer": Used.INSTALLER_REPLY}


class Marks(QObject):
    """Remembers, with the call at hand, what was copied and said; marks it as soon as a fact in it changes."""

    def __init__(self, page: "CallPage", call: CallAtHand, calling: Calling, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._call, self._calling = page, call, calling
        self._playbook: Playbook | None = None
        self._uses: tuple[Use, ...] = ()
        self._call_id = ""

    def learn(self, procedure: Procedure) -> None:
        """The playbook is there."""
        self._playbook = procedure.playbook

    def copied(self, who: str) -> None:
        """The reply to this person was put on the clipboard."""
        if self._call.view is not None and self._playbook is not None:
            self._remember(copied(self._call.view, _REPLIES[who], self._playbook))

    def said(self, number: int) -> None:
        """The saying of this place was said; once more takes it back."""
        view = self._call.view
        if view is None or self._playbook is None or number >= len(view.say):
            return
        id_ = view.say[number].id
        kept = tuple(use for use in self._uses if use.what is not Used.SAID or use.id != id_)
        if len(kept) < len(self._uses):
            self._keep(kept)
        else:
            self._remember(said(view, id_, self._playbook))

    def follow(self) -> None:
        """The call has changed: mark what is out of date."""
        if self._call.entry.call_id != self._call_id:  # another call, which may have been begun before
            self._call_id = self._call.entry.call_id
            self._uses = uses_from_text(self._call.entry.memory(Memory.USES))
        view = self._call.view
        if view is not None:
            told = frozenset(use.id for use in self._uses if use.what is Used.SAID)
            self._page.set_marks(stale(self._uses, view) if self._uses else (), told)

    def _remember(self, use: Use | None) -> None:
        self._keep(remember(self._uses, use))

    def _keep(self, uses: tuple[Use, ...]) -> None:
        self._uses = uses
        self._calling.remember(self._call.entry.with_memory(Memory.USES, uses_as_text(uses)))
        self.follow()
