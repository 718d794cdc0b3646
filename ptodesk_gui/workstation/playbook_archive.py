"""A playbook in one file, a .zip: read in memory within bounds and never unpacked to a disk, made the same every time, signed by a lead."""

import base64
import binascii
import hashlib
import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from ptodesk_gui.sop.faults import PlaybookFault, PlaybookFaults
from ptodesk_gui.workstation.playbook_files import REPLIES, TOML_NAME, decoded, playbook_of_files, reply_files

if TYPE_CHECKING:
    from ptodesk_gui.sop.playbook import Playbook

MOST_BYTES: Final = 1024 * 1024  # of the file
MOST_UNPACKED: Final = 4 * 1024 * 1024
MOST_FILES: Final = 500
SIGNATURE: Final = ".sig"  # what the name of the file with the signature ends with, after the .zip's name
LONGEST_SIGNATURE: Final = 1024

NO_ZIP: Final = "is no .zip, or a damaged one."
TOO_LARGE: Final = f"is larger than a playbook can be ({MOST_UNPACKED // 1024**2} MB, {MOST_FILES} files)."
NO_TOML: Final = f"has no {TOML_NAME} in it."
_WHAT: Final = b"ptodesk playbook\n"  # so that a signature means this and nothing else
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


class PinError(Exception):
    """An archive is not what the policy wants: the text says why, in a sentence."""


def hash_of(raw: bytes) -> str:
    """The SHA-256 of an archive, in small letters."""
    return hashlib.sha256(raw).hexdigest()


def load_archive(raw: bytes, name: str = "playbook.zip") -> "Playbook":
    """The playbook in the archive. Raises PlaybookFaults with every fault. Loads pydantic."""
    files = _files(raw, name)
    toml = decoded(files.pop(TOML_NAME), TOML_NAME)
    if isinstance(toml, PlaybookFault):
        raise PlaybookFaults([toml])
    texts = {file: decoded(content, file) for file, content in files.items()}
    return playbook_of_files(toml, texts, TOML_NAME)


def pack(folder: Path) -> bytes:
    """The archive of a playbook's folder (or its playbook.toml): the same bytes for the same files. Raises OSError."""
    toml = folder / TOML_NAME if folder.is_dir() else folder
    files = {TOML_NAME: toml.read_bytes()}
    files |= {f"{REPLIES}/{file.name}": file.read_bytes() for file in reply_files(toml.parent / REPLIES)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in sorted(files.items()):
            about = zipfile.ZipInfo(name, _LONG_AGO)
            about.create_system = 3
            about.external_attr = 0o644 << 16
            archive.writestr(about, content)  # not compressed: libraries of other versions do that in other ways
    return out.getvalue()


def new_key() -> tuple[bytes, str]:
    """A lead's new key: the private part as a PEM file's content, the public part as the policy has it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), _public(key)


def sign(raw: bytes, pem: bytes) -> tuple[str, str]:
    """The signature of an archive by a private key, as the file beside it has it, and the public key. Raises ValueError for no such key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem, None)
    except TypeError as error:
        raise ValueError("the key is locked with a password") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("the key is of another kind")
    return base64.b64encode(key.sign(_statement(raw))).decode() + "\n", _public(key)


def check_pins(raw: bytes, signature: str, sha256: str, public_keys: tuple[str, ...]) -> None:
    """Raise PinError unless the archive has this hash (empty: any) and a signature of one of these keys (none: it needs none)."""
    if sha256 and hash_of(raw) != sha256:
        raise PinError(f"It is not the one that the policy names: its SHA-256 is {hash_of(raw)}.")
    if public_keys and not any(_is_signed(raw, signature, key) for key in public_keys):
        raise PinError(
            "It has no signature." if not signature.strip() else "None whom the policy names has signed it as it is."
        )


def _is_signed(raw: bytes, signature: str, public_key: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature.strip(), validate=True), _statement(raw))
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _statement(raw: bytes) -> bytes:
    return _WHAT + hash_of(raw).encode()


def _public(key: object) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    assert isinstance(key, Ed25519PrivateKey)  # noqa: S101 - for the type checker
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def _files(raw: bytes, name: str) -> dict[str, bytes]:
    """The playbook's files by their names beside playbook.toml, wherever that stands in the archive; what is none of it is left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(raw) > MOST_BYTES or len(entries) > MOST_FILES:
                raise PlaybookFaults([PlaybookFault(name, None, "", TOO_LARGE)])
            base = _base(entries)
            if base is None:
                raise PlaybookFaults([PlaybookFault(name, None, "", NO_TOML)])
            wanted = {}
            for entry in entries:
                inside = _inside(entry.filename, base)
                if inside == TOML_NAME or (inside.startswith(f"{REPLIES}/") and inside.endswith(".txt")):
                    wanted[inside] = entry
            return _unpacked(archive, wanted, name)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        if isinstance(error, PlaybookFaults):
            raise
        raise PlaybookFaults([PlaybookFault(name, None, "", NO_ZIP)]) from None


def _unpacked(archive: zipfile.ZipFile, wanted: dict[str, zipfile.ZipInfo], name: str) -> dict[str, bytes]:
    """What the files hold. No header is believed about how much that is."""
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for inside, entry in wanted.items():
        with archive.open(entry) as file:
            found[inside] = file.read(left + 1)
        left -= len(found[inside])
        if left < 0:
            raise PlaybookFaults([PlaybookFault(name, None, "", TOO_LARGE)])
    return found


def _base(entries: list[zipfile.ZipInfo]) -> str | None:
    """The folder in the archive that playbook.toml stands in, the outermost where there are several; None without any."""
    places = [PurePosixPath(entry.filename) for entry in entries if PurePosixPath(entry.filename).name == TOML_NAME]
    shortest = min(places, key=lambda place: len(place.parts), default=None)
    return None if shortest is None else shortest.parent.as_posix()


def _inside(name: str, base: str) -> str:
    path = PurePosixPath(name)
    if base == ".":
        return path.as_posix()
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else ""
