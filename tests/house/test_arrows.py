"""Which room may import from which, as docs and design say it; anything else fails here, wherever the import stands."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "ptodesk_gui"
EVERYTHING = frozenset({"*"})

# room: what of ours it may import besides itself. A module of the package's root is a room of its own.
ARROWS: dict[str, frozenset[str]] = {
    "__init__": frozenset(),
    "__main__": EVERYTHING,
    "app": EVERYTHING,
    "application": EVERYTHING,  # the parts of app.py
    "tour": EVERYTHING,  # walks through the real window
    "console": EVERYTHING,
    "sop": frozenset(),
    "desk": frozenset({"sop"}),
    "outbox": frozenset({"desk", "sop"}),
    "practice": frozenset(),
    "workstation": frozenset({"sop"}),
    "ui": frozenset(
        {
            "sop.case",
            "sop.entry",
            "sop.form",
            "sop.grace",
            "sop.ledger",
            "sop.plan",
            "sop.progress",
            "sop.steps",
            "sop.tickets",
            "sop.training",
            "sop.view",
        }
    ),
}
FACES = {"__main__", "app", "application", "console", "tour"}  # imported by nobody but each other

# Inside ui: every folder but the shared one is a page. Pages do not import each other, only what is shared; the files
# beside the folders are the frame, which knows the pages.
UI_SHARED = {"widgets", "theme"}

# Where Qt may be imported at all, and what the pure room may not touch.
QT_ROOMS = {"__main__", "app", "application", "tour", "ui"}
NOT_IN_SOP = {
    *(
        "PySide6",
        "jira",
        "requests",
        "keyring",
        "urllib.request",
        "http",
        "socket",
        "sqlite3",
        "subprocess",
        "threading",
    ),
    *("os", "shutil", "tempfile", "time", "random", "uuid", "secrets", "logging", "locale"),
}
CLOCK_CALLS = {"today", "now", "utcnow"}


def imports(path: Path, package_dir: Path) -> Iterator[tuple[int, str]]:
    """Every module that the file imports, with its line: at the top, in a function, under a condition, by name."""
    inside = path.relative_to(package_dir.parent).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = (*inside[: len(inside) - node.level],) if node.level else ()
            module = ".".join((*base, *((node.module,) if node.module else ())))
            yield node.lineno, module
            for alias in node.names:
                if (package_dir.parent / module.replace(".", "/") / alias.name).with_suffix(".py").exists() or (
                    package_dir.parent / module.replace(".", "/") / alias.name
                ).is_dir():
                    yield node.lineno, f"{module}.{alias.name}"
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__") and isinstance(node.args[0].value, str):
                yield node.lineno, node.args[0].value


def place(path: Path, package_dir: Path) -> tuple[str, ...]:
    """The parts of the file's module below the package: ("ui", "call", "page")."""
    return path.relative_to(package_dir).with_suffix("").parts


def arrow_faults(package_dir: Path) -> list[str]:
    """Every import of ours that ARROWS does not allow, and every room that it does not name."""
    faults = []
    for path in sorted(package_dir.rglob("*.py")):
        parts = place(path, package_dir)
        room = parts[0]
        if room not in ARROWS:
            faults.append(f"{room}: a room that the list of arrows does not name")
            continue
        for line, module in imports(path, package_dir):
            names = module.split(".")
            if names[0] != package_dir.name:
                if names[0] == "PySide6" and room not in QT_ROOMS:
                    faults.append(f"{'/'.join(parts)}.py:{line}: {room} imports Qt")
                if room == "sop" and (names[0] in NOT_IN_SOP or module in NOT_IN_SOP):
                    faults.append(f"{'/'.join(parts)}.py:{line}: sop imports {module}")
                continue
            fault = _inner_fault(parts, names[1:])
            if fault:
                faults.append(f"{'/'.join(parts)}.py:{line}: {fault}")
    return sorted(set(faults))


