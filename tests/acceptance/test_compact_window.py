"""The narrow strip beside the softphone: one key to and fro, and nothing is lost on the way."""

import threading

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from ptodesk_gui.application.call import Phase
from ptodesk_gui.application.practice_place import PracticePlace
from ptodesk_gui.sop.entry import YES, Field
from ptodesk_gui.ui.compact_panel import CompactPanel
from tests.acceptance.agent import SAMPLE, Agent
from tests.acceptance.conftest import OpenWindow


class Gone(QObject):
    """Counts how often the window is taken off the screen."""

    def __init__(self, agent: Agent) -> None:
        super().__init__(agent.app.window)
        self.times = 0
        agent.app.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() in (QEvent.Type.Hide, QEvent.Type.Close)
        return False


def panel(agent: Agent) -> CompactPanel:
    found = agent.app.window.findChild(CompactPanel)
    assert found is not None
    return found


def on_top(agent: Agent) -> bool:
    return bool(agent.app.window.windowHandle().flags() & Qt.WindowType.WindowStaysOnTopHint)


def focused() -> QLineEdit:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QLineEdit)
    return widget


def test_one_key_to_and_fro_keeps_field_caret_text_and_place(agent: Agent) -> None:
    window, gone = agent.app.window, Gone(agent)
    before = window.geometry()
    agent.fill(Field.LAST_NAME, "Doe")
    for key in ("Left", "Shift+Left"):
        agent.chord(key)
    agent.chord("F11")
    assert panel(agent).minimumSizeHint().width() <= 400
    assert (window.width() <= 420, on_top(agent), panel(agent).isVisible()) == (True, True, True)
    assert focused().accessibleIdentifier() == f"compact.{Field.LAST_NAME}"
    assert (focused().selectedText(), focused().cursorPosition()) == ("o", 1)
    agent.write("aw")
    agent.chord("F11")
    assert (window.geometry(), on_top(agent), panel(agent).isVisible()) == (before, False, False)
    assert focused().accessibleIdentifier() == Field.LAST_NAME
    assert (focused().text(), focused().cursorPosition()) == ("Dawe", 3)
    assert agent.app.call.entry.text(Field.LAST_NAME) == "Dawe"
    assert gone.times == 0, "it never leaves the screen"


def test_a_call_is_answered_item_by_item_and_the_review_has_the_whole_window(agent: Agent) -> None:
    window = agent.app.window
    agent.chord("F11")
    for field in (Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.PHONE):
        agent.write(SAMPLE.get(field, ""))
        agent.chord("Return")
    assert focused().accessibleIdentifier() == f"compact.{Field.STREET}", "on to the next item"
    agent.chord("Alt+4")
    agent.write(SAMPLE[Field.JOB_URL])
    for text in (SAMPLE[Field.M1], SAMPLE[Field.M2]):
        agent.chord("Return")
        agent.write(text)
    assert panel(agent).grace.words[0] == "Day 41 of 60"
    assert panel(agent).say.first is not None
    agent.chord("Ctrl+1")
    agent.chord("Alt+6")
    agent.chord("Down")
    agent.chord("Alt+3")
    agent.write(SAMPLE[Field.INSTALLER])
    agent.chord("F3")
    assert focused().accessibleIdentifier() == f"compact.{Field.REP_FIRST_NAME}", "to the blank that is in the way"
    agent.chord("Alt+7")
    agent.write(SAMPLE[Field.CONCERN])
    entry = agent.app.call.entry
    assert (entry.text(Field.NOTE_UNREACHABLE), entry.text(Field.CONCERN)) == (YES, SAMPLE[Field.CONCERN])
    agent.end_call()
    assert (window.width() >= 960, panel(agent).isVisible()) == (True, False)
    agent.chord("Esc")
    agent.wait(lambda: agent.page == "call", "The call")
    assert panel(agent).isVisible(), "the strip is for the call"
    assert window.call_page.checklist.inputs.value(Field.CONCERN) == SAMPLE[Field.CONCERN]


