"""How the network is reached where IT has set it: by which proxy, and whose certificates are trusted besides the system's."""

from dataclasses import dataclass
from typing import Final

NO_PROXY: Final = "none"


@dataclass(frozen=True, slots=True)
class Network:
    """``proxy``: its address, ``NO_PROXY`` for none at all, empty for the system's. ``ca_file``: certificates in PEM, empty for none besides the system's."""

    proxy: str = ""
    ca_file: str = ""


class CertificatesError(Exception):
    """The file of certificates cannot be used: the text says why, in a sentence."""


AS_THE_SYSTEM: Final = Network()
