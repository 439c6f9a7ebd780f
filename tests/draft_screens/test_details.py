"""The lines of an asset and of a draft: all that is known, harmless whatever it is."""

from __future__ import annotations

from rich.cells import cell_len

from core.cells import wrap
from core.drafts.pack.draft import Draft, new_draft
from core.drafts.pack.files import note_missing
from core.drafts.status import Status
from core.drafts.themes import Themes
from screens.bible.views.lines import Line
from screens.drafts.assets.said import state_words
from screens.drafts.details.asset import Said, detail_lines
from screens.drafts.details.pack import budget_of, budget_words, pack_lines
from screens.drafts.jobs.board import Job, JobBoard
from tests.draft_screens.conftest import made, some_picture

HOSTILE = "[red]Fox[/]\x1b[31m\u202e\u0007"
WIDTH = 60


def plain(lines: list[Line]) -> str:
    return "\n".join(line.plain for line in lines)


def test_everything_of_an_asset_is_there_and_harmless() -> None:
    draft = Draft(new_draft("Jungle", "en", languages=["en", "fr"]))
    asset_id = draft.add_asset("prop", HOSTILE, names={"fr": "Renard"})
    draft.write_prompt(asset_id, "image", f"A prompt {HOSTILE}")
    first = made(draft, asset_id, some_picture(1))
    made(draft, asset_id, status="failed", error=f"It was refused: {HOSTILE}")
    draft.accept(asset_id, first)
    asset = draft.asset(asset_id)
    assert asset is not None
    said = plain(detail_lines(draft, asset, "image", WIDTH, Said(link="Akira, character of Night")))
    for words in ("[red]Fox[/]", "Renard", "prop", "Akira, character of Night", "A prompt", "1 revision"):
        assert words in said
    assert "1 candidate" in said
    assert "accepted" in said
    assert "failed" in said
    assert not any(ord(letter) < 32 and letter != "\n" for letter in said)
    assert "\u202e" not in said


def test_everything_of_a_draft_is_there_and_harmless() -> None:
    draft = Draft(new_draft("Jungle", "en", languages=["en", "fr"], slug="jungle"))
    draft.update_pack(description=HOSTILE, style="woodcut", budget=2_500_000, names={"fr": "La jungle"})
    draft.write_prompt(None, "concepts", "Name {count} animals")
    said = plain(pack_lines(draft, Themes({}), WIDTH))
    for words in ("Jungle", "La jungle", "jungle", "woodcut", "only you", "at most 2.50", "Name {count}"):
        assert words in said
    assert not any(ord(letter) < 32 and letter != "\n" for letter in said)


def test_an_amount_is_read_as_people_write_it() -> None:
    assert budget_of("2.50") == 2_500_000
    assert budget_of(" 2,5 ") == 2_500_000
    assert budget_of("") == 0
    assert [budget_of(text) for text in ("two", "-1", "nan", "inf", "1e99")] == [None] * 5


def test_an_amount_that_is_left_as_it_stands_stays_what_it_is() -> None:
    assert budget_words(0) == ""
    assert budget_words(2_500_000) == "2.5"
    for count in (1, 10_000, 1_234_567_890, 2_000_000_000, 999_999_999_999):
        assert budget_of(budget_words(count)) == count


def test_what_is_made_is_told_as_far_as_there_is_room() -> None:
    board = JobBoard()
    board.put([Job(str(number), state="running") for number in range(200)], 0.0)
    for number in range(12):
        board.hear(str(number), "failed", 0.0, "no", 1.0)
    draft = Draft(new_draft("Jungle", "en"))
    assert state_words(draft, board, 46) == "◐ generating 0 of 200 · 12 errors"
    assert state_words(draft, board, 26) == "◐ 0 of 200 · 12 errors"
    assert state_words(draft, JobBoard(), 26) == "○ draft"


def test_the_head_says_how_many_accepted_files_are_gone() -> None:
    draft = Draft(new_draft("Jungle", "en"))
    for number in range(3):
        fox = draft.add_asset("character", f"Fox {number}")
        older, used = (some_picture(2 * number + more) for more in (0, 1))
        made(draft, fox, older)
        draft.accept(fox, made(draft, fox, used))
    draft.move_status(Status.READY)
    note_missing(draft, frozenset({some_picture(0).sha}))  # an older candidate: nobody needs it
    assert state_words(draft, JobBoard(), 26) == "● ready"
    note_missing(draft, frozenset(some_picture(number).sha for number in (0, 1, 3)))
    assert state_words(draft, JobBoard(), 26) == "▲ ready · 2 files missing"
    draft.move_status(Status.READY_WITH_ERRORS)
    assert state_words(draft, JobBoard(), 26) == "▲ 2 files missing"
    assert state_words(draft, JobBoard(), 46) == "▲ ready with errors · 2 files missing"


def test_no_line_begins_with_a_sign_that_french_sets_apart() -> None:
    text = "Un renard roux : il dort ; seul ? « Non » ! dit un autre"
    for width in range(12, 60):
        lines = wrap(text, width)
        assert all(cell_len(line) <= width for line in lines)
        assert not any(line[0] in ":;!?»" for line in lines), lines
        assert not any(line.endswith("«") for line in lines), lines
        assert " ".join(lines) == text
    assert wrap("aaaaaa : b", 6) == ["aaaaaa", ": b"]  # nowhere else to break: a word is not cut for it
