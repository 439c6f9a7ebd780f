"""One matrix for every provider over the network: whatever a server does, it is a sentence, and no secret."""

from __future__ import annotations

import asyncio
import logging
import pickle
import traceback
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest

from core.providers import Made, Provider, ProviderError
from core.providers.network.addresses import open_address, origin_of
from core.providers.network.refusals import seconds_in
from tests.patience import PATIENCE
from tests.providers.asking import comfyui, make, openai, request_for
from tests.providers.comfyui_server import ComfyUIServer
from tests.providers.openai_server import OpenAIServer
from tests.providers.servers import FAULTS, KEY, Serving, huge_png, png

Rig = tuple[Callable[..., Serving], Callable[..., Provider], str, str]
RIGS: dict[str, Rig] = {
    "pictures": (OpenAIServer, openai, "picture", "/v1/images/generations"),
    "pictures at an address": (lambda: OpenAIServer(by_url=True), openai, "picture", "/pictures/"),
    "concepts": (OpenAIServer, openai, "concepts", "/v1/chat/completions"),
    "names": (OpenAIServer, openai, "names", "/v1/chat/completions"),
    "the prompt": (ComfyUIServer, comfyui, "picture", "/prompt"),
    "the queue": (ComfyUIServer, comfyui, "picture", "/queue"),
    "the history": (ComfyUIServer, comfyui, "picture", "/history"),
    "the view": (ComfyUIServer, comfyui, "picture", "/view"),
}
PASSING = {"slow", "silent", "too many", "too many until", "failing", "truncated"}
"""Faults after which another try may go better, wherever they are met."""
LASTING = {"unpaid", "wrong type", "redirect", "inwards", "round and round", "announced", "packed",
           "key echoed", "key in answer"}  # fmt: skip
OF_JSON = {"invalid JSON", "deep JSON", "huge numbers", "other JSON"}
WAITING = {"slow", "silent"}


def _attacked(rig: Rig, fault: str) -> ProviderError:
    """What is said of the fault. Who waits in vain is not patient; more so where it came not even so far."""
    for read_seconds in (0.05, 1.0, PATIENCE) if fault in WAITING else (PATIENCE,):
        error, met = _attacked_once(rig, fault, read_seconds)
        if met:
            return error
    raise AssertionError("the server was never asked there")


def _attacked_once(rig: Rig, fault: str, read_seconds: float) -> tuple[ProviderError, bool]:
    make_server, make_provider, step, at = rig
    with make_server() as server, ComfyUIServer() as other:
        server.fault, server.at, server.elsewhere = fault, at, other.origin.replace("127.0.0.1", "localhost")
        before = server.times
        provider = make_provider(server.url, read_seconds=read_seconds)
        with pytest.raises(ProviderError) as caught:
            make(provider, request_for(step, seconds=2 * PATIENCE))
        assert not other.asked  # nobody followed a redirect
    return caught.value, server.times < before


BOUNDED = sorted(set(FAULTS) - {"endless", "moved"})
MATRIX = [(where, fault) for where in sorted(RIGS) for fault in BOUNDED]
FEW = [pair for at, pair in enumerate(MATRIX) if at % 6 == 0]
"""Each place with three faults, and nearly each fault somewhere; the others in the sweep."""


@pytest.mark.parametrize(
    ("where", "fault"),
    [pytest.param(*pair, marks=() if pair in FEW else pytest.mark.soak) for pair in MATRIX],
)
def test_every_fault_is_a_sentence_without_the_key(
    where: str, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = _attacked(RIGS[where], fault)
    if fault in PASSING:
        assert error.retry, error
    elif fault in LASTING:
        assert not error.retry or where == "the view", error
    told = "".join(traceback.format_exception(error)) + repr(error) + caplog.text + repr(error.__dict__)
    assert KEY not in told
    assert "slow down" not in told  # the server's own words are not ours
    assert error.what.endswith(".")


@pytest.mark.parametrize("where", sorted(RIGS))
def test_without_a_fault_the_same_request_succeeds(where: str) -> None:
    make_server, make_provider, step, _ = RIGS[where]
    with make_server() as server:
        made = make(make_provider(server.url), request_for(step))
    assert made.files or made.concepts or made.names


@pytest.mark.parametrize("where", ["concepts", "the history", "pictures at an address"])
def test_a_body_without_an_end_is_given_up_at_its_limit(where: str) -> None:
    error = _attacked(RIGS[where], "endless")
    assert "more than" in error.what


@pytest.mark.parametrize(("fault", "least", "most"), [("too many", 17, 17), ("too many until", 60, 90)])
def test_when_to_come_again_is_read_in_both_forms(fault: str, least: float, most: float) -> None:
    for where in ("pictures", "concepts", "the prompt"):
        error = _attacked(RIGS[where], fault)
        assert error.retry_after is not None
        assert least <= error.retry_after <= most


def _pictured(make_server: Callable[..., Serving], picture: bytes) -> Made:
    with make_server(picture=picture) as server:
        provider = (openai if isinstance(server, OpenAIServer) else comfyui)(server.url)
        return make(provider, request_for("picture"))


@pytest.mark.parametrize("server", [OpenAIServer, ComfyUIServer])
@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (b"GIF89a" + b"\0" * 100, "no picture"),
        (b"<html>" + b"x" * 100, "no picture"),
        (b"\0" * 100, "no picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "no picture"),
        (b"PK\x03\x04" + b"\0" * 100, "no picture"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"\xff\xd8\xff\xe0\0\x02", "damaged"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "damaged"),
        (huge_png(), "25,000 × 20,000"),
        (huge_png(70_000, 10), "70,000 × 10"),
        (huge_png(0, 10), "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "sent",
)
def test_what_is_no_picture_is_refused_before_it_is_opened(
    server: Callable[..., Serving], picture: bytes, said: str
) -> None:
    with pytest.raises(ProviderError, match=said) as caught:
        _pictured(server, picture)
    assert caught.value.cost > 0  # it was paid for nevertheless


@pytest.mark.parametrize("server", [OpenAIServer, ComfyUIServer])
def test_a_picture_is_passed_on_as_it_came(server: Callable[..., Serving]) -> None:
    picture = png(31, 17, "any")
    assert _pictured(server, picture).files[0].content == picture


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/picture.png",
        "https://localhost:1/picture.png",
        "https://127.0.0.1/picture.png",
        "https://10.1.2.3/picture.png",
        "https://[::1]/picture.png",
        "https://[::ffff:10.0.0.1]/picture.png",
        "https://[64:ff9b::a00:1]/picture.png",
        "https://169.254.169.254/latest",
        "https://0.0.0.0/",
        "https://2130706433/",
        "https://name:password@example.org/picture.png",
        "file:///etc/passwd",
        "//example.org/picture.png",
        "https://exa mple.org/",
        "https://example.org:99999999/",
        "https://" + "a" * 10_000,
        "gopher://127.0.0.1/",
        "data:image/png;base64,iVBORw0KGgo=",
    ],
)
def test_a_picture_is_fetched_from_nowhere_that_only_we_can_reach(address: str) -> None:
    with OpenAIServer(by_url=True, address=address) as server:
        with pytest.raises(ProviderError) as caught:
            make(openai(server.url), request_for("picture"))
        assert server.paths() == ["/v1/images/generations"]
    assert "password" not in str(caught.value)


