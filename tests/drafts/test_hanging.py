"""Attacks on pictures that go from a draft to a project: nothing accepted, nobody there, twice, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.drafts import DraftError, Drafts
from core.drafts.hanging import hang, hang_on_record, place
from core.errors import NotFound
from core.media import MediaError, MediaStore, Picture, attach, known_picture
from core.story import Section
from core.workspace import Shelf, open_store
from tests.drafts.acting import tried
from tests.media.making import noise

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\nMIKA : Run.\n\nPANEL 2 :\n(Rain.)\n"


class Studio:
    """A project with Mika in it, and a draft of her."""

    def __init__(self, drafts: Drafts, folder: Path) -> None:
        self.drafts, self.shelf = drafts, Shelf(drafts.paths)
        self.project = self.shelf.create(title="Rain", text=SCRIPT).project_id
        with self.shelf.edited(self.project) as store:
            self.mika = store.add_record(Section.CHARACTERS, name="Mika")
        self.draft = drafts.create("Cast").draft_id
        media = MediaStore(drafts.shelf.media_of(self.draft))
        self.picture = media.add(noise(folder / "mika.png"))
        with drafts.edited(self.draft) as draft:
            link = {"project": str(self.project), "section": "characters", "record": self.mika}
            self.asset = draft.add_asset("character", "Mika", **link)
            self.alone = draft.add_asset("prop", "Lamp")
            made = tried(draft, self.asset, "running")
            draft.put_attempts({made: {"status": "done", "output": self.picture.sha}}, [self.picture])
            self.made = made

    def accept(self) -> None:
        with self.drafts.edited(self.draft) as draft:
            draft.accept(self.asset, self.made)

    def hang(self, asset: str = "") -> bool:
        return hang(self.drafts, self.shelf, self.drafts.read(self.draft), asset or self.asset)

    def place(self, page: int, panel: int) -> bool:
        draft = self.drafts.read(self.draft)
        return place(self.drafts, self.shelf, draft, self.asset, self.project, page, panel)

    def pictures(self) -> tuple[str, ...]:
        record = open_store(self.shelf, self.shelf.entry(self.project)).record(Section.CHARACTERS, self.mika)
        assert record is not None
        return record.pictures


@pytest.fixture
def studio(drafts: Drafts, tmp_path: Path) -> Studio:
    return Studio(drafts, tmp_path)


def test_an_accepted_picture_stands_for_its_record(studio: Studio, tmp_path: Path) -> None:
    media = MediaStore(studio.shelf.media_of(studio.project))
    older = media.add(noise(tmp_path / "older.png", seed=3))
    with studio.shelf.edited(studio.project) as store:
        attach(store, Section.CHARACTERS, studio.mika, [older])
    with pytest.raises(DraftError, match="No picture of this asset is accepted"):
        studio.hang()
    assert studio.pictures() == (older.sha,)
    studio.accept()
    assert studio.hang()
    assert studio.pictures() == (studio.picture.sha, older.sha)
    assert media.verify(studio.picture.sha)
    assert not studio.hang()  # it is so already
    store = open_store(studio.shelf, studio.shelf.entry(studio.project))
    assert known_picture(store, studio.picture.sha) is not None


def test_hanging_is_one_step_of_the_project(studio: Studio) -> None:
    store = open_store(studio.shelf, studio.shelf.entry(studio.project))
    assert hang_on_record(store, Section.CHARACTERS, studio.mika, studio.picture)
    assert store.undo()
    record = store.record(Section.CHARACTERS, studio.mika)
    assert record is not None
    assert record.pictures == ()
    assert not store.can_undo


def test_an_accepted_picture_stands_in_a_panel(studio: Studio) -> None:
    studio.accept()
    assert studio.place(0, 1)
    assert not studio.place(0, 1)
    store = open_store(studio.shelf, studio.shelf.entry(studio.project))
    fields = [
        value for page in store.pages() for key, value in page.extra.items() if key.endswith(":picture")
    ]
    assert fields == [studio.picture.sha]
    for page, panel in ((0, 2), (1, 0), (-1, 0), (0, -1)):
        with pytest.raises(NotFound):
            studio.place(page, panel)


def test_what_it_shows_may_be_gone(studio: Studio) -> None:
    studio.accept()
    with pytest.raises(DraftError, match="not linked"):
        studio.hang(studio.alone)
    with studio.shelf.edited(studio.project) as store:
        store.delete_record(Section.CHARACTERS, studio.mika)
    with pytest.raises(DraftError, match="not in the project"):
        studio.hang()
    studio.shelf.path_of(studio.project).unlink()
    with pytest.raises(NotFound):
        studio.hang()


def test_a_damaged_file_is_hung_nowhere(studio: Studio) -> None:
    studio.accept()
    path = MediaStore(studio.drafts.shelf.media_of(studio.draft)).path(studio.picture.sha)
    assert path is not None
    path.chmod(0o600)
    path.write_bytes(b"?" * path.stat().st_size)
    with pytest.raises(MediaError):
        studio.hang()
    assert studio.pictures() == ()
    assert MediaStore(studio.shelf.media_of(studio.project)).held() == {}


def test_a_clip_is_no_picture(studio: Studio) -> None:
    clip = Picture("0" * 64, "video/mp4", 0, 0, 9, "mika.mp4")
    with studio.drafts.edited(studio.draft) as draft:
        draft.put_attempts({studio.made: {"status": "done", "output": clip.sha}}, [clip])
        draft.accept(studio.asset, studio.made)
    with pytest.raises(DraftError, match="No picture"):
        studio.hang()
