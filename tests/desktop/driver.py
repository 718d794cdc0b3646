"""Works a window from outside, through its accessibility tree and by real key presses; a program of its own.

Run by the system's Python, which has ``gi`` (Debian: python3-gi gir1.2-atspi-2.0 at-spi2-core xdotool), on the session
bus and display of the window. Reads one request a line, ``{"do": name, ...}``, and answers one line: ``{"ok": ...}``, or
``{"fault": sentence}``. Every wait is for a condition.
"""

import json
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 120.0  # seconds, on a busy machine
LOOK = 0.02
DEEPEST = 40


class LostError(Exception):
    """What was waited for did not come. The text is a sentence."""


def pump():
    """Let events come in."""
    context = GLib.MainContext.default()
    while context.pending():
        context.iteration(False)


def wait(look, what):
    """Wait until ``look`` gives something, and give that."""
    end = time.monotonic() + PATIENCE
    while True:
        pump()
        try:
            found = look()
        except GLib.Error:  # it went while it was looked at
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise LostError(f"{what} did not come within {PATIENCE:.0f} seconds.")
        time.sleep(LOOK)


def walk(node, depth=0):
    """A node and everything below it that is shown."""
    yield node
    if depth < DEEPEST:
        for at in range(node.get_child_count()):
            child = node.get_child_at_index(at)
            if child is not None:
                yield from walk(child, depth + 1)


def states(node):
    """The states of a node, asked of the program anew."""
    node.clear_cache()
    return {state.value_nick for state in node.get_state_set().get_states()}


def text_of(node):
    """What stands in a node."""
    node.clear_cache()
    if "Text" not in node.get_interfaces():
        return node.get_name() or ""
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def described(node):
    """A node as plain values."""
    return {
        "id": node.get_accessible_id() or "",
        "role": node.get_role_name(),
        "name": node.get_name() or "",
        "description": node.get_description() or "",
        "states": sorted(states(node)),
        "text": text_of(node),
    }


class Window:
    """The program whose window is worked."""

    def __init__(self):
        self.app = None
        self.heard = []
        self._known = {}
        self._listener = Atspi.EventListener.new(self._announced)
        self._listener.register("object:announcement")

    def _announced(self, event):
        self.heard.append([str(event.any_data), int(event.detail1)])

    def managed(self):
        """Wait until the window manager is there: one that comes later takes the keyboard from the window for a moment."""
        asked = ["xdotool", "get_num_desktops"]
        return wait(
            lambda: subprocess.run(asked, capture_output=True, check=False).returncode == 0, "The window manager"
        )

    def open(self, pid):
        """Wait for the window of a process, and give it the keyboard."""

        def look():
            desktop = Atspi.get_desktop(0)
            for at in range(desktop.get_child_count()):
                app = desktop.get_child_at_index(at)
                if app is not None and app.get_process_id() == pid and app.get_child_count():
                    return app
            return None

        self.app = wait(look, "The program in the accessibility tree")
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]

        def shown():
            return subprocess.run(search, capture_output=True, text=True, check=False).stdout.split()

        window = wait(shown, "The window on the screen")[0]
        activate = ["xdotool", "windowactivate", window]  # fails as long as the window manager is not there

        def active():
            done = subprocess.run(activate, capture_output=True, check=False).returncode == 0
            return done and "active" in states(self.app.get_child_at_index(0))

        wait(active, "The keyboard in the window")
        return True

    def node(self, id):
        """The node with this identifier; waits until it is shown."""
        return wait(lambda: self._known.get(id) or self._look_for(id), f"The part {id}")

    def _look_for(self, id):
        """Learn every part that has an identifier of its own: to walk through all of them takes a second."""
        for node in walk(self.app):
            name = node.get_accessible_id() or ""
            if name and "QWidget" not in name:
                self._known[name] = node
        return self._known.get(id)

    def part(self, id):
        """What a part is."""
        return described(self.node(id))

    def focused(self, id):
        """Wait until a part has the keyboard."""
        node = self.node(id)
        wait(lambda: "focused" in states(node), f"The keyboard in {id}")
        return described(node)

    def says(self, id, text):
        """Wait until that stands in a part."""
        node = self.node(id)
        wait(lambda: text_of(node) == text, f"The text in {id}")
        return True

    def showing(self, contains, role=None):
        """Wait until something is shown whose name has these words; all of them."""

        def look():
            found = []
            for node in walk(self.app):
                fits = contains in (node.get_name() or "") and role in (None, node.get_role_name())
                if fits and "showing" in states(node):
                    found.append(described(node))
            return found

        return wait(look, f"Something named {contains}")

    def keys(self, *names):
        """Press keys, as xdotool names them."""
        for name in names:
            subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True, capture_output=True)
        return True

    def type(self, text):
        """Type letters."""
        subprocess.run(["xdotool", "type", "--delay", "12", text], check=True, capture_output=True)
        return True

    def press(self, id):
        """Press a button or tick a box by its action, without keyboard and mouse."""
        node = self.node(id)
        names = [Atspi.Action.get_action_name(node, at) for at in range(Atspi.Action.get_n_actions(node))]
        return Atspi.Action.do_action(node, next(at for at, name in enumerate(names) if name in ("Press", "Toggle")))

    def announced(self, contains):
        """Wait until something with these words was spoken by itself; everything that was, so far."""
        wait(lambda: any(contains in text for text, _ in self.heard), f"The announcement of {contains}")
        return self.heard


def main():
    """Answer requests until there are no more."""
    Atspi.init()
    Atspi.set_timeout(30_000, 60_000)
    window = Window()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"ok": getattr(window, request.pop("do"))(*request.pop("with", ()), **request)}
        except (LostError, GLib.Error, subprocess.CalledProcessError, StopIteration) as error:
            answer = {"fault": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
