"""What each check of publishing holds: nobody clears meanwhile, COMMITs are waited for, disks read back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.drafts.mediastore import MediaFolder
from core.drafts.mediastore import folder as folder_module
from core.drafts.mediastore.place import MediaPlaceError, Sending
from core.drafts.publishing import standing
from core.drafts.publishing.collecting import collect
from core.drafts.publishing.manifest import PublishError
from core.drafts.publishing.sending import COMPARING, send
from core.drafts.publishing.standing import found_of
from core.drafts.publishing.transaction import Superseded
from core.drafts.status import Status
from core.work import Step, Work
from tests.drafts.publishing.packs import Maker, ask
from tests.jobs.fakes import soon

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = %s"


def test_nobody_clears_while_files_are_there_that_no_revision_names_yet(maker: Maker) -> None:
    class Watched(MediaFolder):
        """Somebody clears as soon as the files are there."""

        def put(self, files: Iterable[Sending], work: Work) -> int:
            sent = super().put(files, work)
            with pytest.raises(PublishError, match="publishing just now"):
                collect(maker.server, self, remove=True)
            return sent

    place = Watched(maker.place.folder)
    send(maker.look(), maker.server, place)
    assert collect(maker.server, place, remove=True).kept == 2, "control: afterwards it may be cleared"


def test_a_commit_on_its_way_is_waited_for(maker: Maker) -> None:
    found = maker.look()
    assert found_of(maker.server, maker.pack, found.request) is None, "control"
    with (
        ThreadPoolExecutor(2) as pool,
        maker.server.connect() as link,
        maker.server.connect() as slow,
    ):
        with slow.transaction():
            slow.execute("LOCK TABLE univers_revisions IN SHARE MODE")  # the revision can't be added yet
            publishing = pool.submit(maker.publish, found)
            soon(lambda: link.execute(WAITING, ["relation"]).fetchone() == (1,))
            asking = pool.submit(found_of, maker.server, maker.pack, found.request)
            soon(lambda: asking.done() or link.execute(WAITING, ["advisory"]).fetchone() == (1,))
        told = asking.result()
        assert told is not None
        assert told.revision == publishing.result().revision == 1


def test_what_a_disk_gives_back_otherwise_never_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = b"a picture" * 100
    source = tmp_path / "source"
    source.write_bytes(content)
    sha = hashlib.sha256(content).hexdigest()
    sending = Sending(f"{sha}.png", source, sha, len(content))
    place = MediaFolder(tmp_path / "published")

    def lying(descriptor: int) -> None:
        """The disk has it, it says."""
        Path(os.readlink(f"/proc/self/fd/{descriptor}")).write_bytes(b"x" * len(content))

    with monkeypatch.context() as patch:
        patch.setattr(folder_module, "sync_file", lying)
        with pytest.raises(MediaPlaceError):
            place.put([sending], Work())
    assert [*place.held()] == []
    assert place.put([sending], Work()) == len(content), "control"
    assert [one.name for one in place.held()] == [sending.name]


def test_what_was_altered_in_the_media_store_is_put_there_again(maker: Maker) -> None:
    maker.publish()
    [first, *_] = maker.place.held()
    path = maker.place.folder / first.name
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"x" * len(whole))  # of the same size
    assert path.read_bytes() != whole, "control"
    maker.publish()
    assert path.read_bytes() == whole


def test_what_the_server_would_keep_otherwise_is_not_published(maker: Maker, conninfo: str) -> None:
    ask(
        conninfo,
        "CREATE FUNCTION lie() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "NEW.display_name := 'another'; RETURN NEW; END $$",
    )
    ask(conninfo, "CREATE TRIGGER lie BEFORE INSERT ON univers_assets FOR EACH ROW EXECUTE FUNCTION lie()")
    with pytest.raises(PublishError, match="did not keep what was sent"):
        maker.publish()
    assert ask(conninfo, "SELECT count(*) FROM univers") == [(0,)]
    ask(conninfo, "DROP TRIGGER lie ON univers_assets")
    assert maker.publish().revision == 1, "control"


def test_who_is_too_late_is_told_before_anything_is_sent(maker: Maker) -> None:
    class Counting(MediaFolder):
        """Knows how often something was to be put there."""

        asked = 0

        def put(self, files: Iterable[Sending], work: Work) -> int:
            self.asked += 1
            return super().put(files, work)

    stale = maker.look()
    maker.draft.update_asset(maker.draft.assets()[0].id, name="plus tard")
    maker.publish()
    place = Counting(maker.place.folder)
    with pytest.raises(Superseded):
        send(stale, maker.server, place)
    assert place.asked == 0
    send(maker.look(), maker.server, place)
    assert place.asked == 1, "control"


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE univers_assets SET display_name = 'x'", "univers_assets"),
        ("DELETE FROM univers_assets_translations", "univers_assets_translations"),
        ("UPDATE univers_revisions SET author = 'x'", "univers_revisions"),
    ],
)
def test_what_is_there_after_the_commit_is_compared_with_what_was_sent(
    maker: Maker, conninfo: str, change: str, table: str
) -> None:
    def meddle(step: Step) -> None:
        """Somebody changes it as soon as it is there."""
        if step.what == COMPARING:
            ask(conninfo, f"ALTER TABLE {table} DISABLE TRIGGER USER; {change}")

    with pytest.raises(PublishError, match=f"gives back something else: .*{table}"):
        send(maker.look(), maker.server, maker.place, Work(meddle))
    assert ask(conninfo, "SELECT revision FROM univers_packs") == [(1,)], "it was published"


def test_a_request_sent_again_with_another_content_is_refused(maker: Maker, conninfo: str) -> None:
    first = maker.look()
    maker.draft.update_asset(maker.draft.assets()[0].id, name="autre chose")
    other = maker.look(request=first.request)
    assert other.expected_revision == first.expected_revision
    maker.publish(first)
    with pytest.raises(PublishError, match="with something else in it"):
        maker.publish(other)
    assert maker.publish(first).again, "control"
    assert ask(conninfo, "SELECT count(*) FROM univers_revisions") == [(1,)]


@pytest.mark.parametrize("edited", [True, False])
def test_after_a_crash_what_was_edited_since_the_preflight_is_not_published(
    maker: Maker, edited: bool
) -> None:
    draft, found = maker.draft, maker.look()
    standing.begin(draft, found)
    maker.publish(found)  # and the program dies
    if edited:
        draft.update_asset(draft.assets()[0].id, name="plus tard")
    true = found_of(maker.server, maker.pack, found.request)
    assert standing.reconcile(draft, true) is (Status.MODIFIED if edited else Status.PUBLISHED)
    assert draft.pack.published["content"] == found.taken.content


def test_a_source_that_was_altered_is_told_apart_from_a_disk_that_lies(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"another picture")
    sha = hashlib.sha256(b"some own picture").hexdigest()
    place, sending = MediaFolder(tmp_path / "published"), Sending(f"{sha}.png", source, sha, 16)
    with pytest.raises(MediaPlaceError, match="own copy of"):
        place.put([sending], Work())
    assert [*place.folder.iterdir()] == []
    source.write_bytes(b"some own picture")
    assert place.put([sending], Work()) == 16, "control"
