"""Themes: all that ship are good, and whatever is wrong with one's own is told by line and column."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.drafts.themes import Theme, ThemeError, Themes, read_theme, themes
from core.drafts.themes.shelf import ORDER
from core.drafts.themes.toml_places import Places
from core.errors import NotFound
from core.paths import Paths
from core.placeholders import ALLOWED, check

OLD = ("jungle", "ocean", "space", "farm", "vehicles", "building-site")
GOOD = """\
style = "ink"
palette = ["#ffffff", "#000000"]
kinds = ["prop"]

[names]
en = "Tea"  # comment = "not a key"
[descriptions]
en = "tea things"
[prompts]
image = "A {concept}, {style}."
[[concepts]]
names = { en = "pot", fr = "théière" }
[[concepts]]
kind = "background"
names.en = "tea house"
"""


def paths(folder: Path) -> Paths:
    return Paths(*(folder / name for name in ("data", "config", "logs", "state")))


def with_own(folder: Path, **files: str) -> Themes:
    own = folder / "config" / "themes"
    own.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (own / f"{name}.toml").write_text(text, encoding="utf-8")
    return themes(paths(folder))


@pytest.mark.parametrize("key", ORDER)
def test_what_ships_is_whole(tmp_path: Path, key: str) -> None:
    theme = themes(paths(tmp_path)).get(key)
    assert theme.key == key
    languages = {"en", "fr", "ja", "es", "it", "de"}
    assert theme.names.keys() == theme.descriptions.keys() == languages
    media = ("concepts", "image", "clip", "music") if key in OLD else ("concepts", "image", "clip")
    for medium in media:
        assert theme.prompt(medium)
        assert not check(theme.prompt(medium), ALLOWED[medium])
    assert "{concept}" in theme.prompts.image
    assert "{count}" in theme.prompts.concepts
    assert len(theme.concepts) >= 10
    wanted = languages if key in OLD else {"en", "fr", "ja"}
    for concept in theme.concepts:
        assert concept.names.keys() == wanted
        assert theme.kind_of(concept) in theme.kinds
    for language in wanted:  # names that are told apart, in each language
        names = [theme.concept_name(concept, language).casefold() for concept in theme.concepts]
        assert len(set(names)) == len(names)


def test_the_six_old_ones_and_five_for_comics_are_there(tmp_path: Path) -> None:
    found = themes(paths(tmp_path))
    assert [theme.key for theme in found.all()] == list(ORDER)
    assert set(OLD) < set(ORDER)
    assert found.get("ocean").name("fr-CA") == "Océan"
    assert found.get("ocean").name("fi") == "Ocean"


def test_ones_own_are_added_and_go_before_ours(tmp_path: Path) -> None:
    found = with_own(tmp_path, tea=GOOD, ocean=GOOD.replace("Tea", "My sea"))
    assert found.get("tea").concepts[1].kind == "background"
    assert found.get("ocean").name() == "My sea"
    assert found.own == {"tea", "ocean"}
    assert not found.problems


def test_a_broken_one_is_told_and_ours_does_not_stand_in_for_it(tmp_path: Path) -> None:
    found = with_own(tmp_path, ocean=GOOD.replace("style =", "stile ="))
    (problem,) = found.problems
    assert (problem.line, problem.column) == (1, 1)
    assert problem.todo == "Is style meant?"
    with pytest.raises(ThemeError, match=r"ocean\.toml, line 1, column 1"):
        found.get("ocean")
    assert "ocean" not in [theme.key for theme in found.all()]
    assert found.get("jungle")


def test_a_theme_that_is_not_there_is_told_with_what_is_near(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="jungle"):
        themes(paths(tmp_path)).get("jungel")


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "told"),
    [
        ('"ink"', '"ink', 1, 13, "no TOML"),
        ('style = "ink"', "", 1, 1, "“style” is missing"),
        ('"#000000"', '"black"', 2, 23, "#rrggbb"),
        ('kinds = ["prop"]', 'kinds = ["prop", "hat"]', 3, 18, "no kind"),
        ('kinds = ["prop"]', "kinds = 3", 3, 9, "list"),
        ('en = "Tea"', 'en = "Tea"\nklingonese = "x"', 7, 1, "language"),
        ('en = "Tea"', 'en = "Tea"\nfr = ""', 7, 6, "one line"),
        ('en = "Tea"', 'fr = "Thé"', 5, 1, "“en” is missing"),
        ("{concept}", "{concpt}", 10, 12, "Is {concept} meant"),
        ("image =", "picture =", 10, 1, "Nothing is known of “picture”"),
        ('"A {concept}, {style}."', '"""\\\n   A\\n{tema}"""', 11, 7, "Is {theme} meant"),
        ('fr = "théière"', 'fr = "{pot}"', 12, 28, "no braces"),
        ('kind = "background"', 'kind = "back"', 14, 8, "no kind"),
        ('names.en = "tea house"', 'names.en = "Pot"', 15, 12, "already"),
        ('names.en = "tea house"', 'names.en = "tea house"\nnote = "x"', 16, 1, "Nothing is known of “note”"),
        ('names.en = "tea house"', "names.en = 7", 15, 12, "text"),
        ('style = "ink"', 'style = "ink"\nkey = "tea"', 2, 1, "name of the file"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(
    old: str, new: str, line: int, column: int, told: str
) -> None:
    assert isinstance(read_theme(GOOD, "tea", "tea.toml"), Theme)  # control: as it was, it is good
    with pytest.raises(ThemeError) as error:
        read_theme(GOOD.replace(old, new, 1), "tea", "tea.toml")
    assert (error.value.line, error.value.column) == (line, column)
    assert f"tea.toml, line {line}, column {column}" in error.value.what
    assert told in f"{error.value.what} {error.value.todo}"


def test_files_that_are_none_are_told_and_stop_nothing(tmp_path: Path) -> None:
    own = tmp_path / "config" / "themes"
    own.mkdir(parents=True)
    (own / "bytes.toml").write_bytes(b'style = "ok"\nnames = "\xff"')
    (own / "big.toml").write_bytes(b"#" * 600_000)
    (own / "deep.toml").write_bytes(b"a = " + b"[" * 5_000)
    (own / "Bad Name.toml").write_text(GOOD)
    (own / ".hidden.toml").write_text("half")
    (own / "folder.toml").mkdir()
    os.mkfifo(own / "pipe.toml")
    found = themes(paths(tmp_path))
    told = {Path(problem.file).stem: problem for problem in found.problems}
    assert told.keys() == {"bytes", "big", "deep", "Bad Name"}
    assert (told["bytes"].line, told["bytes"].column) == (2, 10)
    assert [theme.key for theme in found.all()] == list(ORDER)


WORDS = st.text(alphabet='ab "\\\n\t#=[]{},é', max_size=8)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), WORDS | st.lists(WORDS, max_size=3)))
def test_values_are_found_wherever_they_are_written(table: dict[str, str | list[str]]) -> None:
    import tomlkit

    text = "# first\n" + tomlkit.dumps({"t": table, "last": [table, table]})
    places, lines = Places(text), text.split("\n")
    for key, value in table.items():
        for path in (("t", key), ("last", 1, key)):
            spot = places.key(path)
            assert lines[spot.line - 1][spot.column - 1 :].lstrip('"[').startswith(key)
            if isinstance(value, str) and value:
                assert _sign_at(lines, places, path, len(value) - 1) in (value[-1], "\\")


def _sign_at(lines: list[str], places: Places, path: tuple[str | int, ...], index: int) -> str:
    spot = places.value(path, index)
    return (lines[spot.line - 1] + "\n")[spot.column - 1]
