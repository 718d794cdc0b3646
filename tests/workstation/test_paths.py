"""Where things are kept: for the user alone, together, and where the environment says so."""

import sys
from pathlib import Path

import pytest

from ptodesk_gui.workstation import paths
from ptodesk_gui.workstation.single_instance import SingleInstance


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists")
def test_folders_are_made_for_the_user_alone(own_home: Path) -> None:
    folders = [
        paths.data_dir(),
        paths.config_dir(),
        paths.sites_dir(),
        paths.practice_dir(),
        paths.log_path("window").parent,
    ]
    assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700] * len(folders)
    assert all(folder.is_relative_to(own_home) for folder in folders)


def test_the_environment_moves_data_and_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PTODESK_DATA_DIR", str(tmp_path / "d"))
    monkeypatch.setenv("PTODESK_CONFIG_DIR", str(tmp_path / "c"))
    assert paths.store_path() == tmp_path / "d" / "outbox.sqlite3"
    assert paths.settings_path() == tmp_path / "c" / "settings.toml"


def test_without_the_environment_the_systems_places_are_used(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    monkeypatch.delenv("PTODESK_DATA_DIR")
    monkeypatch.delenv("PTODESK_CONFIG_DIR")
    assert paths.data_dir() != paths.config_dir() or sys.platform != "linux"
    assert "ptodesk" in paths.data_dir().parts
    assert paths.data_dir().is_relative_to(own_home)


def test_logs_are_in_the_systems_place_or_where_they_are_moved(
    monkeypatch: pytest.MonkeyPatch, own_home: Path, tmp_path: Path
) -> None:
    assert paths.log_path("window").parent == paths.data_dir() / "logs"  # PTODESK_DATA_DIR moves all of it
    monkeypatch.delenv("PTODESK_DATA_DIR")
    assert paths.log_path("window").is_relative_to(own_home)
    assert not paths.log_path("window").is_relative_to(paths.data_dir()) or sys.platform == "win32"
    monkeypatch.setenv("PTODESK_LOG_DIR", str(tmp_path / "logs"))
    assert paths.log_path("window") == tmp_path / "logs" / "window.log"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the two places are other ones")
def test_logs_of_an_earlier_version_move_along_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PTODESK_DATA_DIR")
    before = paths.data_dir() / "logs"
    before.mkdir()
    for name in ("window.log", "window.log.1", "crash-last.txt"):
        (before / name).write_text(f"old {name}", "utf-8")
    now = paths.log_path("window").parent
    assert {file.name: file.read_text("utf-8") for file in now.iterdir()} == {
        name: f"old {name}" for name in ("window.log", "window.log.1", "crash-last.txt")
    }
    assert not before.exists()
    before.mkdir()
    (before / "window.log").write_text("older", "utf-8")  # an earlier version was started once more
    assert paths.log_path("window").read_text("utf-8") == "old window.log"
    assert not before.exists()


def test_a_folder_that_is_there_keeps_the_mode_somebody_gave_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setenv("PTODESK_DATA_DIR", str(tmp_path))
    paths.data_dir()
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_practice_has_an_outbox_of_its_own() -> None:
    """A plan of practice can never be found in the outbox of a real site."""
    assert paths.practice_dir() != paths.data_dir()
    assert not paths.store_path().is_relative_to(paths.practice_dir())


def test_only_one_window_at_a_time_and_the_next_when_it_is_gone(tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.take()
    assert not second.take()
    first.give_up()
    assert second.take()
    second.give_up()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
@pytest.mark.parametrize("value", [None, "", "/somewhere", "relative", "~/data"])
@pytest.mark.parametrize("variable", ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"])
def test_the_folders_found_by_hand_are_those_of_platformdirs(
    variable: str, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import platformdirs

    monkeypatch.delenv(variable)
    if value is not None:
        monkeypatch.setenv(variable, value)
    assert paths._platform("user_data_path") == platformdirs.user_data_path("ptodesk", appauthor=False)
    assert paths._platform("user_log_path") == platformdirs.user_log_path("ptodesk", appauthor=False)
    assert paths._platform("user_config_path") == platformdirs.user_config_path("ptodesk", appauthor=False)


def test_the_next_window_knows_where_the_first_can_be_asked(tmp_path: Path) -> None:
    first, second = SingleInstance(tmp_path), SingleInstance(tmp_path)
    assert first.take()
    assert second.holder() == (True, "")
    first.open_at("/run/somewhere")
    assert second.holder() == (True, "/run/somewhere")
    first.give_up()
    assert second.take()
    assert first.holder() == (True, ""), "what an earlier window wrote down holds no longer"
    second.give_up()


def test_a_folder_that_is_not_there_is_told_apart_from_another_window(tmp_path: Path) -> None:
    instance = SingleInstance(tmp_path / "missing")
    assert not instance.take()
    assert not instance.known
