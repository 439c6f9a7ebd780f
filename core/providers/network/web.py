"""Asks a provider over HTTP: time-outs, sizes and directions are ours to decide, not the answer's."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import msgspec

from core.media.kinds import LARGEST_FILE
from core.providers.base import ProviderError
from core.providers.network.addresses import elsewhere, open_address, origin_of
from core.providers.network.keys import Key, KeyPlace
from core.providers.network.refusals import refused

if TYPE_CHECKING:
    import httpx

MOST_HOPS = 3
_COMPLAINT = 64 << 10
"""Bytes of an answer that refuses, which are looked at for the reason."""
_JSON, _PICTURE, _NOTHING = "JSON", "a picture", "nothing"
_OCTETS = ("application/octet-stream", "binary/octet-stream")
_KEEPING = ("GET", "HEAD")
_SAFE = "The prompt is kept."


@dataclass(frozen=True, slots=True)
class Way:
    """How a provider is reached."""

    name: str
    """As sentences call it."""
    url: str
    key: KeyPlace
    connect: float
    """Seconds."""
    read: float
    """Seconds without a byte."""
    proxy: str = ""


@asynccontextmanager
async def visit(way: Way) -> AsyncIterator[Visit]:
    """A connection for one request and what belongs to it. Raises ProviderError."""
    import httpx

    key = way.key.read()
    origin = origin_of(way.url)
    if key.secret and origin.scheme == "http" and not origin.private:
        raise ProviderError(
            f"The key of {way.name} is not sent: its address begins with http, so anybody could read it.",
            safe="Nothing was sent.",
            todo="Write https in the settings.",
        )
    for name in ("httpx", "httpcore"):  # which log addresses and headers, as the other side wrote them
        logging.getLogger(name).setLevel(logging.WARNING)
    limits = httpx.Timeout(way.read, connect=way.connect)
    # Nothing of the environment: a proxy that was meant for another program would see prompts and keys.
    async with httpx.AsyncClient(
        verify=_trust(), timeout=limits, trust_env=False, follow_redirects=False, proxy=way.proxy or None
    ) as client:
        yield Visit(way, key, client)


@cache
def _trust() -> ssl.SSLContext:
    """The usual certificates, and those that this machine's owner has added; read once, it takes long."""
    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return context


