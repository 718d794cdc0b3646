"""With a real Secret Service: the outbox's key is in the keyring, the keyring is reset and locked, and comes back."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.settings import write_settings
from tests.keyring_session import run_python, secret_service, skip_without_programs
from tests.outbox.keyrings import key_files, set_aside

# The real window, with hands on it. Types what is given, waits until it is on disk, and prints what the store said.
WINDOW = """
import sys
from PySide6.QtWidgets import QApplication
from ptodesk_gui.app import App
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.keyboard import Keyboard
from ptodesk_gui.application import real_place
from ptodesk_gui.application.real_place import RealPlace
from ptodesk_gui.application.store_care import StoreCare
from ptodesk_gui.sop.entry import Field
from ptodesk_gui.workstation.credentials import Credentials

keys = real_place.StoreKeys
real_place.StoreKeys = lambda: keys(seconds=60)  # it answers, however busy the machine is
qt = QApplication([])
app = App(RealPlace(Credentials()), Clock(), practice=False, countdown=0)
hand, cared, drafts = Keyboard(app), [], []
app.start()
hand.wait(lambda: app.findChild(StoreCare) is not None, "the care", 60)
look = app.backstage.look_after_store
app.backstage.look_after_store = lambda: cared.append(look()) or cared[-1]
hand.wait(lambda: app.settling is not None and app.settling.dialog.isVisible(), "the settings", 60)
app.settling.dialog.close()
app.window.activateWindow()
hand.wait(lambda: QApplication.activeWindow() is app.window, "the window", 60)
hand.wait(lambda: any(cared), "the care of the store", 60)
print(" ".join(found.back for found in cared if found).strip())
print(cared[-1].waiting)
if sys.argv[1]:
    app.calling.begin()
    hand.fill(Field.FIRST_NAME, sys.argv[1])
    assert app.call.entry.text(Field.FIRST_NAME) == sys.argv[1], "the hands were not on the window"
app.calling.drafts.flush()
names = []

def look(found):
    names[:] = sorted(draft.payload["values"].get("homeowner.first_name", "") for draft in found)
    if sys.argv[1] not in ("", *names):
        app.backstage.drafts(look)
    else:
        drafts.append(names)

app.backstage.drafts(look)
hand.wait(lambda: bool(drafts), f"the draft among {names}", 60)
print(",".join(names))
app.window.close()
app.stop()
"""


@pytest.fixture(autouse=True)
def settings(own_home: Path) -> None:
    write_settings({"agent": "Dana Reyes", "url": "http://127.0.0.1:9", "email": "dana@example.com"})


def window(environment: Mapping[str, str], typed: str = "") -> tuple[str, str, list[str]]:
    """What came back, what waits for its key, and the first names of the calls that are kept."""
    run = run_python(WINDOW, environment, typed)
    assert run.returncode == 0, run.stderr
    back, waiting, names = run.stdout.splitlines()
    return back, waiting, [name for name in names.split(",") if name]


def key_in(environment: Mapping[str, str], name: str, value: str = "") -> str:
    """The outbox's key in the keyring; puts it there when it is given."""
    put = f"keyring.set_password('ptodesk', {name!r}, {value!r});" if value else ""
    code = f"import keyring; {put} print(keyring.get_password('ptodesk', {name!r}))"
    return run_python(code, environment).stdout.strip()


def test_a_reset_keyring_costs_no_call_once_its_key_is_back(tmp_path: Path, own_home: Path) -> None:
    skip_without_programs()
    folder = paths.data_dir()
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with secret_service(first, password="open") as session:
        assert window(session, "Jane") == ("", "", ["Jane"])
        assert key_files(folder) == []
        name = f"outbox {store_id(folder)}"
        key = key_in(session, name)
    with secret_service(second, password="open") as session:  # a keyring in which nothing is
        console = command(session, "outbox")
        assert console.returncode == 4
        assert "not in this computer's keyring" in console.stderr
        back, waiting, names = window(session, "John")
        (old,) = set_aside(folder)
        assert (back, names) == ("", ["John"])
        assert f"set aside as {old.name}, with 0 calls that are not all filed and 1 call that was not ended" in waiting
        assert key_in(session, name, key) == key  # it is brought back
        back, waiting, names = window(session)
        assert "1 call that was not ended are here again" in back
        assert (waiting, names) == ("", ["Jane", "John"])
        assert (set_aside(folder), key_files(folder)) == ([], [])
        assert key_in(session, name) == "None"  # nothing is left that it would open


def test_a_locked_keyring_costs_no_call_once_it_is_unlocked(tmp_path: Path, own_home: Path) -> None:
    skip_without_programs()
    folder = paths.data_dir()
    with secret_service(tmp_path, password="open") as session:
        assert window(session, "Jane") == ("", "", ["Jane"])
    with secret_service(tmp_path, password=None) as session:  # nobody unlocks it
        back, waiting, names = window(session, "John")
        assert (back, names) == ("", ["John"])
        assert "1 call that was not ended" in waiting
        assert len(key_files(folder)) == 1
    with secret_service(tmp_path, password="open") as session:
        back, waiting, names = window(session)
        assert "1 call that was not ended are here again" in back
        assert (waiting, names) == ("", ["Jane", "John"])
        assert (set_aside(folder), key_files(folder)) == ([], [])


def store_id(folder: Path) -> str:
    from ptodesk_gui.outbox import aside

    return aside.store_id_of(folder / paths.STORE)


def command(environment: Mapping[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "from ptodesk_gui.console.main import cli; cli()", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
