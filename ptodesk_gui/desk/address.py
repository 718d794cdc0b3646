"""Addresses of sites: which are used, and which belong together."""

import ipaddress
from urllib.parse import urlsplit


class AddressError(ValueError):
    """A site address that is not used: the text says why, in a sentence."""


def is_loopback(host: str | None) -> bool:
    """Whether the host is this computer itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def site_address(url: str) -> str:
    """The site's address in one form: scheme, host and port in lower case, no slash at the end.

    Raises AddressError for an address that is none, that carries a sign-in or a query, or that is plain http to another computer.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError("The site's address cannot be read.") from error
    if parts.scheme not in ("https", "http") or not host:
        raise AddressError("The site's address must look like https://your-company.atlassian.net.")
    if parts.username is not None or parts.query or parts.fragment:
        raise AddressError("The site's address must be the plain address, with nothing after it and no sign-in in it.")
    if parts.scheme == "http" and not is_loopback(host):
        raise AddressError("The site's address must begin with https.")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


def origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)
