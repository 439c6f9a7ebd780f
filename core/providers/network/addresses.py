"""Where we may be sent: never to another scheme, nor to machines that only we can reach."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from core.providers.base import ProviderError

_PORTS = {"http": 80, "https": 443}
_NEAR = (".local", ".lan", ".internal", ".home.arpa", ".localhost")
LONGEST = 8192
"""Characters of an address that somebody gives us; signed ones have more than a thousand."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port."""

    scheme: str
    host: str
    port: int

    @property
    def private(self) -> bool:
        """Whether its name alone says that it is not on the open network."""
        try:
            return not _is_open(ipaddress.ip_address(self.host))
        except ValueError:
            return "." not in self.host or self.host.endswith(_NEAR)


def origin_of(url: str) -> Origin:
    """Of an address. Raises ValueError for what is none, or has a name and a password in it."""
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise ValueError
    parts: SplitResult = urlsplit(url)
    port = parts.port
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise ValueError
    return Origin(parts.scheme, parts.hostname.rstrip("."), _PORTS[parts.scheme] if port is None else port)


async def open_address(origin: Origin, name: str) -> str:
    """An address of a host on the open network, to be connected to as it is: asked again, it may differ.

    Raises ProviderError for a host that can't be found, or any of whose addresses is a private one.
    """
    if origin.scheme != "https":
        raise elsewhere(name)
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ProviderError(
            f"The picture that {name} made can't be found at its address.", retry=True
        ) from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(_is_open(ipaddress.ip_address(one.partition("%")[0])) for one in addresses):
        raise elsewhere(name)
    return addresses[0]


def elsewhere(name: str) -> ProviderError:
    """The sentence for being sent where we don't go."""
    return ProviderError(
        f"{name} sends us to another address, which was not followed.",
        safe="Nothing was sent there, the key least of all.",
        todo="Look at the address in the settings: it has to be the one that answers by itself.",
    )


def _is_open(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return _is_open(inner)
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return _is_open(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast
