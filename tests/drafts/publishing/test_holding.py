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
from tests.drafts.publishing.packs import Maker
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
