"""A prompt is on the disk with every key; what was written is never lost, and an older one comes back."""

from __future__ import annotations

import random

from core.drafts import LONGEST_PROMPT, Drafts
from core.paths import Paths
from core.story import Section
from screens.drafts.pictures.candidates import same_beginning
from screens.drafts.prompts.history import GONE, NEW, SAME, HistoryDialog, pieces
from screens.drafts.prompts.pane import UNFINISHED, PromptEditor
from tests.draft_screens.conftest import draft_with, shown
from tests.screens.conftest import until


async def test_no_prompt_is_lost(paths: Paths) -> None:
    draft_id = draft_with(paths, ["Fox"])
    async with shown(paths, draft_id) as (app, pilot, screen):
        draft, asset_id = screen.seen.draft, screen.seen.choice.chosen
        draft.write_prompt(asset_id, "image", "One {concept}")

        await pilot.press("e")
        await pilot.press("!")  # before the editor is there
        await until(pilot, lambda: isinstance(app.focused, PromptEditor))
        await pilot.press("!")
        screen.opened.session.journal.flush(5.0)
        with Drafts(paths).edited(draft_id) as other:  # as after kill -9
            kept = other.asset(asset_id)
            assert kept is not None
            assert kept.prompt == "One {concept}!!"
            assert [one.text for one in other.prompts(asset_id, "image")] == ["One {concept}"]

        await pilot.press("escape")
        await until(pilot, lambda: not screen.writing.goes_on)
        used = draft.own_prompt(asset_id, "image")
        assert used is not None
        assert (used.text, used.origin) == ("One {concept}!!", "own")

        await pilot.press("ctrl+z")
        used = draft.own_prompt(asset_id, "image")
        assert used is not None
        assert used.text == "One {concept}"
        assert len(draft.prompts(asset_id, "image")) == 2  # the newer one is only not used

        # what can't be a revision stays where it is
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.focused, PromptEditor))
        screen.seen.store.put_records({Section.ASSETS: {asset_id: {"prompt": "x" * (LONGEST_PROMPT + 1)}}})
        await pilot.press("escape")
        await until(pilot, lambda: not screen.writing.goes_on)
        asset = draft.asset(asset_id)
        assert asset is not None
        assert len(asset.prompt) == LONGEST_PROMPT + 1
        assert len(draft.prompts(asset_id, "image")) == 2

        # an older one is used again from the history
        await pilot.press("h")
        await until(pilot, lambda: isinstance(app.screen, HistoryDialog))
        dialog = app.screen
        assert isinstance(dialog, HistoryDialog)
        assert "[+!!+]" in str(dialog.shown.render()) or "[-!!-]" in str(dialog.shown.render())
        await pilot.press("enter")
        used = draft.own_prompt(asset_id, "image")
        assert used is not None
        assert used.text == "One {concept}!!"


async def test_a_prompt_that_another_program_finishes_meanwhile_still_counts(paths: Paths) -> None:
    draft_id = draft_with(paths, ["Fox"])
    async with shown(paths, draft_id) as (app, pilot, screen):
        draft, asset_id = screen.seen.draft, screen.seen.choice.chosen

        def finished_elsewhere(text: str) -> None:
            with Drafts(paths).edited(draft_id) as other:
                other.write_prompt(asset_id, "image", text)
                nothing = {"prompt": "", UNFINISHED: ""}
                other.store.put_records({Section.ASSETS: {asset_id: nothing}})

        draft.write_prompt(asset_id, "image", "One {concept}")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.focused, PromptEditor))
        await pilot.press("!")
        screen.opened.session.journal.flush(5.0)
        finished_elsewhere("One {concept}! In the rain.")

        editor = screen.writing.pane.editor
        await until(pilot, lambda: editor.text == "One {concept}! In the rain.")  # and not an empty page
        await pilot.press("?")
        await until(pilot, lambda: editor.text.endswith("rain.?"))
        await pilot.press("escape")
        await until(pilot, lambda: not screen.writing.goes_on)
        used = draft.own_prompt(asset_id, "image")
        assert used is not None
        assert used.text == "One {concept}! In the rain.?"

        # Esc in the very moment: nothing is changed
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.focused, PromptEditor))
        screen.seen.store.put_records({Section.ASSETS: {asset_id: {"prompt": "", UNFINISHED: ""}}})
        screen.writing.leave()
        used = draft.own_prompt(asset_id, "image")
        assert used is not None
        assert used.text == "One {concept}! In the rain.?"

        # what is emptied here is given up
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.focused, PromptEditor))
        await pilot.press("ctrl+a", "delete", "escape")
        await until(pilot, lambda: not screen.writing.goes_on)
        assert draft.own_prompt(asset_id, "image") is None


def test_what_differs_is_all_of_both() -> None:
    chance = random.Random(6)
    words = ["fox", "in", "the", "{theme}", "at", "dawn", "キツネ", ",", " ", "\n"]
    for _ in range(200):
        old = " ".join(chance.choices(words, k=chance.randrange(0, 12)))
        new = " ".join(chance.choices(words, k=chance.randrange(0, 12)))
        told = list(pieces(old, new))
        assert "".join(said for sign, said in told if sign in (SAME, GONE)) == old
        assert "".join(said for sign, said in told if sign in (SAME, NEW)) == new
    assert (NEW, " late") in pieces("fox at dawn", "fox late at dawn")


def test_where_prompts_differ_is_what_a_low_window_shows() -> None:
    long = "One tiger, whole and friendly, in a clearing of the jungle with large blossoms."
    prompts = [long, f"{long} Rain.", f"{long} Snow."]
    same = same_beginning(prompts)
    assert 0 < same < len(long)
    assert prompts[1][same:].endswith("large blossoms. Rain.")
    assert same_beginning([long, long]) == 0  # all of it is shown where nothing differs
    assert same_beginning(["A fox.", "A fox at night."]) == 0
