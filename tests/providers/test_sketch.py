"""Sketches: the same each time, said to be sketches, and drawn from whatever words there are."""

from __future__ import annotations

import asyncio
import hashlib
import io
import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.assembly.drawing.framing import Place
from core.drafts import themes as themes_of_drafts
from core.errors import UsageError
from core.providers import Made, MakeRequest, ProviderError, ProvidersSettings, provider_named, providers
from core.providers.sketch.creatures import CREATURES
from core.providers.sketch.drawing import Look, drawn
from core.providers.sketch.naming import _NAMES, thing_named
from core.providers.sketch.places import setting_for
from core.providers.sketch.studio import Studio
from core.providers.sketch.subject import subject_of
from core.providers.sketch.things import THINGS
from tests.providers.asking import make, request_for

SKETCH = providers(ProvidersSettings(), {})["sketch"]
LISTED = (
    {"en": "lantern", "fr": "lanterne", "ja": "提灯"},
    {"en": "owl", "fr": "hibou"},
    {"en": "key", "fr": "clé", "ja": "鍵"},
)


def sketched(**changes: object) -> Image.Image:
    return Image.open(io.BytesIO(drawn_bytes(**changes)))


def drawn_bytes(**changes: object) -> bytes:
    made = make(SKETCH, request_for("picture", **{"width": 100, "height": 100, **changes}))
    return made.files[0].content


@pytest.mark.parametrize("size", [(64, 64), (512, 128), (77, 333)])
def test_a_card_has_exactly_the_size_that_was_asked_for(size: tuple[int, int]) -> None:
    for kind in ("character", "background", "prop", "cover", "other", "unknown"):
        assert sketched(width=size[0], height=size[1], kind=kind).size == size


def test_the_same_request_gives_the_same_bytes_whoever_draws_it() -> None:
    request = request_for("picture", kind="character", name="Aiko")
    other = providers(ProvidersSettings(), {})["sketch"]
    first = make(SKETCH, request)
    assert make(other, request).files == first.files
    assert make(SKETCH, request_for("picture", kind="character", name="Aiko", seed=42)).files != first.files


def test_several_at_once_do_not_meddle_with_each_other() -> None:
    requests = [request_for("picture", seed=seed, kind="background") for seed in range(6)]

    async def all_of_them() -> list[Made]:
        return await asyncio.gather(*(SKETCH.make(one, lambda share: None) for one in requests))

    together = [hashlib.sha256(made.files[0].content).hexdigest() for made in asyncio.run(all_of_them())]
    alone = [hashlib.sha256(make(SKETCH, one).files[0].content).hexdigest() for one in requests]
    assert together == alone


def test_it_is_said_that_it_is_a_sketch() -> None:
    made = make(SKETCH, request_for("picture"))
    assert made.files[0].name.startswith("sketch-")
    assert (made.model, made.note, made.cost) == ("sketch-1", "A sketch.", 0)
    picture = Image.open(io.BytesIO(made.files[0].content))
    assert "sketch" in picture.text["Description"].lower()  # type: ignore[attr-defined]
    whole = Studio()
    from core.assembly.drawing.shapes import Words
    from core.assembly.plan import Rect

    for kind in ("character", "background", "prop", "cover"):
        items = whole.items(request_for("picture", kind=kind, language="ja"), Rect(0, 0, 100, 100))
        assert any(isinstance(one, Words) and one.text == "SKETCH" for one in items)


def test_kinds_look_different_and_the_palette_is_used() -> None:
    kinds = ("character", "background", "prop", "cover")
    assert len({drawn_bytes(kind=kind, name="Ro", prompt="") for kind in kinds}) == len(kinds)
    red = sketched(kind="character", palette=("#ffffff", "#000000", "#cc2222"))
    blue = sketched(kind="character", palette=("#ffffff", "#000000", "#2222cc"))
    warm, cold = (one.convert("RGB").resize((1, 1)).getpixel((0, 0)) for one in (red, blue))
    assert warm[0] - warm[2] > 8  # type: ignore[index]
    assert cold[2] - cold[0] > 8  # type: ignore[index]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "\x1b[31m\x00\x07",
        "\ud800",
        "{concept}",
        "x" * 1_000_000,
        "走る少女、眼鏡",
        "👩‍🚀" * 50,
        "\n" * 500,
        "ｱ\u202eb",
    ],
)
def test_any_words_can_be_drawn(words: str) -> None:
    for kind in ("character", "background", "prop", "cover"):
        sketched(
            prompt=words, name=words[:300], theme=words[:300], kind=kind, palette=("red", "#12", words[:9])
        )


@settings(max_examples=12)
@given(
    st.text(max_size=60),
    st.text(max_size=200),
    st.sampled_from(("character", "background", "prop", "cover", "other")),
    st.integers(),
    st.sampled_from(("en", "fr", "ja", "de", "", "x" * 40)),
)
def test_any_request_can_be_drawn(name: str, prompt: str, kind: str, seed: int, language: str) -> None:
    sketched(name=name, prompt=prompt, kind=kind, seed=seed, language=language, width=96, height=96)


