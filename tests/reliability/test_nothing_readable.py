"""Strings that stand nowhere else are planted in every field and in the token, and looked for wherever the program leaves something."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ptodesk_gui.practice import PracticeDesk
from ptodesk_gui.practice.faults import answer, cut_after
from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.settings import write_settings
from tests.keyring_session import secret_service, skip_without_programs
from tests.outbox.keyrings import set_aside

MARK = "qzwitness"
PATIENCE = 120.0  # seconds for a program to start and to work on a busy machine

CASE = {
    "channel": "phone",
    "agent": "Dana Reyes",
    "homeowner": {
        "first_name": f"{MARK}first",
        "last_name": f"{MARK}last",
        "email": f"{MARK}mail@example.com",
        "phone": "555-0100-7391",
    },
    "address": {"street": f"1 {MARK}street", "city": f"{MARK}city", "state": "CO", "zip": "80202"},
    "installer": {
        "name": "Sunny Roofs",  # companies' names are remembered between runs, as the site calls them (sites/)
        "rep_first_name": f"{MARK}rep",
        "rep_email": f"{MARK}rep@example.com",
    },
    "job": {"url": f"https://engine.example/jobs/{MARK}", "m1": "2026-01-05", "m2": "2026-02-01", "m3": None},
    "inspection": "passed",
    "concern": f"{MARK} concern",
    "installer_concern": f"{MARK} other concern",
    "homeowner_reply": {"text": f"{MARK} own words"},
}
PLANTED = (MARK, "555-0100-7391")

# The real window: types into every field it can reach, queues nothing, and goes on living until it is killed.
TYPES = """
import sys
from PySide6.QtWidgets import QApplication
from ptodesk_gui.app import App
from ptodesk_gui.application.clock import Clock
from ptodesk_gui.application.keyboard import Keyboard
from ptodesk_gui.application.real_place import RealPlace
from ptodesk_gui.sop.entry import Entry, Field
from ptodesk_gui.workstation.credentials import Credentials

qt = QApplication([])
app = App(RealPlace(Credentials()), Clock(), practice=False, countdown=0)
hand, drafts = Keyboard(app), []
app.start()
hand.wait(lambda: app.call.view is not None and app.backstage._filer is not None, "the window", 60)
mark = sys.stdin.readline().strip()
for field in Field:
    app.calling.edit(field, f"{mark} {field.name}")
app.calling.drafts.flush()
app.backstage.drafts(drafts.append)
hand.wait(lambda: bool(drafts), "the drafts", 60)
print("kept" if mark in str(drafts[0]) else "lost", flush=True)
qt.exec()
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[PracticeDesk]:
    with PracticeDesk(tmp_path / "site") as served:
        yield served


@pytest.fixture
def session(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A session with a keyring; its programs put temporary files into a folder that can be looked through."""
    skip_without_programs()
    ring, temporary = tmp_path / "ring", tmp_path / "temporary"
    ring.mkdir()
    temporary.mkdir()
    with secret_service(ring, password="open") as environment:
        yield {**environment, "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary)}


def ptodesk(environment: Mapping[str, str], *arguments: str, stdin: str = "") -> tuple[int, str, list[str]]:
    """Runs a command; its exit code, what it said, and every command line that it had or its children had meanwhile."""
    program = subprocess.Popen(
        [sys.executable, "-m", "ptodesk_gui.console.main", *arguments],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert program.stdin is not None
    program.stdin.write(stdin)
    program.stdin.close()
    seen: set[str] = set()
    end = time.monotonic() + PATIENCE
    while program.poll() is None and time.monotonic() < end:
        seen |= command_lines(program.pid)
        time.sleep(0.01)  # a look at another process, not a wait for a time
    program.kill()
    program.wait()
    assert program.stdout is not None
    said = program.stdout.read()
    program.stdout.close()
    return program.returncode, said, sorted(seen)


def command_lines(pid: int) -> set[str]:
    """The command lines of a program and of what it has started."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if pid in (int(folder.name), int(parent)):
                found.add((folder / "cmdline").read_text(errors="replace"))
        except (OSError, IndexError):  # it has ended meanwhile
            continue
    return found


def readable_in(folders: list[Path], *planted: str) -> list[str]:
    """Which files hold one of the strings, in whatever case and in the encodings that programs here write."""
    wanted = [text.lower().encode(coding) for text in planted for coding in ("utf-8", "utf-16-le")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file() and not file.is_socket()]
    assert files
    return [file.name for file in files if any(text in file.read_bytes().lower() for text in wanted)]


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="command lines are read in /proc")
def test_neither_token_nor_homeowners_data_are_readable_in_anything_the_program_leaves(
    tmp_path: Path, own_home: Path, session: dict[str, str], site: PracticeDesk
) -> None:
    token, planted = site.account.token, (*PLANTED, site.account.token)
    folders = [own_home, tmp_path / "temporary"]
    write_settings({"agent": "Dana Reyes"})
    lines: list[str] = []
    code, said, seen = ptodesk(session, "login", "--url", site.url, "--email", site.account.email, stdin=f"{token}\n")
    assert code == 0, said
    lines += seen
    # An answer gets lost, and something is refused with words that repeat what was sent.
    site.fault(lambda method, path: method == "POST" and path.endswith("/comment"), cut_after())
    refusal = json.dumps({"errorMessages": [f"{MARK} is not wanted"], "errors": {"summary": MARK}})
    site.fault("POST /rest/api/3/issueLink", answer(400, refusal), times=None)
    code, said, seen = ptodesk(session, "file", "-", "--today", "2026-03-05", "--wait", "30", stdin=json.dumps(CASE))
    assert "In the outbox as 1." in said
    assert code == 4, said
    lines += seen
    for arguments in (["outbox"], ["outbox", "show", "1"], ["doctor"]):
        code, said, seen = ptodesk(session, *arguments)
        assert token not in said
        lines += seen
    assert any("file" in line for line in lines)
    assert [line for line in lines if any(text in line.lower() for text in planted)] == []
    assert readable_in(folders, *planted) == []
    typing = subprocess.Popen(
        [sys.executable, "-c", TYPES],
        env=session,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert typing.stdin is not None
        assert typing.stdout is not None
        typing.stdin.write(f"{MARK}\n")
        typing.stdin.flush()
        assert typing.stdout.readline() == "kept\n"
        store = paths.store_path()
        assert Path(f"{store}-wal").exists()  # as it is while the program runs
        assert readable_in(folders, *planted) == []
    finally:
        os.kill(typing.pid, signal.SIGKILL)
        typing.communicate()
    assert readable_in(folders, *planted) == []
    lose_key(session)
    with_new_store(session)
    assert len(set_aside(paths.data_dir())) == 1
    assert readable_in(folders, *planted) == []


def lose_key(environment: Mapping[str, str]) -> None:
    from ptodesk_gui.outbox import aside

    name = f"outbox {aside.store_id_of(paths.store_path())}"
    code = "import keyring, sys; keyring.delete_password('ptodesk', sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, name], env=environment, check=True, timeout=60)


def with_new_store(environment: Mapping[str, str]) -> None:
    code = (
        "from ptodesk_gui.application.place import open_store; from ptodesk_gui.application.real_place import RealPlace;"
        "from ptodesk_gui.workstation.credentials import Credentials;"
        "open_store(RealPlace(Credentials()), may_set_aside=True).close()"
    )
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=60)


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(f"... {MARK.upper()} ...")
    (tmp_path / "b").write_bytes(MARK.encode("utf-16-le"))
    (tmp_path / "c").write_text("nothing")
    assert sorted(readable_in([tmp_path], *PLANTED)) == ["a", "b"]
