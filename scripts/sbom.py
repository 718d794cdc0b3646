"""resources/legal/sbom.cdx.json: what the program is made of (CycloneDX), from the lock files, with licences and hashes.

The same lock files give the same file: it has no time of its own in it, and its number is made from its content.
"""

import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ptodesk_gui import __version__
from scripts.licenses_page import licence
from scripts.locked import REQUIREMENTS, ROOT, lock

FILE = ROOT / "resources" / "legal" / "sbom.cdx.json"
SPACE = uuid.UUID("5f0d5d1e-5d0c-4d5f-9d5c-0c4f5f6e6a51")  # ours, for numbers that are made from content


def text() -> str:
    """The file's text."""
    data: dict[str, Any] = json.loads(JsonV1Dot6(_bom()).output_as_string())
    del data["metadata"]["timestamp"]
    del data["serialNumber"]
    data["serialNumber"] = uuid.uuid5(SPACE, json.dumps(data, sort_keys=True)).urn
    return json.dumps(data, indent=1, sort_keys=True) + "\n"


def main(target: Path = FILE) -> int:
    """Write the file."""
    target.write_text(text(), encoding="utf-8")
    return 0


def _bom() -> Bom:
    bom = Bom()
    program = Component(name="ptodesk", version=__version__, type=ComponentType.APPLICATION, bom_ref="ptodesk")
    bom.metadata.component = program
    hashes = dict(_hashes())
    found = {package.name: _component(package.name, package.version, package.marker, hashes) for package in lock("run")}
    python = Component(
        name="python", version="3.11 or newer, as built", bom_ref="python", licenses=[LicenseExpression("PSF-2.0")]
    )
    for component in (*found.values(), python):
        bom.components.add(component)
    bom.register_dependency(program, [*(found[name] for name in _direct() if name in found), python])
    for name, component in found.items():
        bom.register_dependency(component, [found[needed] for needed in sorted(_needs(name)) if needed in found])
    return bom


def _component(name: str, version: str, marker: str, hashes: dict[str, list[str]]) -> Component:
    properties = [Property(name="ptodesk:hashes", value="of every file of this version that the lock file accepts")]
    if marker:
        properties.append(Property(name="ptodesk:only-where", value=marker))
    return Component(
        name=name,
        version=version,
        bom_ref=f"{name}@{version}",
        purl=PackageURL("pypi", None, name, version),
        licenses=[LicenseExpression(licence(name) or "NOASSERTION")],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=value) for value in hashes[name]],
        properties=properties,
    )


def _hashes() -> Iterator[tuple[str, list[str]]]:
    """Every package of the program with its hashes."""
    name, found = "", list[str]()
    for line in (REQUIREMENTS / "run.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            if name:
                yield name, found
            name, found = line.partition("==")[0], []
        elif match := re.search(r"sha256:([0-9a-f]{64})", line):
            found.append(match[1])
    yield name, found


def _direct() -> list[str]:
    """What pyproject.toml asks for."""
    import tomllib

    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [canonicalize_name(Requirement(line).name) for line in about["project"]["dependencies"]]


def _needs(name: str) -> set[str]:
    """What a package needs without its extras; nothing is known of one that belongs to another system."""
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return set()
    return {canonicalize_name(found.name) for found in map(Requirement, lines) if "extra" not in str(found.marker)}


if __name__ == "__main__":
    sys.exit(main())
