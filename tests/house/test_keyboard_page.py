"""docs/keyboard.md says the keys as they are."""

from pathlib import Path

from scripts.keyboard_page import MOST, count, page


def test_the_page_of_keys_is_up_to_date(project_dir: Path) -> None:
    written = (project_dir / "docs" / "keyboard.md").read_text(encoding="utf-8")
    assert written == page(), "run make keyboard-page"
    assert count() <= MOST
