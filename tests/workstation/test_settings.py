"""Settings come in layers, the first that speaks holds, and what IT locks speaks first."""

import os
import sys
from pathlib import Path

import pytest

from ptodesk_gui.workstation import settings as module
from ptodesk_gui.workstation.policy import Policy, policy_path, read_policy
from ptodesk_gui.workstation.settings import (
    Settings,
    SettingsError,
    Source,
    keep_practice_fresh,
    read_settings,
    write_settings,
)

NOTHING = Policy()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def read(
    file: Path,
    policy: Policy = NOTHING,
    command_line: dict[str, str | None] | None = None,
    environment: dict[str, str] | None = None,
) -> Settings:
    return read_settings(command_line, environment=environment or {}, file=file, policy=policy)


LAYERS = [Source.LOCKED, Source.COMMAND_LINE, Source.ENVIRONMENT, Source.USER, Source.POLICY]


@pytest.mark.parametrize("silent", range(6))
def test_the_first_layer_that_speaks_holds(file: Path, silent: int) -> None:
    """With the first ``silent`` layers saying nothing, the next one holds."""
    speaks = set(LAYERS[silent:])
    if Source.USER in speaks:
        write_settings({"url": "https://user.example"}, file=file, policy=NOTHING)
    found = read(
        file,
        Policy(
            {"url": "https://locked.example"} if Source.LOCKED in speaks else {},
            {"url": "https://preset.example"} if Source.POLICY in speaks else {},
        ),
        {"url": "https://line.example" if Source.COMMAND_LINE in speaks else None},
        {"PTODESK_URL": "https://env.example"} if Source.ENVIRONMENT in speaks else {"PTODESK_URL": ""},
    )
    hosts = {
        Source.LOCKED: "locked",
        Source.COMMAND_LINE: "line",
        Source.ENVIRONMENT: "env",
        Source.USER: "user",
        Source.POLICY: "preset",
    }
    expected = LAYERS[silent] if silent < len(LAYERS) else Source.NOWHERE
    assert found.sources["url"] is expected
    assert found.url == (f"https://{hosts[expected]}.example" if expected in hosts else "")
    assert found.locked == (frozenset({"url"}) if silent == 0 else frozenset())


def test_every_setting_of_the_contract_has_its_environment_variable(file: Path) -> None:
    found = read(file, environment={"PTODESK_URL": "u", "PTODESK_EMAIL": "e", "PTODESK_PLAYBOOK": "p"})
    assert (found.url, found.email, found.playbook, found.agent) == ("u", "e", "p", "")