def test_what_the_strip_has_no_room_for_brings_the_whole_window(agent: Agent) -> None:
    agent.chord("F11")
    agent.chord("Alt+8")
    agent.wait(lambda: not panel(agent).isVisible(), "The whole window")
    agent.wait(lambda: agent.app.window.call_page.replies.isAncestorOf(QApplication.focusWidget()), "The reply")


def test_the_choice_and_the_place_are_kept_for_the_next_start(open_window: OpenWindow, place: PracticePlace) -> None:
    first = open_window(place)
    first.chord("F11")
    first.app.window.setGeometry(60, 40, 400, 600)
    first.app.window.close()
    first.app.stop()
    second = open_window(PracticePlace(place.store_path.parent))
    second.wait(lambda: second.app.window.findChild(CompactPanel) is not None, "The strip")
    assert panel(second).isVisible()
    assert second.app.window.geometry().getRect() == (60, 40, 400, 600)
    assert on_top(second)


def test_the_strip_asked_for_on_the_receipt_begins_the_next_call(agent: Agent) -> None:
    """What is typed into a call that is filed is kept nowhere."""
    agent.type_call(SAMPLE)
    agent.end_and_file()
    filed = agent.app.call.entry
    agent.chord("F11")
    assert (agent.page, agent.app.call.phase) == ("call", Phase.CALL)
    agent.write("Zoe")
    assert (agent.app.call.entry.text(Field.FIRST_NAME), agent.app.call.entry.call_id == filed.call_id) == (
        "Zoe",
        False,
    )
    assert focused().text() == "Zoe"


def test_the_strip_asked_for_in_the_review_goes_back_to_the_call(agent: Agent) -> None:
    """Else the next look at the playbook would throw the agent out of it into the review."""
    agent.type_call(SAMPLE)
    agent.go_to(Field.ZIP)
    agent.end_call()
    agent.chord("F11")
    assert (agent.page, agent.app.call.phase, agent.app.call.focus) == ("call", Phase.CALL, Field.ZIP)
    assert focused().accessibleIdentifier() == f"compact.{Field.ZIP}"


def test_the_strip_that_was_never_shown_goes_with_the_window(agent: Agent) -> None:
    """The key is pressed while the call is on its way into the outbox: nobody goes back to it then."""
    free = threading.Event()
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.wait(lambda: not agent.app.calling.drafts.pending, "What was typed on disk")
    agent.app.backstage.disk.submit(free.wait)
    agent.chord("Ctrl+Return")
    agent.chord("F11")
    assert agent.page == "review"
    assert panel(agent).window() is agent.app.window
    free.set()
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    agent.filed()


def test_the_strip_says_how_long_a_filed_call_can_be_taken_back(place: PracticePlace, open_window: OpenWindow) -> None:
    agent = open_window(place, countdown=600)
    agent.type_call(SAMPLE)
    agent.end_call()
    agent.chord("Ctrl+Return")
    agent.wait(lambda: agent.page == "receipt", "The receipt")
    agent.chord("F11")
    agent.write("Zoe")
    assert "take back  Ctrl+B" in agent.shown
    agent.chord("Ctrl+B")
    agent.wait(lambda: agent.page == "review", "The review")
    agent.chord("Ctrl+Tab")
    assert panel(agent).isVisible()
    assert "take back" not in agent.shown
    assert agent.app.window.outbox_words in agent.shown


def test_the_strip_grows_with_the_text_as_far_as_the_screen_has_room(agent: Agent) -> None:
    window, screen = agent.app.window, agent.app.window.screen().availableGeometry()
    agent.chord("F11")
    for _ in range(10):
        agent.chord("Ctrl+=")
    needed = lambda: window.minimumSizeHint().boundedTo(screen.size())  # noqa: E731
    agent.wait(lambda: window.width() > 420, "A wider strip")
    agent.wait(lambda: window.size() == window.size().expandedTo(needed()), "Room for all that is in it")
    agent.chord("Ctrl+0")
