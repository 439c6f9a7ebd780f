"""What each check of the network holds: keys that others can read, hosts of two faces, calls elsewhere."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import httpx
import pytest

from core.providers import ProviderError
from core.providers.network.addresses import open_address, origin_of
from core.providers.network.keys import KeyPlace
from core.providers.network.web import Way, visit
from tests.providers.servers import KEY

OPEN, OTHER, PRIVATE = "93.184.215.14", "93.184.215.15", "10.1.2.3"


@pytest.mark.parametrize("mode", [0o640, 0o644, 0o604, 0o620])
def test_a_key_that_others_can_read_is_not_used(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    file.chmod(mode)
    place = KeyPlace("", str(file), {})
    with pytest.raises(ProviderError, match="others can read it") as caught:
        place.read()
    assert caught.value.todo == f"chmod 600 {file}"
    assert KEY not in str(caught.value)
    file.chmod(0o600)
    assert place.read().secret == KEY, "control"


@pytest.mark.parametrize("found", [(OPEN, PRIVATE), (PRIVATE, OPEN), (OPEN, "::1")])
def test_a_host_with_a_private_address_among_open_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch, found: tuple[str, ...]
) -> None:
    def answers(*addresses: str) -> None:
        """What the names' server says from now on."""
        told = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: told)

    origin = origin_of("https://pictures.example/1.png")
    answers(*found)
    with pytest.raises(ProviderError, match="another address"):
        asyncio.run(open_address(origin, "It"))
    answers(OPEN, OTHER)
    assert asyncio.run(open_address(origin, "It")) == OPEN, "control"


def test_a_picture_elsewhere_is_fetched_over_https_alone() -> None:
    with pytest.raises(ProviderError, match="another address"):
        asyncio.run(open_address(origin_of(f"http://{OPEN}/1.png"), "It"))
    assert asyncio.run(open_address(origin_of(f"https://{OPEN}/1.png"), "It")) == OPEN, "control"


def test_only_pictures_are_fetched_elsewhere_and_without_the_key() -> None:
    way = Way("It", "https://provider.example/v1", KeyPlace("A_KEY", "", {"A_KEY": KEY}), 1.0, 1.0)

    async def asked(host: str, wanted: str) -> httpx.Request:
        """The request that would be sent."""
        async with visit(way) as link:
            return await link._request("GET", f"https://{host}/v1/x", None, {}, None, wanted)

    for wanted in ("JSON", "nothing"):
        with pytest.raises(ProviderError, match="another address"):
            asyncio.run(asked(OPEN, wanted))
    assert "authorization" not in asyncio.run(asked(OPEN, "a picture")).headers, "control: it may go there"
    assert KEY in asyncio.run(asked("provider.example", "JSON")).headers["authorization"], "control"