def _inner_fault(parts: tuple[str, ...], target: list[str]) -> str | None:
    if not target:  # the package itself: its version
        return None
    room, to = parts[0], target[0]
    if to == room:
        if room == "ui" and len(target) > 1 and (len(parts) > 2 or parts[1] in UI_SHARED):
            allowed = UI_SHARED if parts[1] in UI_SHARED else UI_SHARED | {parts[1]}
            return None if target[1] in allowed else f"ui.{parts[1]} imports ui.{target[1]}"
        return None
    if ARROWS[room] == EVERYTHING:
        return None
    if to in FACES:
        return f"{room} imports {to}"
    allowed_here = ARROWS[room]
    if to in allowed_here or ".".join(target[:2]) in allowed_here:
        return None
    if len(target) == 1 and any(a.startswith(to + ".") for a in allowed_here):
        return None  # the parent package of an allowed module
    return f"{room} imports {'.'.join(target)}"


def clock_faults(package_dir: Path) -> list[str]:
    """Every place in sop that asks the clock."""
    return [
        f"{path.name}:{node.lineno}: sop asks the clock"
        for path in sorted((package_dir / "sop").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS
    ]


def test_rooms_import_only_along_the_arrows(project_dir: Path) -> None:
    assert arrow_faults(project_dir / PACKAGE) == []


def test_what_the_pages_see_of_the_procedure_is_records(project_dir: Path) -> None:
    """A module that ui may import brings nothing of the procedure with it but records of the same list."""
    package = project_dir / PACKAGE
    brought = {
        f"{name}: {module}"
        for name in ARROWS["ui"]
        for _, module in imports(package / f"{name.replace('.', '/')}.py", package)
        if module.startswith(f"{PACKAGE}.") and module != f"{PACKAGE}.sop"
        if ".".join(module.split(".")[1:3]) not in ARROWS["ui"]
    }
    assert brought == set()


def test_the_procedure_asks_no_clock(project_dir: Path) -> None:
    assert clock_faults(project_dir / PACKAGE) == []


def test_what_the_arrows_forbid_is_found(tmp_path: Path) -> None:
    """Each line below breaks one arrow; none of them may pass."""
    package = tmp_path / PACKAGE
    files = {
        "sop/advice.py": "import os\nfrom ptodesk_gui.desk import desk\nfrom datetime import date\ndate.today()\n",
        "sop/case.py": "",
        "desk/desk.py": "def f() -> None:\n    from ptodesk_gui.outbox import store\n",
        "outbox/store.py": "from ptodesk_gui import app\nfrom ptodesk_gui.sop import case\n",
        "practice/server.py": "from ..sop import case\n",
        "workstation/paths.py": "import importlib\nimportlib.import_module('ptodesk_gui.desk.desk')\n",
        "ui/call/page.py": "from ptodesk_gui.ui.review import page\nfrom ptodesk_gui.sop import case, advice\n",
        "ui/review/page.py": "from ptodesk_gui.ui.widgets import card\nimport PySide6.QtCore\n",
        "ui/widgets/card.py": "from ptodesk_gui.ui.call import page\n",
        "ui/main_window.py": "from ptodesk_gui.ui.call import page\n",
        "console/main.py": "from ptodesk_gui.outbox import store\nfrom PySide6 import QtCore\n",
        "cellar/wine.py": "",
        "app.py": "from ptodesk_gui.ui.call import page\nfrom ptodesk_gui.outbox import store\n",
    }
    for name, text in files.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, "utf-8")
    found = arrow_faults(package)
    assert found == sorted(
        [
            "cellar: a room that the list of arrows does not name",
            "console/main.py:2: console imports Qt",
            "desk/desk.py:2: desk imports outbox",
            "desk/desk.py:2: desk imports outbox.store",
            "outbox/store.py:1: outbox imports app",
            "practice/server.py:1: practice imports sop",
            "practice/server.py:1: practice imports sop.case",
            "sop/advice.py:1: sop imports os",
            "sop/advice.py:2: sop imports desk",
            "sop/advice.py:2: sop imports desk.desk",
            "ui/call/page.py:1: ui.call imports ui.review",
            "ui/call/page.py:2: ui imports sop.advice",
            "ui/widgets/card.py:1: ui.widgets imports ui.call",
            "workstation/paths.py:2: workstation imports desk.desk",
        ]
    )
    assert clock_faults(package) == ["advice.py:4: sop asks the clock"]