def test_a_redirect_within_the_server_is_followed() -> None:
    with OpenAIServer(by_url=True) as server:
        server.address = f"{server.origin}/v1/moved"
        server.fault, server.at, server.times = "moved", "/v1/moved", 1
        assert make(openai(server.url), request_for("picture")).files
        assert server.paths()[-2:] == ["/v1/moved", "/pictures/0-0.png"]


def test_all_together_may_take_so_long_and_no_longer() -> None:
    for seconds in (0.2, 2, 20):  # a busy machine may not even have begun in so short a time
        with ComfyUIServer(steps=-1) as server:
            with pytest.raises(
                ProviderError, match=rf"not done in {seconds} s".replace(".", r"\.")
            ) as caught:
                make(comfyui(server.url), request_for("picture", seconds=seconds))
            assert caught.value.retry
            if server.graphs:
                assert len(server.interrupted) == 1  # it does not go on for nobody
                return
    raise AssertionError("nothing was ever begun")


@pytest.mark.parametrize("make_provider", [openai, comfyui])
def test_nobody_at_the_address_is_said(make_provider: Callable[..., Provider]) -> None:
    with OpenAIServer() as server:
        url = server.url
    with pytest.raises(ProviderError, match="can't be reached") as caught:
        make(make_provider(url), request_for("picture"))
    assert caught.value.retry
    assert caught.value.cost == 0


@pytest.mark.parametrize("make_provider", [openai, comfyui])
def test_a_provider_shows_no_key(make_provider: Callable[..., Provider]) -> None:
    provider = make_provider("https://example.org/v1")
    assert KEY not in repr(provider) + repr(vars(provider)) + repr(provider.standing())
    assert "A_KEY" in provider.standing().key
    with pytest.raises(ProviderError) as caught:
        asyncio.run(make_provider("http://example.org/v1").check())
    assert "anybody could read it" in caught.value.what
    assert KEY not in repr(pickle.dumps(caught.value.args))


def test_control_a_client_that_follows_would_be_sent_elsewhere() -> None:
    with OpenAIServer() as server, ComfyUIServer() as other:
        server.fault, server.elsewhere = "redirect", other.origin
        httpx.post(f"{server.url}/images/generations", json={}, follow_redirects=True)
        assert other.asked


def test_control_the_client_itself_would_log_what_a_server_says(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="httpcore")
    with OpenAIServer() as server:
        server.fault = "redirect"
        httpx.get(f"{server.url}/models")
    assert KEY in caplog.text


def test_control_the_open_network_is_not_refused() -> None:
    found = asyncio.run(open_address(origin_of("https://93.184.215.14/picture.png"), "It"))
    assert found == "93.184.215.14"
    with OpenAIServer(by_url=True) as server:  # its own address is private, and fine
        assert make(openai(server.url), request_for("picture")).files


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("17", 17.0),
        ("1e999", 3600.0),
        ("99999999999", 3600.0),
        ("-5", 0.0),
        ("nan", None),
        ("", None),
        ("soon", None),
        ("Sun, 22 Nov 2026 00:01:30 GMT", 90.0),
        ("Sat, 21 Nov 2026 00:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600.0),
        ("Sun, 99 Nov 2026 00:01:30 GMT", None),
        ("x" * 100_000, None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_when_to_come_again_in_any_form(text: str, seconds: float | None) -> None:
    assert seconds_in(text, datetime(2026, 11, 22, tzinfo=UTC)) == seconds


def test_the_environment_sends_us_to_no_proxy_and_the_settings_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with OpenAIServer() as server, OpenAIServer() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.origin)
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert make(openai(server.url), request_for("picture")).files
        assert not proxy.asked
        httpx.get(f"{server.url}/models")  # the control: others would go there
        assert len(proxy.asked) == 1
        with pytest.raises(ProviderError):
            make(openai(server.url, proxy=proxy.origin), request_for("picture"))
        assert proxy.asked[-1].path == f"{server.url}/images/generations"
