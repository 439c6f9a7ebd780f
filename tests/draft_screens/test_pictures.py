"""A tile shows its picture; one whose file was altered or deleted behind our back is said to be missing."""

from __future__ import annotations

from pathlib import Path

from core.drafts import Drafts
from core.media import MediaStore
from core.paths import Paths
from screens.drafts.pictures.preview import PreviewScreen
from screens.widgets.picture import PictureView
from tests.draft_screens.conftest import draft_with, made, shown
from tests.media.making import png
from tests.screens.conftest import until
from tui.settings import Settings


async def test_pictures_are_drawn_and_altered_ones_are_said(paths: Paths, tmp_path: Path) -> None:
    draft_id = draft_with(paths, ["Fox", "Toucan", "Jaguar"])
    drafts = Drafts(paths)
    media = MediaStore(drafts.shelf.media_of(draft_id))
    pictures = []
    for number in range(3):
        file = tmp_path / f"{number}.png"
        file.write_bytes(png(40 + number, 30))
        pictures.append(media.add(file))
    with drafts.edited(draft_id) as draft:
        for asset, picture in zip(draft.assets(), pictures, strict=True):
            draft.accept(asset.id, made(draft, asset.id, picture))
    whole, altered, deleted = (media.path(picture.sha) for picture in pictures)
    assert whole is not None
    assert altered is not None
    assert deleted is not None
    altered.write_bytes(whole.read_bytes())
    deleted.unlink()

    async with shown(paths, draft_id, settings=Settings(pictures="blocks")) as (_, pilot, screen):
        thumbnails, ids = screen.assets.grid.thumbnails, screen.seen.choice.ids
        assert thumbnails is not None
        await until(pilot, lambda: thumbnails.drawn(pictures[0].sha) is not None)
        await until(pilot, lambda: screen.assets.look(ids[1]).state == "missing")
        assert [screen.assets.look(one).state for one in ids] == ["accepted", "missing", "missing"]
        await until(pilot, lambda: "not on this machine" in thumbnails.said(pictures[2].sha))
        assert "damaged" in thumbnails.why_not(pictures[1].sha)
        assert "now" in thumbnails.why_not(pictures[0].sha)  # a full disk is no fault of the file
        drawn = thumbnails.drawn(pictures[0].sha)
        assert drawn is not None
        top = screen.assets.grid.render_line(screen.assets.grid.measures.rows // 2).text
        assert "▀" in top
        await until(pilot, lambda: "2 files missing" in screen.head.top.text("state"))

        await pilot.press("right", "right", "enter")  # the one that was deleted
        await until(pilot, lambda: "not on this machine" in screen.details.picture.words)
        assert "else g makes it again" in screen.details.picture.words
        assert "add the file" not in screen.details.picture.words


async def test_a_picture_that_is_looked_at_closely_stands_in_the_middle(paths: Paths, tmp_path: Path) -> None:
    draft_id = draft_with(paths, ["Fox"])
    drafts = Drafts(paths)
    (tmp_path / "fox.png").write_bytes(png(30, 30))
    picture = MediaStore(drafts.shelf.media_of(draft_id)).add(tmp_path / "fox.png")
    with drafts.edited(draft_id) as draft:
        [fox] = draft.assets()
        draft.accept(fox.id, made(draft, fox.id, picture))
    async with shown(paths, draft_id, settings=Settings(pictures="blocks")) as (app, pilot, _):
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        view = app.screen.query_one(PictureView)
        await until(pilot, lambda: "▀" in view.render_line(0).text)
        line = view.render_line(0).text
        assert len(line) == view.size.width
        before, after = line.index("▀"), len(line) - 1 - line.rindex("▀")
        assert before > 10
        assert abs(before - after) <= 1
