"""Which prompt counts: an asset's own, the pack's, the theme's; and what each says once it is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.drafts.pack.draft import Draft, new_draft
from core.drafts.prompting.from_bible import prompt_from_bible, prompt_of
from core.drafts.prompting.resolving import NoPrompt, resolved_prompt, values_for
from core.drafts.themes import ThemeError, Themes, themes
from core.errors import UsageError
from core.paths import Paths
from core.placeholders import UnknownPlaceholder, check
from core.story import AssemblyPage, Background, Character, ProjectStore, Scene, Section


@pytest.fixture(scope="module")
def shipped() -> Themes:
    return themes(Paths(*[Path("/nowhere")] * 4))


def pack(**fields: object) -> Draft:
    return Draft(new_draft("La mer", "fr", theme="ocean", languages=["fr", "en"], **fields))


def test_the_nearest_prompt_counts_and_is_filled_in_each_time(shipped: Themes) -> None:
    draft = pack()
    asset = draft.add_asset("character", "pieuvre")

    def now() -> tuple[str, str, str]:
        found = draft.asset(asset)
        told = resolved_prompt(draft, found, "image", shipped)
        return told.origin, told.text, told.revision

    origin, text, revision = now()
    assert (origin, revision) == ("theme", "")
    assert "One pieuvre in clear blue water" in text
    assert shipped.get("ocean").style in text
    general = draft.write_prompt(None, "image", "{concept} dans {theme}, {style}")
    assert now() == ("pack", f"pieuvre dans Océan, {shipped.get('ocean').style}", general)
    own = draft.write_prompt(asset, "image", "Un {concept} ({kind}) de « {name} », {{vif}}")
    assert now() == ("asset", "Un pieuvre (character) de « La mer », {vif}", own)
    draft.use_prompt(asset, "image", "")
    assert now()[0] == "pack"
    draft.update_pack(style="au pinceau", description="les abysses")
    assert now()[1] == "pieuvre dans Océan, au pinceau"


def test_concepts_and_music_are_the_packs(shipped: Themes) -> None:
    draft = pack()
    told = resolved_prompt(draft, None, "concepts", shipped, count=12)
    assert told.text.startswith("In French, name 12 ")
    assert "ce qui vit dans la mer" in resolved_prompt(draft, None, "music", shipped).text
    with pytest.raises(UnknownPlaceholder, match="count"):
        resolved_prompt(draft, None, "concepts", shipped)  # how many was not said
    draft.write_prompt(None, "music", "a song of {concept}")
    with pytest.raises(UnknownPlaceholder, match="concept"):
        resolved_prompt(draft, None, "music", shipped)


@pytest.mark.parametrize("left", ["{tema}", "{object}", "{", "{concept"])
def test_what_can_not_be_filled_in_is_never_sent(shipped: Themes, left: str) -> None:
    draft = pack()
    asset = draft.asset(draft.add_asset("prop", "épave"))
    draft.write_prompt(None, "image", f"a picture of {left} at night")
    with pytest.raises(UnknownPlaceholder, match="column 14"):
        resolved_prompt(draft, asset, "image", shipped)


def test_a_pack_without_any_theme_has_its_own_prompts_or_none(shipped: Themes) -> None:
    draft = Draft(new_draft("Loose", "en"))
    asset = draft.asset(draft.add_asset("other", "lamp"))
    with pytest.raises(NoPrompt):
        resolved_prompt(draft, asset, "image", shipped)
    draft.write_prompt(None, "image", "{concept}: a {kind} of {theme}")
    assert resolved_prompt(draft, asset, "image", shipped).text == "lamp: a thing of Loose"
    assert values_for(draft, None, "music", shipped).keys() == {
        *("name", "theme", "style", "description", "language")
    }


def test_a_theme_that_can_not_be_read_is_no_reason_to_send_another_prompt(tmp_path: Path) -> None:
    own = tmp_path / "themes"
    own.mkdir()
    (own / "ocean.toml").write_text("half = ")
    found = themes(Paths(tmp_path, tmp_path, tmp_path, tmp_path))
    draft = pack()
    asset = draft.asset(draft.add_asset("prop", "épave"))
    with pytest.raises(ThemeError, match="line 1"):
        resolved_prompt(draft, asset, "image", found)
    draft.write_prompt(None, "image", "{concept}")
    assert resolved_prompt(draft, asset, "image", found).text == "épave"


def test_prompts_of_the_bible_say_its_words_in_the_projects_language(shipped: Themes) -> None:
    nao = Character(
        id="1", name="Nao {x}", age="vingt ans", appearance="de l'encre\njusqu'au coude", traits=("têtu",)
    )
    told = prompt_from_bible(nao, "fr")
    assert told == prompt_from_bible(nao, "fr")
    assert told.startswith("Fiche de personnage de Nao {{x}} : ")
    for words in ("Âge : vingt ans.", "Apparence : de l'encre jusqu'au coude.", "Traits : têtu."):
        assert words in told
    assert not check(told)
    draft = pack()
    asset = draft.add_asset("character", "Nao")
    draft.write_prompt(asset, "image", told, "bible")
    sent = resolved_prompt(draft, draft.asset(asset), "image", shipped).text
    assert "Nao {x}" in sent
    assert shipped.get("ocean").style in sent
    assert prompt_from_bible(Character(id="1", name="Nao", style="au crayon"), "fr").count("{") == 0


@pytest.mark.parametrize("language", ["en", "fr", "ja", "es", "it", "de", "fi"])
def test_each_sort_of_record_has_a_prompt_in_each_language(language: str) -> None:
    for record in (
        Character(id="1", name="N"),
        Background(id="2", name="N", kind="x"),
        Scene(id="3", title="N"),
    ):
        told = prompt_from_bible(record, language)
        assert "N" in told
        assert not check(told)
    with pytest.raises(UsageError):
        prompt_from_bible(AssemblyPage(id="4"), language)


def test_a_scene_names_its_people_and_its_place() -> None:
    store = ProjectStore.create(title="x", language="ja")
    nao = store.add_record(Section.CHARACTERS, name="ナオ")
    loft = store.add_record(Section.BACKGROUNDS, name="屋根裏")
    scene = store.add_record(Section.SCENES, title="締切", characters=[nao], background=loft)
    told = prompt_of(store, Section.SCENES, scene)
    assert "シーン「締切」" in told
    assert "登場人物：ナオ。" in told
    assert "場所：屋根裏。" in told
    with pytest.raises(UsageError):
        prompt_of(store, Section.SCENES, "nobody")
