"""The machine's policy: what can be read of it always holds, what cannot is named by its line, and a site is never guessed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ptodesk_gui.workstation.policy import Policy, read_policy
from ptodesk_gui.workstation.policy_registry import KEY
from ptodesk_gui.workstation.settings import Settings, read_settings

PUBLIC = "A" * 43 + "="
HASH = "0a" * 32


class Registry:
    """Stands for the module winreg: the parts of it that are used, over keys that a test has made."""

    HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_64KEY = 1, 2, 4
    REG_SZ, REG_EXPAND_SZ, REG_DWORD, REG_MULTI_SZ = 1, 2, 4, 7

    def __init__(self, **sections: dict[str, tuple[Any, int]]) -> None:
        self.sections = {name.lower(): values for name, values in sections.items()}
        self.closed: set[str] = set()

    @contextmanager
    def OpenKey(self, root: int, path: str, reserved: int, access: int) -> Iterator[list[tuple[str, Any, int]]]:
        assert (root, reserved, access) == (self.HKEY_LOCAL_MACHINE, 0, self.KEY_READ | self.KEY_WOW64_64KEY)
        section = path.removeprefix(KEY).removeprefix("\\")
        if section in self.closed:
            raise PermissionError(5, "Access is denied")
        if section not in self.sections:
            raise FileNotFoundError(2, "no such key")
        yield [(name, value, kind) for name, (value, kind) in self.sections[section].items()]

    @staticmethod
    def QueryInfoKey(key: list[Any]) -> tuple[int, int, int]:
        return 0, len(key), 0

    @staticmethod
    def EnumValue(key: list[tuple[str, Any, int]], index: int) -> tuple[str, Any, int]:
        return key[index]

    @staticmethod
    def ExpandEnvironmentStrings(text: str) -> str:
        return text.replace("%SystemDrive%", "C:")


def policy_of(tmp_path: Path, content: str | bytes, registry: Registry | None = None) -> Policy:
    path = tmp_path / "policy.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_policy(path, registry)


def settings_of(tmp_path: Path, policy: Policy) -> Settings:
    return read_settings(environment={}, file=tmp_path / "settings.toml", policy=policy)


EVERYTHING = f"""
format = 1
[locked]
url = "https://desk.example"
project = "PTO"
proxy = "http://proxy.example:3128"
ca_file = "/etc/ssl/company.pem"
log_level = "warning"
countdown = 0
[default]
playbook = "/srv/playbook"
[retention]
keep_days = 30
[playbook]
source = "https://files.example/playbook.zip"
sha256 = "{HASH.upper()}"
public_keys = [
    "{PUBLIC}",  # the lead's
]
[updates]
off = true
"""


def test_everything_that_it_sets_reaches_the_settings(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, EVERYTHING)
    assert policy.faults == ()
    found = settings_of(tmp_path, policy)
    assert (found.url, found.project, found.playbook) == ("https://desk.example", "PTO", "/srv/playbook")
    assert (found.proxy, found.ca_file) == ("http://proxy.example:3128", "/etc/ssl/company.pem")
    assert (found.log_level, found.countdown, found.keep_days) == ("warning", 0, 30)
    assert found.source is not None
    assert (found.source.place, found.source.sha256) == ("https://files.example/playbook.zip", HASH)
    assert (found.source.public_keys, found.source.sound) == ((PUBLIC,), True)
    assert not found.site_unsure


def test_where_it_says_nothing_the_program_chooses(tmp_path: Path) -> None:
    found = settings_of(tmp_path, Policy())
    assert (found.project, found.proxy, found.ca_file, found.log_level) == ("", "", "", "info")
    assert (found.countdown, found.source, found.site_unsure) == (None, None, False)


def test_what_is_its_alone_no_user_can_set(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('proxy = "http://x.example"\nca_file = "/x"\ncountdown = 3\n', "utf-8")
    found = settings_of(tmp_path, Policy(default={"proxy": "none"}))
    assert (found.proxy, found.ca_file, found.countdown) == ("none", "", None)


@pytest.mark.parametrize("broken", range(1, EVERYTHING.count("\n") + 1))
def test_after_any_one_broken_line_all_that_stands_on_the_others_holds(tmp_path: Path, broken: int) -> None:
    """Whichever line is spoilt, it is named, nothing else is lost but what hangs on it, and no site is guessed."""
    lines = EVERYTHING.splitlines()
    spoilt = lines[broken - 1]
    whole, lines[broken - 1] = policy_of(tmp_path, EVERYTHING), '"' + spoilt
    policy = policy_of(tmp_path, "\n".join(lines))
    assert any(f"line {broken} " in fault and fault.endswith("Tell IT.") for fault in policy.faults)
    assert policy.locked.items() <= whole.locked.items()
    if spoilt.startswith("["):
        return  # what stands below it belongs to no known section: see the tests that follow
    lost = spoilt.partition(" ")[0]
    assert whole.locked.keys() - policy.locked.keys() <= {lost}
    assert policy.site_unsure is (lost == "url")
    assert (policy.keep_days == 30) is (lost != "keep_days")


@pytest.mark.parametrize(
    "content",
    [
        '[locked\nurl = "https://desk.example"\n',
        '[locked]\nurl = "https://desk.example\n',
        "[locked]\nurl = 5\n",
        'locked = "url"\n',
        'locked]\nurl = "https://desk.example"\n',
        b'[locked]\n\xff\xfe = "https://desk.example"\n',
        b"\xff\xfe[\0l\0o\0c\0k\0e\0d\0]\0\n\0",
        "[locked]\nproxy = \n",
    ],
)
def test_where_the_site_may_be_locked_and_cannot_be_read_it_is_not_known(tmp_path: Path, content: str | bytes) -> None:
    policy = policy_of(tmp_path, content)
    assert policy.faults
    assert policy.site_unsure
    assert settings_of(tmp_path, policy).site_unsure


@pytest.mark.parametrize(
    "content",
    [
        '[locked]\nurl = "https://desk.example"\nproxy = \n',
        "[retention]\nkeep_days = 9O\n",
        "[default]\nurl = \n",
        "[locked]\nproxy = 5\n",
    ],
)
def test_a_fault_elsewhere_leaves_the_site_known(tmp_path: Path, content: str) -> None:
    policy = policy_of(tmp_path, content)
    assert policy.faults
    assert not policy.site_unsure


def test_a_policy_that_may_not_be_read_leaves_nothing_known(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").mkdir()
    policy = read_policy(tmp_path / "policy.toml")
    assert policy.site_unsure
    assert policy.playbook is not None
    assert not policy.playbook.sound
    assert "cannot be read and does not hold (policy.toml: " in policy.faults[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('proxy = "http://me:word@proxy.example"', "line 2: locked.proxy must look like http://proxy.example:3128"),
        ('proxy = "proxy.example:3128"', "locked.proxy must look like"),
        ("countdown = 31", "locked.countdown must be a whole number from 0 to 30"),
        ("countdown = true", "locked.countdown must be a whole number"),
        ('log_level = "loud"', "locked.log_level must be one of debug, info, warning, error"),
        ('project = "pto"', "locked.project must be a project key"),
        ('token = "witness"', "line 2: locked.token is nothing that this version knows"),
        ("[colours]\nwindow = 1", "line 3: [colours] is no section that this version knows"),
        ('[playbook]\npublic_keys = ["short"]', "playbook.public_keys must be a list of keys"),
        (
            '[playbook]\nsource = "https://me:word@files.example/x.zip"',
            "playbook.source must be a text in quotes, without",
        ),
        ('[playbook]\nsha256 = "12"', "playbook.sha256 must be 64 letters and digits"),
        ('[updates]\noff = "yes"', "updates.off must be true or false"),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    (fault,) = policy_of(tmp_path, f"[locked]\n{line}\n").faults
    assert words in fault
    assert "witness" not in fault


@pytest.mark.parametrize("line", ['sha256 = "12"', 'public_keys = "x"', "source = 5", 'source = "https'])
def test_a_pin_that_cannot_be_read_is_not_as_if_there_were_none(tmp_path: Path, line: str) -> None:
    policy = policy_of(tmp_path, f"[playbook]\n{line}\n")
    assert policy.playbook is not None
    assert not policy.playbook.sound


def test_a_policy_for_a_newer_version_is_said_and_what_is_known_of_it_holds(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, 'format = 2\n[locked]\nurl = "https://desk.example"\n')
    assert policy.locked == {"url": "https://desk.example"}
    assert len(policy.faults) == 1
    assert "written for a newer version" in policy.faults[0]


def test_settings_for_a_newer_version_are_said_and_used(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('format = 2\nagent = "Sample Agent"\n', "utf-8")
    found = settings_of(tmp_path, Policy())
    assert found.agent == "Sample Agent"
    assert "newer version of the program (settings.toml)" in found.faults[0]


# --- the registry of Windows ------------------------------------------------------------------------------------------


def test_the_registry_holds_over_the_file(tmp_path: Path) -> None:
    registry = Registry(
        locked={
            "Url": ("https://registry.example", Registry.REG_SZ),
            "Countdown": (12, Registry.REG_DWORD),
            "ca_file": (r"%SystemDrive%\pki\company.pem", Registry.REG_EXPAND_SZ),
            "": ("means nothing", Registry.REG_SZ),
        },
        retention={"keep_days": (14, Registry.REG_DWORD)},
        playbook={
            "source": (r"\\server\share\playbook.zip", Registry.REG_SZ),
            "public_keys": ([PUBLIC], Registry.REG_MULTI_SZ),
        },
        updates={"Off": (1, Registry.REG_DWORD)},
    )
    policy = policy_of(tmp_path, '[locked]\nurl = "https://file.example"\nproject = "PTO"\n', registry)
    assert policy.faults == ()
    found = settings_of(tmp_path, policy)
    assert (found.url, found.project, found.countdown) == ("https://registry.example", "PTO", 12)
    assert (found.ca_file, found.keep_days) == (r"C:\pki\company.pem", 14)
    assert found.source is not None
    assert (found.source.place, found.source.public_keys) == (r"\\server\share\playbook.zip", (PUBLIC,))
    assert [place.rpartition("\\")[2] for place in policy.read_from][1:] == ["ptodesk"]


def test_a_fault_in_the_registry_is_named_with_its_place(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "", Registry(locked={"url": (5, Registry.REG_DWORD)}))
    assert policy.site_unsure
    assert rf"registry {KEY}\locked\url: locked.url must be a text" in policy.faults[0]


def test_a_key_of_the_registry_that_is_closed_leaves_the_site_unknown(tmp_path: Path) -> None:
    registry = Registry()
    registry.closed = {"locked"}
    policy = read_policy(tmp_path / "none.toml", registry)
    assert policy.site_unsure
    assert rf"{KEY}\locked cannot be read" in policy.faults[0]


def test_an_empty_registry_is_no_policy(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "none.toml", Registry()) == Policy()
