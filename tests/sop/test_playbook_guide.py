"""docs/playbook.md names every text and every blank there is, as the program knows them."""

import re
from pathlib import Path

import pytest

from ptodesk_gui.sop.replies import BLANKS, TEXT_IDS, VARIABLES_FOR, Audience

IN_WORDS = {
    "all": set(Audience),
    "all but the partners' texts": set(Audience) - {Audience.PARTNER},
    "said, homeowner": {Audience.CALLER, Audience.HOMEOWNER},
    "installer": {Audience.INSTALLER},
    "partners": {Audience.PARTNER},
}


@pytest.fixture(scope="session")
def guide(project_dir: Path) -> str:
    return (project_dir / "docs" / "playbook.md").read_text(encoding="utf-8")


def test_every_text_is_in_the_table_of_files(guide: str) -> None:
    table = guide.partition("| file |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", table)) == set(TEXT_IDS)


def test_every_blank_is_in_the_table_with_where_it_may_stand(guide: str) -> None:
    rows = re.findall(r"^\| `\$(\w+)` \| [^|]+ \| ([^|]+) \|$", guide, re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(BLANKS)
    for name, where in rows:
        assert {a for a in Audience if name in VARIABLES_FOR[a]} == IN_WORDS[where], name


def test_every_key_the_guide_points_to_is_in_the_playbook(guide: str, project_dir: Path) -> None:
    toml = (project_dir / "resources" / "playbook" / "playbook.toml").read_text(encoding="utf-8")
    table = guide.partition("| you want to change |")[2].partition("\n\n")[0]
    pointed = re.findall(r"\| `([^`]+)`", table)
    assert len(pointed) > 8
    for key in pointed:
        assert key.rstrip(".]") in toml, key
