"""The commands about drafts do what they say, answer programs in JSON, and fail in one line."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import UUID

import pytest

from core.drafts import Drafts
from core.media import MediaStore
from core.paths import Paths
from core.story import Section
from core.workspace import Shelf
from tests.cli.conftest import Genko, genko, home
from tests.draft_screens.conftest import made
from tests.drafts.acting import tried
from tests.media.making import png

__all__ = ["genko", "home"]


def test_a_draft_from_its_making_to_the_trash(genko: Genko, home: Path) -> None:
    made = genko(
        "drafts", "create", "Forêt", "--theme", "jungle", "--language", "fr", "--language", "en", "--json"
    )
    told = made.json()
    assert (told["slug"], told["status"], told["visibility"]) == ("foret", "draft", "private")
    fox = genko("drafts", "add", "foret", "Renard", "--kind", "character", "--in", "en=Fox", "--json").json()
    assert (fox["names"], fox["media"]["image"]["status"]) == ({"en": "Fox"}, "none")
    for text in ("a fox", "a red fox"):
        assert genko("drafts", "prompt", "foret", text, "--asset", "renard", "--json").json()["text"] == text
    first, second = genko("drafts", "prompts", "foret", "--asset", "Renard", "--json").json()
    assert (first["in_use"], second["in_use"]) == (False, True)
    back = genko("drafts", "prompt", "foret", "--asset", "Renard", "--use", first["id"][:8], "--json").json()
    assert back["text"] == "a fox"
    assert genko("drafts", "rename", "foret", "Bois", "--json").json()["slug"] == "foret"
    copy = genko("drafts", "duplicate", "foret", "--as", "Lande", "--json").json()
    assert (copy["slug"], copy["assets"]) == ("lande", 1)
    assert genko("drafts", "trash", "foret").status == 0
    assert [one["slug"] for one in genko("drafts", "list", "--json").json()] == ["lande"]
    assert [one["slug"] for one in genko("drafts", "list", "--trash", "--json").json()] == ["foret"]
    assert genko("drafts", "restore", "foret", "--json").json()["name"] == "Bois"
    shown = genko("drafts", "show", "foret", "--json").json()
    assert (shown["languages"], shown["spent"], shown["theme"]) == (["fr", "en"], 0, "jungle")
    assert genko("projects", "--json").json() == []


def test_what_is_in_a_draft_is_changed_by_commands(genko: Genko, home: Path, tmp_path: Path) -> None:
    genko("drafts", "create", "Forêt", "--language", "fr")
    for name in ("Renard", "Hibou", "Chêne"):
        genko("drafts", "add", "foret", name)
    shelf = Shelf(Paths.from_environment())
    with shelf.edited(shelf.create(title="Rain").project_id) as store:
        mika = store.add_record(Section.CHARACTERS, name="Mika")

    def order(*more: str) -> list[str]:
        return [one["name"] for one in genko("drafts", "assets", "foret", *more, "--json").json()]

    told = genko(
        "drafts",
        "edit",
        "foret",
        "ren",
        "--kind",
        "character",
        "--in",
        "en=Fox",
        "--name",
        "Goupil",
        "--project",
        "rain",
        "--record",
        "MIKA",
        "--json",
    ).json()
    assert (told["kind"], told["names"], told["link"]["record"]) == ("character", {"en": "Fox"}, mika)
    assert genko("drafts", "move", "foret", "chêne", "--to", "1").status == 0
    assert order() == ["Chêne", "Goupil", "Hibou"]
    assert genko("drafts", "remove", "foret", "goupil").status == 0
    assert (order(), order("--trash")) == (["Chêne", "Hibou"], ["Goupil"])
    assert genko("drafts", "put-back", "foret", "goupil").status == 0
    assert order() == ["Chêne", "Goupil", "Hibou"]
    assert (
        genko(
            "drafts",
            "set",
            "foret",
            "--style",
            "ink",
            "--budget",
            "1.5",
            "--cover",
            "goupil",
            "--language",
            "fr",
            "--language",
            "pt_br",
            "--in",
            "en=Wood",
        ).status
        == 0
    )
    shown = genko("drafts", "show", "foret", "--json").json()
    assert (shown["style"], shown["budget"], shown["cover"]) == ("ink", 1_500_000, told["id"])
    assert (shown["languages"], shown["names"]) == (["fr", "pt-BR"], {"en": "Wood"})
    for arguments in (
        ("set", "foret"),
        ("edit", "foret", "goupil"),
        ("move", "foret", "goupil", "--to", "0"),
        ("edit", "foret", "goupil", "--record", "Mika"),
        ("put-back", "foret", "goupil"),
    ):
        ended = genko("drafts", *arguments)
        assert (ended.status in (1, 2), ended.err.count("\n")) == (True, 1)


def test_a_candidate_is_accepted_by_command(genko: Genko, home: Path) -> None:
    draft_id = genko("drafts", "create", "Forêt").out.removesuffix("\n")  # nothing else: for scripts
    drafts = Drafts(Paths.from_environment())
    with drafts.edited(UUID(draft_id)) as draft:
        fox = draft.add_asset("character", "Renard")
        first, second = tried(draft, fox), tried(draft, fox)
    assert genko("drafts", "accept", "foret", "ren", "--json").json()["media"]["image"]["accepted"] == second
    assert genko("drafts", "accept", "foret", fox, first[:12]).status == 0
    listed = genko("drafts", "assets", "foret", "--json").json()
    assert (listed[0]["media"]["image"]["accepted"], listed[0]["media"]["image"]["candidates"]) == (first, 2)
    rejected = genko("drafts", "reject", "foret", "ren", "--json").json()["media"]["image"]
    assert (rejected["accepted"], rejected["candidates"]) == (None, 2)
    checked = genko("drafts", "check", "foret", "--json")  # their files never were there
    assert (checked.status, len(checked.json()["missing"])) == (1, 2)


def test_an_older_candidate_whose_file_is_gone_is_told_and_is_no_failure(
    genko: Genko, home: Path, tmp_path: Path
) -> None:
    draft_id = UUID(genko("drafts", "create", "Forêt").out.strip())
    drafts = Drafts(Paths.from_environment())
    media = MediaStore(drafts.shelf.media_of(draft_id))
    (tmp_path / "fox.png").write_bytes(png(40, 30))
    sound = media.add(tmp_path / "fox.png")
    with drafts.edited(draft_id) as draft:
        fox = draft.add_asset("character", "Renard")
        older = tried(draft, fox)  # its file is nowhere
        newer = made(draft, fox, sound)
    assert genko("drafts", "check", "foret").status == 1  # nobody has said which one counts
    genko("drafts", "accept", "foret", fox, newer)
    checked = genko("drafts", "check", "foret")
    assert checked.status == 0
    assert "Renard: an older candidate" in checked.out
    assert "can be made again" not in checked.out
    told = genko("drafts", "check", "foret", "--json").json()
    assert [(one["attempt"], one["older"]) for one in told["missing"]] == [(older, True)]
    genko("drafts", "accept", "foret", fox, older)
    checked = genko("drafts", "check", "foret")
    assert checked.status == 1
    assert "older candidate" not in checked.out


def test_what_makes_no_sense_is_one_line_and_changes_nothing(genko: Genko, home: Path) -> None:
    genko("drafts", "create", "Forêt")
    genko("drafts", "add", "foret", "a \x1b[31mred\x1b[0m fox")
    for arguments, sentence in (
        (("create", "x", "--slug", "../../x"), "A slug has"),
        (("create", "x", "--slug", "foret"), "called foret already"),
        (("create", "x", "--language", "french"), "named by its code"),
        (("create", "x", "--theme", "jungel"), "Is jungle meant"),
        (("add", "foret", "x", "--in", "Fox"), "LANGUAGE=NAME"),
        (("add", "foret", "x", "--kind", "monster"), "monster"),
        (("prompt", "foret", "x" * 40_000), "32,000 characters"),
        (("prompt", "foret", "x", "--asset", "nobody"), "No asset"),
        (("accept", "foret", "a"), "No single candidate"),
        (("hang", "foret", "a"), "not linked"),
        (("place", "foret", "a", "nothing", "--page", "0", "--panel", "1"), "counted from 1"),
        (("show", "nothing"), "No draft fits"),
        (("restore", "foret"), "No draft fits"),
    ):
        ended = genko("drafts", *arguments)
        assert ended.status in (1, 2), arguments
        assert sentence in ended.err, ended.err
        assert ended.err.count("\n") == 1
    told = genko("drafts", "assets", "foret")
    assert "\x1b" not in told.out
    assert len(told.out.splitlines()) == 1


def test_a_prompt_comes_from_a_pipe(genko: Genko, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    genko("drafts", "create", "Forêt")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a {concept} at night")))
    assert (
        genko("drafts", "prompt", "foret", "--file", "-", "--json").json()["text"] == "a {concept} at night"
    )
