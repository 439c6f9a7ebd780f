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
from core.drafts.publishing.collecting import collect
from core.drafts.publishing.manifest import PublishError
from core.drafts.publishing.sending import send
from core.drafts.publishing.standing import found_of
from core.work import Work
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
