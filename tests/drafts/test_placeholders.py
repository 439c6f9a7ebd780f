"""The grammar of prompts: nothing is filled in wrongly, nothing leaks, nothing is lost in translation."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.placeholders import (
    ALLOWED,
    KNOWN,
    MOST_PROBLEMS,
    PlaceholderError,
    UnknownPlaceholder,
    check,
    escaped,
    mask,
    placeholders,
    resolve,
    unmask,
)

VALUES = {name: f"<{name}>" for name in KNOWN}
PIECES = st.one_of(
    st.text(alphabet="aZXQKzxqk0٣１ é。\n", max_size=8),
    st.sampled_from([f"{{{name}}}" for name in sorted(KNOWN)] + ["{{", "}}", "ZXQ0K0QXZ", "z x q 1 k"]),
)
PROMPTS = st.lists(PIECES, max_size=12).map("".join)
ANY = st.text(alphabet="{}abc\n concepttheme", max_size=60) | st.lists(
    st.sampled_from(["{", "}", "{concept}", "{tema}", "{ style }", "x"]), max_size=20
).map("".join)


@given(ANY)
def test_what_is_not_refused_has_no_place_left(text: str) -> None:
    problems = check(text)
    if problems:
        with pytest.raises(UnknownPlaceholder) as error:
            resolve(text, VALUES)
        assert error.value.problem == problems[0]
        return
    resolved = resolve(text, VALUES)
    if "{{" not in text and "}}" not in text:
        assert not re.search(r"[{}]", resolved)
    assert all(f"<{name}>" in resolved for name in placeholders(text))


@given(st.text(max_size=80))
def test_words_that_are_escaped_say_exactly_themselves(text: str) -> None:
    assert not check(escaped(text))
    assert resolve(escaped(text), VALUES) == text


@given(ANY)
def test_problems_say_where_they_are(text: str) -> None:
    lines = text.split("\n")
    for problem in check(text):
        assert text[problem.start : problem.end] in lines[problem.line - 1][problem.column - 1 :]


def test_values_are_put_in_as_they_are() -> None:
    assert resolve("a {concept}, {{not}} more", {"concept": "cat {x} {{y}}"}) == "a cat {x} {{y}}, {not} more"


def test_a_value_that_was_never_filled_in_itself_is_refused() -> None:
    with pytest.raises(UnknownPlaceholder, match="column 3"):
        resolve("a {concept}", {"concept": "{theme}", "theme": "sea"})
    assert resolve("a {theme}", {"concept": "{theme}", "theme": "sea"}) == "a sea"  # it isn't asked for


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("{tema}", "{theme}"), ("{Thema}", "{theme}"), ("{object}", "{concept}"), ("{word}", "{concept}")),
        *(("{Concept}", "{concept}"), ("{ concept }", "{concept}"), ("{concpet}", "{concept}")),
        *(("{theme_description}", "{description}"), ("{langauge}", "{language}"), ("{entirely}", "")),
    ],
)
def test_a_misspelt_place_is_told_with_what_is_meant(written: str, meant: str) -> None:
    (problem,) = check(f"a\nbit of {written}")
    assert (problem.line, problem.column, problem.suggestion) == (2, 8, meant)
    with pytest.raises(UnknownPlaceholder) as error:
        resolve(f"a\nbit of {written}", VALUES)
    assert "Line 2, column 8" in error.value.what
    assert "Nothing was sent" in error.value.safe


def test_a_place_without_a_meaning_here_is_told() -> None:
    (problem,) = check("a song of {concept}", ALLOWED["music"])
    assert "has no meaning here" in problem.what
    assert not check("a picture of {concept}", ALLOWED["image"])


def test_words_in_braces_are_not_repeated_in_errors() -> None:
    with pytest.raises(UnknownPlaceholder) as error:
        resolve("{my secret plot, told here}", VALUES)
    assert "secret" not in str(error.value)


TRANSLATORS: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "small": str.lower,
    "capital": str.upper,
    "title": str.title,
    "swapped": str.swapcase,
    "wide": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "apart": lambda text: re.sub(r"(?<=\d)(?=\D)|(?<=\D)(?=\d)", " ", text),
    "spaced": lambda text: "\u200b ".join(text),
    "arabic": lambda text: text.translate({ord(str(n)): chr(0x660 + n) for n in range(10)}),
    "reversed": lambda text: " ".join(reversed(text.split(" "))),
}


@pytest.mark.parametrize("translator", TRANSLATORS)
@given(text=PROMPTS)
def test_places_survive_any_translator(translator: str, text: str) -> None:
    masked = mask(text)
    assert not re.search(r"[{}]", masked.text)  # control: what is given away has no place to translate
    back = unmask(TRANSLATORS[translator](masked.text), masked)
    if translator == "nothing":
        assert back == text
    found = re.compile(r"\{\{|\}\}|\{\w+\}")
    assert sorted(found.findall(back)) == sorted(found.findall(text))


def test_control_a_place_that_is_not_masked_is_translated() -> None:
    assert resolve(unmask(mask("de {theme}").text.upper(), mask("de {theme}")), VALUES) == "DE <theme>"
    assert check("de {theme}".upper())


def test_a_translation_that_lost_a_place_is_refused() -> None:
    masked = mask("a {concept} in the {theme}")
    with pytest.raises(PlaceholderError, match=r"lost \{concept\}"):
        unmask(masked.text.replace("K0", ""), masked)
    assert unmask(f"{masked.text} {masked.text}", masked).count("{concept}") == 2


@given(PROMPTS, st.data())
def test_a_lost_place_is_never_overlooked(text: str, data: st.DataObject) -> None:
    masked = mask(text)
    if not masked.pieces:
        return
    lost = data.draw(st.integers(0, len(masked.pieces) - 1))
    sign = f"ZXQ{masked.serial}K{lost}QXZ"
    with pytest.raises(PlaceholderError):
        unmask(masked.text.replace(sign, "…"), masked)


HOSTILE = ("{", "}", "{{", "{concept}", "{tema}", "Z", "ZXQ", "ZXQ1", "ZXQ1K", "Z \u200b ", "a{" + "b" * 79)


@pytest.mark.timeout(30)  # what grows with the square of the length takes hours
@pytest.mark.parametrize("size", [20_000, pytest.param(1_000_000, marks=pytest.mark.soak)])
def test_a_long_prompt_costs_no_more_than_its_length(size: int) -> None:
    for piece in HOSTILE:
        text = piece * (size // len(piece))
        assert len(check(text)) <= MOST_PROBLEMS
        masked = mask(text)
        assert unmask(masked.text, masked) == text
        assert resolve(escaped(text), VALUES) == text