def test_a_token_is_read_from_no_file_and_no_variable(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('token = "witness"\n', "utf-8")
    found = read(file, environment={"PTODESK_TOKEN": "witness"})
    assert "witness" not in repr(found)


def test_what_it_locked_cannot_be_changed_and_the_rest_can(file: Path) -> None:
    policy = Policy(locked={"url": "https://desk.example"})
    with pytest.raises(SettingsError, match="url: set by your administrator"):
        write_settings({"url": "https://other.example"}, file=file, policy=policy)
    assert not file.exists()
    write_settings({"url": "https://desk.example", "agent": "Dana"}, file=file, policy=policy)
    assert file.read_text("utf-8") == 'agent = "Dana"\n'


def test_what_others_wrote_into_the_file_stays_letter_for_letter(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('# mine\nagent = "Dana"  # that is me\nfuture = [1, 2]\n\n[window]\nwidth = 900\n', "utf-8")
    write_settings({"agent": 'D "D" Reyes \\', "url": "https://desk.example"}, file=file, policy=NOTHING)
    text = file.read_text("utf-8")
    for kept in ("# mine\n", "# that is me\n", "future = [1, 2]\n", "[window]\nwidth = 900\n"):
        assert kept in text
    assert read(file).agent == 'D "D" Reyes \\'
    assert read(file).url == "https://desk.example"
    write_settings({"url": ""}, file=file, policy=NOTHING)
    assert read(file).sources["url"] is Source.NOWHERE


def test_an_unknown_setting_is_refused_by_name(file: Path) -> None:
    with pytest.raises(ValueError, match="token"):
        write_settings({"token": "witness"}, file=file, policy=NOTHING)


def test_a_fault_in_the_file_is_named_and_the_rest_of_it_holds(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('agent = 5\nurl = "https://desk.example"\n', "utf-8")
    found = read(file)
    assert found.url == "https://desk.example"
    assert found.faults == ("Your settings: agent must be a text in quotes (settings.toml); it does not hold.",)


@pytest.mark.parametrize("content", [b'agent = "Dana\n', b"\xff\xfe\x00", b"[agent\n"])
def test_a_file_that_is_no_toml_is_named_and_set_aside_when_settings_are_saved(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    (fault,) = read(file).faults
    assert "settings.toml" in fault
    write_settings({"agent": "Dana"}, file=file, policy=NOTHING)
    assert (read(file).agent, read(file).faults) == ("Dana", ())
    assert file.with_name("settings.toml.unreadable").read_bytes() == content


def test_a_failed_write_leaves_the_old_file_whole(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_settings({"agent": "Dana"}, file=file, policy=NOTHING)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left on device"):
        write_settings({"agent": "Somebody"}, file=file, policy=NOTHING)
    assert file.read_text("utf-8") == 'agent = "Dana"\n'
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
def test_settings_are_for_the_user_alone(file: Path) -> None:
    write_settings({"agent": "Dana"}, file=file, policy=NOTHING)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


# --- the machine's policy ---------------------------------------------------------------------------------------------


def test_a_policy_locks_and_presets(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('[locked]\nurl = "https://desk.example"\n[default]\nplaybook = "/srv/playbook"\n', "utf-8")
    policy = read_policy(path)
    assert (policy.locked, policy.default, policy.faults) == (
        {"url": "https://desk.example"},
        {"playbook": "/srv/playbook"},
        (),
    )


def test_no_policy_is_no_fault(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "policy.toml") == Policy()


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("[locked\n", "line 1 cannot be read and does not hold"),
        ('locked = "url"\n', "locked must be a section"),
        ("[default]\nagent = 1\n", "default.agent must be a text"),
    ],
)
def test_a_fault_in_the_policy_is_named_for_it(tmp_path: Path, file: Path, content: str, part: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(content, "utf-8")
    (fault,) = read(file, read_policy(path)).faults
    assert part in fault
    assert fault.endswith("Tell IT.")


def test_no_variable_of_the_users_moves_the_policy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = policy_path()
    for name in list(os.environ):
        if name.startswith(("XDG_", "PTODESK_")):
            monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path))
    assert policy_path() == before


def test_practice_begins_with_a_fresh_desk_only_where_somebody_chose_so(file: Path) -> None:
    assert not read(file, Policy()).practice_fresh
    file.parent.mkdir()
    file.write_text('# mine\nagent = "Sample Agent"\n', "utf-8")
    keep_practice_fresh(True, file=file)
    kept = read(file, Policy())
    assert (kept.practice_fresh, kept.agent, kept.faults) == (True, "Sample Agent", ())
    assert file.read_text("utf-8").startswith("# mine\n")
    keep_practice_fresh(False, file=file)
    assert not read(file, Policy()).practice_fresh


@pytest.mark.parametrize("content", ['[practice]\nfresh = "yes"\n', "practice = 1\n"])
def test_a_strange_choice_for_practice_is_named_and_does_not_hold(file: Path, content: str) -> None:
    file.parent.mkdir()
    file.write_text(content, "utf-8")
    found = read(file, Policy())
    assert not found.practice_fresh
    assert found.faults == ("Your settings: practice.fresh must be true or false (settings.toml); it does not hold.",)


def test_a_choice_for_practice_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("", "utf-8")
    with pytest.raises(SettingsError, match="could not be kept"):
        keep_practice_fresh(True, file=tmp_path / "in the way" / "settings.toml")


@pytest.mark.parametrize(
    ("content", "days"),
    [("", 90), ("[retention]\n", 90), ("[retention]\nkeep_days = 1\n", 1), ("[retention]\nkeep_days = 3650\n", 3650)],
)
def test_it_alone_sets_how_long_what_is_over_is_kept(tmp_path: Path, file: Path, content: str, days: int) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(content, "utf-8")
    file.parent.mkdir()
    file.write_text("[retention]\nkeep_days = 7\n", "utf-8")
    found = read(file, read_policy(path))
    assert (found.keep_days, found.faults) == (days, ())


@pytest.mark.parametrize("value", ["0", "-1", "3651", "true", '"90"', "1.5", "[]"])
def test_a_number_of_days_that_cannot_be_meant_is_named_and_90_hold(tmp_path: Path, file: Path, value: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(f"[retention]\nkeep_days = {value}\n", "utf-8")
    found = read(file, read_policy(path))
    assert found.keep_days == 90
    (fault,) = found.faults
    assert "retention.keep_days must be a whole number from 1 to 3650" in fault
