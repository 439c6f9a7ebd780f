"""OpenAI's protocol as it should be: pictures, concepts, names."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from core.providers import ProviderError
from tests.providers.asking import make, openai, request_for
from tests.providers.openai_server import OpenAIServer
from tests.providers.servers import KEY


@pytest.mark.parametrize("by_url", [False, True])
def test_a_picture_in_the_answer_or_at_an_address_of_the_server(by_url: bool) -> None:
    heard: list[float] = []
    with OpenAIServer(by_url=by_url) as server:
        made = make(openai(server.url), request_for("picture"), heard)
    assert Image.open(io.BytesIO(made.files[0].content)).size == (80, 64)
    assert (made.files[0].mime, made.model, made.cost) == ("image/png", "gpt-image-1", 40_000)
    first = server.asked[0]
    assert (first.body["n"], first.body["size"]) == (1, "80x64")
    assert first.headers["authorization"] == f"Bearer {KEY}"
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_the_nearest_of_the_sizes_that_a_model_has_is_asked_for() -> None:
    with OpenAIServer() as server:
        provider = openai(server.url, sizes=["64x64", "96x64", "64x96"])
        for width, height, expected in ((640, 640, "64x64"), (1600, 900, "96x64"), (500, 900, "64x96")):
            made = make(provider, request_for("picture", width=width, height=height))
            assert made.parameters["size"] == expected


def test_concepts_are_new_and_as_many_as_were_asked_for() -> None:
    with OpenAIServer() as server:
        made = make(openai(server.url), request_for("concepts", count=4))
    assert made.concepts == ("Bridge", "Fox", "Library", "Umbrella")
    assert made.cost == 1500  # 150 tokens at 10 a million
    with OpenAIServer(said='```json\n{"concepts": ["A", "B", "C"]}\n```') as server:
        assert make(openai(server.url), request_for("concepts")).concepts == ("A", "B", "C")


@pytest.mark.parametrize(
    "said",
    [
        '{"concepts": ["A", "B"]}',
        '{"concepts": ["A", "B", "C", "D"]}',
        '{"concepts": ["A", "a", "B"]}',
        '{"concepts": ["A", "owl", "B"]}',
        '{"concepts": ["A", "", "B"]}',
        '{"concepts": ["A", "B", 3]}',
        '{"concepts": ["A", "B", "%s"]}' % ("x" * 200),
        '{"concepts": ["A", "B", "C\\u001b[2J"]}',
        '["A", "B", "C"]',
        "Here they are: A, B and C.",
        "{" * 50_000,
    ],
)
def test_other_concepts_are_an_error_and_never_canned_ones(said: str) -> None:
    with OpenAIServer(said=said) as server, pytest.raises(ProviderError) as caught:
        make(openai(server.url), request_for("concepts"))
    assert caught.value.retry
    assert caught.value.cost


def test_names_are_translated_and_places_kept() -> None:
    request = request_for("names", words=("Owl", "Owl of {name}"), languages=("en", "fr", "ja"))
    with OpenAIServer() as server:
        made = make(openai(server.url), request)
    assert made.names["fr"] == {"Owl": "Owl (fr)", "Owl of {name}": "Owl of {name} (fr)"}
    assert made.names["en"]["Owl"] == "Owl"
    assert not made.unnamed
    assert "{name}" not in server.asked[0].body["messages"][1]["content"]


@pytest.mark.parametrize(
    "wrong", ["null", "3", '""', '"' + "x" * 300 + '"', '"Hibou"', '"Hibou {nom}"', '"a\\nb\\u0000"']
)
def test_a_name_that_is_wrong_is_said_and_the_others_stay(wrong: str) -> None:
    said = f'{{"fr": {{"n1": "Hibou", "n2": {wrong}}}}}'
    request = request_for("names", words=("Owl", "Owl of {name}"), languages=("fr", "ja"))
    with OpenAIServer(said=said) as server:
        made = make(openai(server.url), request)
    assert made.names == {"fr": {"Owl": "Hibou"}}
    assert set(made.unnamed["fr"]) == {"Owl of {name}"}
    assert set(made.unnamed["ja"]) == {"Owl", "Owl of {name}"}
    assert made.unnamed["ja"]["Owl"].endswith("gave no translation of it.")


def test_no_name_at_all_is_an_error() -> None:
    with OpenAIServer(said='{"de": {}}') as server, pytest.raises(ProviderError, match="none of the names"):
        make(openai(server.url), request_for("names"))


@pytest.mark.parametrize("count", [0, 2])
def test_another_number_of_pictures_is_an_error(count: int) -> None:
    with OpenAIServer(pictures=count) as server, pytest.raises(ProviderError, match="instead of one"):
        make(openai(server.url), request_for("picture"))


def test_a_prompt_of_a_megabyte_is_not_sent() -> None:
    with OpenAIServer() as server, pytest.raises(ProviderError, match="1,000,000 characters"):
        make(openai(server.url), request_for("picture", prompt="x" * 1_000_000))
    assert not server.asked


def test_an_estimate_sends_nothing_and_is_not_too_low() -> None:
    with OpenAIServer() as server:
        provider = openai(server.url)
        request = request_for("names")
        assert provider.estimate(request_for("picture")) == 40_000
        assert provider.estimate(request) >= 1500
        assert not server.asked