@pytest.mark.parametrize("size", [(0, 64), (64, 5000), (-1, 64)])
def test_a_size_that_makes_no_sense_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ProviderError, match="pixels can't be drawn"):
        drawn_bytes(width=size[0], height=size[1])


def test_every_thing_that_has_a_name_has_a_drawing() -> None:
    from core.assembly.plan import Rect
    from core.providers.sketch.colours import Colours

    box, colours = Rect(0, 0, 100, 100), Colours(("#3f8f4f", "#e8a33d", "#c4512d"))
    assert {thing for thing, _ in _NAMES} <= {*THINGS, *CREATURES}
    for thing in (*THINGS, *CREATURES, ""):
        for look in (Look(), Look(mirrored=True, shadow=True), Look(zoom=2.0)):
            assert list(drawn(thing, box, colours, look, box))


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("tree frog", "frog"),
        ("A sea turtle", "turtle"),
        ("poisson-clown", "clownfish"),
        ("ウミガメ", "turtle"),
        ("Planète à anneaux", "planet"),
        ("old woman", ""),
        ("catalogue", ""),
        ("monkeys", "monkey"),
        ("étoile de mer", "starfish"),
    ],
)
def test_words_name_things_in_three_languages(words: str, thing: str) -> None:
    assert thing_named(words) == thing


def test_the_concepts_of_our_themes_that_are_things_are_known() -> None:
    folder = Path(themes_of_drafts.__file__).with_name("data")
    for file in sorted(folder.glob("*.toml")):
        theme = tomllib.loads(file.read_text())
        for concept in theme["concepts"]:
            kind = concept.get("kind", theme["kinds"][0])
            if kind == "prop":
                assert thing_named(concept["names"]["en"]), concept


@pytest.mark.parametrize(
    ("name", "theme", "prompt", "expected"),
    [
        ("crossing", "Street", "View of crossing, room at the top for balloons", Place.OUTSIDE),
        ("kitchen", "Interior", "Wide view of kitchen from a corner of the room", Place.INSIDE),
        ("寝室", "室内", "", Place.INSIDE),
        ("Quai", "Rue", "", Place.OUTSIDE),
        ("Somewhere", "", "EXT. at night", Place.OUTSIDE),
        ("Somewhere", "", "in a large room", Place.INSIDE),
        ("Somewhere", "", "", Place.OUTSIDE),
    ],
)
def test_a_place_is_inside_or_outside_as_its_words_say(
    name: str, theme: str, prompt: str, expected: Place
) -> None:
    request = request_for("picture", name=name, theme=theme, prompt=prompt, kind="background")
    assert setting_for(subject_of(request, random.Random(1))).place is expected


def test_somebody_called_rose_is_not_a_flower() -> None:
    items = [drawn_bytes(kind=kind, name="Rose", prompt="") for kind in ("character", "prop")]
    assert items[0] != items[1]


def listed(step: str, **changes: object) -> MakeRequest:
    return request_for(step, listed=LISTED, **changes)


def test_concepts_are_the_themes_own_and_said_to_be() -> None:
    made = make(SKETCH, listed("concepts", count=2, words=("Owl",), language="fr"))
    assert made.concepts == ("lanterne", "hibou")
    made = make(SKETCH, listed("concepts", count=2, words=("OWL",)))
    assert made.concepts == ("lantern", "key")
    assert "theme's own list" in made.note
    assert made.model == "theme's own list"
    assert "English" not in made.note
    made = make(SKETCH, listed("concepts", count=2, words=(), language="ja"))
    assert made.concepts == ("提灯", "owl")
    assert "it is the English one" in made.note


def test_more_concepts_than_the_list_has_are_an_error_and_never_made_up() -> None:
    with pytest.raises(ProviderError, match="has 2 concepts left; 3 are wanted"):
        make(SKETCH, listed("concepts", count=3))
    with pytest.raises(ProviderError, match="0 concepts left"):
        make(SKETCH, request_for("concepts"))


def test_names_are_the_themes_own_and_what_is_not_in_it_is_said() -> None:
    made = make(SKETCH, listed("names", words=("Owl", "lantern", "Robot"), languages=("en", "fr", "ja")))
    assert made.names["fr"] == {"Owl": "hibou", "lantern": "lanterne"}
    assert made.names["ja"] == {"lantern": "提灯"}
    assert made.names["en"]["Robot"] == "Robot"
    assert set(made.unnamed["ja"]) == {"Owl", "Robot"}
    assert "nothing was translated" in made.note
    with pytest.raises(ProviderError, match="none of these names"):
        make(SKETCH, listed("names", words=("Robot",)))


def test_a_provider_that_is_not_set_up_is_named() -> None:
    found = providers(ProvidersSettings(), {})
    assert provider_named(found, "sketch").name == "sketch"
    with pytest.raises(UsageError, match=r"providers\.openai\.url"):
        provider_named(found, "openai")
    with pytest.raises(UsageError, match="no such provider"):
        provider_named(found, "\x1b[31m")
