"""`genko drafts themes`, `resolved` and `from-bible`: themes and prompts from a shell."""

from __future__ import annotations

from pathlib import Path

from core.example import EXAMPLE_TEXT, EXAMPLE_TITLE
from core.story import Section
from core.workspace import Shelf
from tests.cli.conftest import Genko


def test_themes_are_listed_shown_and_checked(home: Path, genko: Genko) -> None:
    found = genko("drafts", "themes", "--json").json()
    assert len(found) == 11
    assert genko("drafts", "themes", "street", "--json").json()["size"] == [1536, 1024]
    assert "vanishing lines" in genko("drafts", "themes", "street").out
    own = home / "config" / "themes"
    own.mkdir(parents=True)
    (own / "mine.toml").write_text('style = "x"\npalette = ["red", "#000000"]\n')
    for arguments in (("--check", str(own / "mine.toml")), ("mine",)):
        ended = genko("drafts", "themes", *arguments)
        assert ended.status == 2
        assert "mine.toml, line 2, column 12" in ended.err
    listed = genko("drafts", "themes")
    assert listed.status == 1  # the good ones are listed, and the bad one is told
    assert "jungle" in listed.out
    assert "mine.toml" in listed.err


def test_a_prompt_is_drawn_up_from_the_example_and_shown_filled_in(shelf: Shelf, genko: Genko) -> None:
    entry = shelf.create(title=EXAMPLE_TITLE, text=EXAMPLE_TEXT, language="fr")
    with shelf.edited(entry.project_id) as store:
        nao = store.add_record(Section.CHARACTERS, name="NAO", age="vingt ans")
        store.add_record(Section.BACKGROUNDS, name="Naos")
    assert genko("drafts", "create", "Fiches", "--theme", "character-sheet", "--language", "fr").status == 0
    only_told = genko("drafts", "from-bible", "Fiches", "La dern", "NAO", "--dry-run").out
    assert only_told.startswith("Fiche de personnage de NAO")
    assert genko("drafts", "assets", "Fiches", "--json").json() == []
    made = genko("drafts", "from-bible", "Fiches", "La dern", "nao", "--json").json()
    assert (made["section"], made["record"], made["prompt"]) == ("characters", nao, only_told.rstrip("\n"))
    (asset,) = genko("drafts", "assets", "Fiches", "--json").json()
    assert asset["link"]["record"] == nao
    told = genko("drafts", "resolved", "Fiches", "NAO", "--json").json()
    assert told["origin"] == "asset"
    assert "{style}" in told["template"]
    assert "clean model sheet" in told["text"]
    written = genko("drafts", "prompt", "Fiches", "a {tema} of {concept}", "--asset", "NAO")
    assert (written.status, "Line 1, column 3: {tema} is no place" in written.err) == (0, True)
    ended = genko("drafts", "resolved", "Fiches", "NAO")
    assert ended.status == 1
    assert "column 3" in ended.err
    assert "Write {theme} there" in ended.err
    assert genko("drafts", "from-bible", "Fiches", "La dern", "na", "--dry-run").status == 1  # two begin so
