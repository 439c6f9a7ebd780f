"""A real local HTTP server for tests of providers, which can be told to misbehave in every way we know."""

from __future__ import annotations

import io
import json
import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

KEY = "sk-the-key-that-nobody-may-see-0123456789"
TYPES = {"json": "application/json", "png": "image/png"}


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Serving:
    """A server for the time of a `with`. Subclasses answer `good`."""

    fault: str = ""
    """One of FAULTS."""
    at: str = ""
    """The beginning of the paths where it is met."""
    times: int = 1_000_000
    """How often it is met."""
    port: int = 0
    elsewhere: str = ""
    """Where a redirect leads."""
    asked: list[Asked] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    """Ends what is slow."""

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """As the settings want it."""
        return self.origin

    def answer(self, asked: Asked) -> tuple[int, str, bytes]:
        """Status, content type and body of a well-behaved answer."""
        raise NotImplementedError

    def paths(self) -> list[str]:
        """Of all requests so far, without their queries."""
        return [urlsplit(one.path).path for one in self.asked]


class _Handler(BaseHTTPRequestHandler):
    owner: Serving
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        raw = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, json.loads(raw) if raw else None)
        owner = self.owner
        owner.asked.append(asked)
        try:
            if owner.fault and self.path.startswith(owner.at) and owner.times > 0:
                owner.times -= 1
                FAULTS[owner.fault](self, asked)
            else:
                self.send(*owner.answer(asked))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def _good(handler: _Handler, asked: Asked) -> tuple[str, bytes]:
    _, kind, body = handler.owner.answer(asked)
    return kind, body


def _slow(handler: _Handler, asked: Asked) -> None:
    handler.send_response(200)
    handler.send_header("content-type", _good(handler, asked)[0])
    handler.end_headers()
    handler.owner.released.wait()
    handler.close_connection = True


def _silent(handler: _Handler, asked: Asked) -> None:
    handler.owner.released.wait()
    handler.close_connection = True


def _too_many(handler: _Handler, asked: Asked) -> None:
    body = json.dumps({"error": {"message": f"slow down {KEY}", "code": "rate_limit_exceeded"}}).encode()
    handler.send(429, "application/json", body, retry_after="17")


def _too_many_until(handler: _Handler, asked: Asked) -> None:
    import time

    handler.send(429, "text/plain", b"later", retry_after=formatdate(time.time() + 90, usegmt=True))


def _failing(handler: _Handler, asked: Asked) -> None:
    handler.send(500, "text/html", b"<html>Traceback: " + KEY.encode())


def _unpaid(handler: _Handler, asked: Asked) -> None:
    handler.send(429, "application/json", b'{"error": {"code": "insufficient_quota", "message": "pay"}}')


def _truncated(handler: _Handler, asked: Asked) -> None:
    kind, body = _good(handler, asked)
    handler.send_response(200)
    handler.send_header("content-type", kind)
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.wfile.flush()
    handler.close_connection = True


def _wrong_type(handler: _Handler, asked: Asked) -> None:
    handler.send(200, "text/html", b"<html>Sign in to this hotel's network</html>")


def _redirect(handler: _Handler, asked: Asked) -> None:
    handler.send(307, "text/plain", b"", location=f"{handler.owner.elsewhere}/stolen?{KEY}")


def _inwards(handler: _Handler, asked: Asked) -> None:
    handler.send(302, "text/plain", b"", location="https://169.254.169.254/latest/meta-data/")


def _moved(handler: _Handler, asked: Asked) -> None:
    handler.send(302, "text/plain", b"", location="/pictures/0-0.png")


def _round_and_round(handler: _Handler, asked: Asked) -> None:
    handler.send(307, "text/plain", b"", location=handler.path)


def _endless(handler: _Handler, asked: Asked) -> None:
    handler.send_response(200)
    handler.send_header("content-type", _good(handler, asked)[0])
    handler.end_headers()
    handler.close_connection = True
    piece = b" " * (1 << 20)
    while not handler.owner.released.is_set():
        handler.wfile.write(piece)


def _announced(handler: _Handler, asked: Asked) -> None:
    handler.send_response(200)
    handler.send_header("content-type", _good(handler, asked)[0])
    handler.send_header("content-length", str(1 << 40))
    handler.end_headers()
    _silent(handler, asked)


def _packed(handler: _Handler, asked: Asked) -> None:
    kind, body = _good(handler, asked)
    handler.send(200, kind, zlib.compress(body), content_encoding="deflate")


def _invalid_json(handler: _Handler, asked: Asked) -> None:
    handler.send(200, "application/json", b'{"data": [' + KEY[:5].encode())


def _deep_json(handler: _Handler, asked: Asked) -> None:
    handler.send(200, "application/json", b'{"data":' + b"[" * 200_000)


def _huge_numbers(handler: _Handler, asked: Asked) -> None:
    huge = b"9" * 5000
    handler.send(
        200, "application/json", b'{"data": ' + huge + b', "choices": 1e999, "prompt_id": ' + huge + b"}"
    )


def _other_json(handler: _Handler, asked: Asked) -> None:
    handler.send(200, "application/json", b'[null, {"data": "yes"}]')


def _echo(handler: _Handler, asked: Asked) -> None:
    body = json.dumps({"error": {"message": f"Incorrect API key provided: {KEY}", "code": KEY}}).encode()
    handler.send(401, "application/json", body)


def _key_in_answer(handler: _Handler, asked: Asked) -> None:
    kind, body = _good(handler, asked)
    handler.send(200, kind, body + KEY.encode())


FAULTS: dict[str, Callable[[_Handler, Asked], None]] = {
    "slow": _slow,
    "silent": _silent,
    "too many": _too_many,
    "too many until": _too_many_until,
    "unpaid": _unpaid,
    "failing": _failing,
    "truncated": _truncated,
    "wrong type": _wrong_type,
    "redirect": _redirect,
    "inwards": _inwards,
    "moved": _moved,
    "round and round": _round_and_round,
    "endless": _endless,
    "announced": _announced,
    "packed": _packed,
    "invalid JSON": _invalid_json,
    "deep JSON": _deep_json,
    "huge numbers": _huge_numbers,
    "other JSON": _other_json,
    "key echoed": _echo,
    "key in answer": _key_in_answer,
}


def png(width: int, height: int, seed: str = "") -> bytes:
    """A picture of this size; the same for the same words."""
    from PIL import Image

    shade = zlib.crc32(seed.encode())
    image = Image.new("RGB", (width, height), (shade & 255, shade >> 8 & 255, shade >> 16 & 255))
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def huge_png(width: int = 25_000, height: int = 20_000) -> bytes:
    """The header of a picture of 500 megapixels, with hardly anything behind it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + sum_

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