class Visit:
    """Requests to one provider, with its key."""

    def __init__(self, way: Way, key: Key, client: httpx.AsyncClient) -> None:
        self._way, self._key, self._client = way, key, client
        self._origin = origin_of(way.url)

    def address(self, path: str) -> str:
        """Of something of the provider's own."""
        return f"{self._way.url.rstrip('/')}/{path.lstrip('/')}"

    async def json(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        most: int = 4 << 20,
        cost: int = 0,
    ) -> bytes:
        """What it answers, as JSON that nobody has read yet. `cost`: what it may cost, whatever comes.

        Raises ProviderError.
        """
        content = None if body is None else msgspec.json.encode(body)
        sent = {"content-type": "application/json", **(headers or {})} if content is not None else {}
        return await self._asked(method, self.address(path), _JSON, most, cost, content, sent, query)

    async def told(self, path: str, body: Any) -> None:
        """Tell it something that it has no answer to. Raises ProviderError."""
        content = msgspec.json.encode(body)
        headers = {"content-type": "application/json"}
        await self._asked("POST", self.address(path), _NOTHING, _COMPLAINT, 0, content, headers, None)

    async def picture(
        self, url: str, *, query: Mapping[str, str] | None = None, most: int = LARGEST_FILE, cost: int = 0
    ) -> bytes:
        """The bytes at an address that the provider named: its own, or one on the open network."""
        return await self._asked("GET", url, _PICTURE, most, cost, None, {}, query)

    async def _asked(
        self,
        method: str,
        url: str,
        wanted: str,
        most: int,
        cost: int,
        content: bytes | None,
        headers: Mapping[str, str],
        query: Mapping[str, str] | None,
    ) -> bytes:
        import httpx

        name = self._way.name
        try:
            for _ in range(MOST_HOPS + 1):
                request = await self._request(method, url, content, headers, query, wanted)
                answer = await self._client.send(request, stream=True)
                try:
                    if not answer.has_redirect_location:
                        return await self._body(answer, wanted, most, cost)
                    url, query = self._next(method, url, answer), None
                finally:
                    await answer.aclose()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise _unreached(name, str(error)) from None
        except httpx.TimeoutException:
            raise ProviderError(
                f"{name} has not answered in {self._way.read:g} s.", safe=_SAFE, retry=True, cost=cost
            ) from None
        except (httpx.HTTPError, httpx.StreamError):
            raise ProviderError(
                f"The connection to {name} broke off.", safe=_SAFE, retry=True, cost=cost
            ) from None
        except (httpx.InvalidURL, ValueError):
            raise elsewhere(name) from None
        raise elsewhere(name)

    async def _request(
        self,
        method: str,
        url: str,
        content: bytes | None,
        headers: Mapping[str, str],
        query: Mapping[str, str] | None,
        wanted: str,
    ) -> httpx.Request:
        """To the provider itself with its key; to others without, at an address that was looked at."""
        import httpx

        origin = origin_of(url)
        usual = {"accept-encoding": "identity", "user-agent": "genko", **headers}
        if origin == self._origin:
            if self._key.secret:
                usual["authorization"] = f"Bearer {self._key.secret}"
            return self._client.build_request(method, url, content=content, headers=usual, params=query)
        if wanted != _PICTURE:
            raise elsewhere(self._way.name)
        address = await open_address(origin, self._way.name)
        target = httpx.URL(url)
        usual["host"] = target.netloc.decode("ascii")
        # The address is the one that was looked at; the certificate is still the name's.
        return self._client.build_request(
            method, target.copy_with(host=address), headers=usual, extensions={"sni_hostname": origin.host}
        )

    def _next(self, method: str, url: str, answer: httpx.Response) -> str:
        if method not in _KEEPING and answer.status_code not in (307, 308):
            raise elsewhere(self._way.name)
        return urljoin(url, answer.headers["location"])

    async def _body(self, answer: httpx.Response, wanted: str, most: int, cost: int) -> bytes:
        name, status = self._way.name, answer.status_code
        if status >= 400:
            complaint = await _start_of(answer, _COMPLAINT)
            raise refused(name, status, answer.headers, complaint)
        if status >= 300 or (status != 200 and wanted != _NOTHING):
            raise ProviderError(
                f"{name} answers with {status}, which means nothing here.", safe=_SAFE, cost=cost
            )
        self._look_at(answer, wanted, most, cost)
        body = bytearray()
        async for piece in answer.aiter_raw():
            body += piece
            if len(body) > most:
                raise _too_long(name, most, cost)
        content = bytes(body)
        if await asyncio.to_thread(self._key.within, content):
            raise ProviderError(
                f"The answer of {name} has the key in it.",
                safe="It was thrown away.",
                todo="Look at who answers at this address.",
                cost=cost,
            )
        return content

    def _look_at(self, answer: httpx.Response, wanted: str, most: int, cost: int) -> None:
        length = answer.headers.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > most:
            raise _too_long(self._way.name, most, cost)
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        fits = kind == "application/json" or kind.endswith("+json")
        if wanted == _NOTHING:
            fits = True
        elif wanted == _PICTURE:
            fits = kind.startswith("image/") or kind in _OCTETS
        coded = answer.headers.get("content-encoding", "identity").strip().lower()
        if fits and coded == "identity":
            return
        got = "a web page" if kind == "text/html" else "something else"
        raise ProviderError(
            f"{self._way.name} answers with {got} instead of {wanted}.",
            safe=_SAFE,
            todo="Look at the address in the settings.",
            cost=cost,
        )


async def _start_of(answer: httpx.Response, most: int) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) >= most:
            break
    return bytes(body[:most])


def _too_long(name: str, most: int, cost: int) -> ProviderError:
    return ProviderError(
        f"{name} answers with more than {most / 1_000_000:,.0f} MB.", safe="It was thrown away.", cost=cost
    )


def _unreached(name: str, told: str) -> ProviderError:
    if "CERTIFICATE" in told:
        return ProviderError(
            f"{name} can't prove who it is: its certificate is not one that this machine trusts.",
            safe="Nothing was sent.",
        )
    return ProviderError(
        f"{name} can't be reached.", safe=_SAFE, todo="Is it running, and is its address right?", retry=True
    )
