"""Whatever a universe says: no prompt of it is lost, and no place is passed on unfilled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.drafts import Draft
from core.drafts.bringing.making import make_store
from core.drafts.bringing.planning import plan_universe
from core.drafts.pack.prompts import checked_prompt
from core.drafts.prompting.resolving import NoPrompt, resolved_prompt
from core.drafts.themes import themes
from core.errors import GenkoError
from core.legacy.magikswipe.universes import Asset, Music, Universe
from core.paths import Paths
from core.placeholders import KNOWN, PlaceholderError, check, placeholders

SHIPPED = themes(Paths(*[Path("/nowhere")] * 4))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
WORDS = st.text(max_size=12) | st.sampled_from(["Étoile", "étoile", "虎", "../x", "a{b}", "\x1b[31m", " "])
PROMPTS = st.just("") | st.lists(
    st.sampled_from(
        ["a ", "tiger ", "{concept}", "{tema}", "{object}", "{", "}", "{{x}}", "{no such}", "虎", "\0", "\n"]
    ),
    max_size=6,
).map("".join)
LANGUAGES = st.sampled_from(["fr", "en", "pt-BR", "", "xx", "fr-FR", "fr-fr"])
ASSETS = st.builds(
    Asset,
    name=WORDS,
    sort_order=st.integers(0, 5),
    where=st.just("there"),
    names=st.dictionaries(LANGUAGES, WORDS, max_size=3),
    image_prompt=PROMPTS,
    video_prompt=PROMPTS,
    verified=st.booleans(),
    other_prompts=st.lists(st.tuples(st.sampled_from(["image_prompt", "video_prompt"]), PROMPTS), max_size=2),
    said_image=WORDS,
)
UNIVERSES = st.builds(
    Universe,
    where=st.just("there"),
    form=st.just("draft"),
    slug=WORDS,
    name=WORDS,
    theme=WORDS | st.sampled_from(["jungle", "vehicules_de_chantier"]),
    description=PROMPTS,
    background_color=st.sampled_from(["", "red", "#00FF00"]),
    is_public=st.none() | st.booleans(),
    names=st.dictionaries(LANGUAGES, WORDS, max_size=3),
    image_prompt=PROMPTS,
    video_prompt=PROMPTS,
    loose_prompts=st.lists(st.tuples(st.sampled_from(["image_prompt", "video_prompt"]), PROMPTS), max_size=2),
    music=st.dictionaries(LANGUAGES, st.builds(Music, lyrics=PROMPTS, prompt=PROMPTS), max_size=3),
    assets=st.lists(ASSETS, max_size=4),
    thumbnail=WORDS,
)


def kept(text: str) -> str:
    """A prompt as it is kept; empty for one without words."""
    try:
        return checked_prompt(text)
    except GenkoError:
        return ""


@given(UNIVERSES)
def test_whatever_it_says_it_becomes_a_draft_and_no_prompt_is_lost(universe: Universe) -> None:
    pack = plan_universe(universe, SHIPPED)
    draft = Draft(make_store(pack, "slug", {}, SHIPPED, NOW))
    assert plan_universe(universe, SHIPPED) == pack  # the same each time, its id too
    assert draft.name
    assert not draft.is_public
    assert len(draft.assets()) == len(universe.assets)
    assert all(asset.name for asset in draft.assets())
    there = {text for one in draft.index.prompts.values() if (text := one.text)}
    said = [text for one in universe.assets for text in (one.image_prompt, one.video_prompt)]
    said += [text for _, text in universe.loose_prompts]
    said += [text for one in universe.assets for _, text in one.other_prompts]
    said += [universe.image_prompt, universe.video_prompt, *(one.prompt for one in universe.music.values())]
    assert {kept(text) for text in said} - {""} <= there
    songs = [one for one in universe.music.values() if one.lyrics.strip() or kept(one.prompt)]
    assert len(draft.attempts(None, "music")) == len(songs)
    sung = [one for one in draft.attempts(None, "music") if one.parameters.get("lyrics")]
    assert len(sung) == sum(bool(one.lyrics) for one in songs)


@given(UNIVERSES)
def test_no_place_is_passed_on_unfilled_and_each_is_warned_of(universe: Universe) -> None:
    pack = plan_universe(universe, SHIPPED)
    draft = Draft(make_store(pack, "slug", {}, SHIPPED, NOW))
    for attempt in draft.attempts(None, "music"):
        assert not KNOWN.intersection(placeholders(attempt.resolved.replace("{{", "")))
    for asset, coming in zip(draft.assets(), pack.assets, strict=True):
        own = draft.own_prompt(asset.id, "image")
        first = coming.image_prompt.text if coming.image_prompt else ""
        if check(first) or KNOWN.intersection(placeholders(first)):
            assert any("pictures holds" in remark for remark in coming.remarks)
        try:
            sent = resolved_prompt(draft, asset, "image", SHIPPED).text
        except (PlaceholderError, NoPrompt):
            continue
        assert not (own and check(own.text))
        assert "{tema}" not in sent
        assert "{object}" not in sent
