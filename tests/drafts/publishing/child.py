"""A program that publishes the second revision of a draft, to be killed on its way."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from uuid import UUID

from core.drafts import Drafts
from core.drafts.mediastore import MediaFolder
from core.drafts.pack.draft import Draft
from core.drafts.publishing import standing
from core.drafts.publishing.preflight import Preflight, preflight
from core.drafts.publishing.sending import send
from core.drafts.publishing.taking import take
from core.media import MediaStore
from core.paths import Paths
from core.server import Server, ServerSettings
from tests.drafts.publishing.packs import Maker

BEGIN, END = "/genko-begin", "/genko-end"


def paths_of(home: Path) -> Paths:
    """One folder for everything."""
    return Paths(home / "data", home / "config", home / "logs", home / "state")


def prepare(conninfo: str, home: Path) -> UUID:
    """A draft whose first revision is published, and that was changed since."""
    drafts = Drafts(paths_of(home))
    entry = drafts.create("Été", languages=("fr", "en"))
    with drafts.edited(entry.draft_id) as draft:
        maker = maker_of(drafts, draft, conninfo, home)
        first, _ = maker.add("chose 0", "chose 1")
        done = maker.publish()
        draft.update_asset(first, name="nouvelle")
        maker.add("troisième")
        assert done.revision == 1
    return entry.draft_id


def maker_of(drafts: Drafts, draft: Draft, conninfo: str, home: Path) -> Maker:
    """Whoever works on a draft of this library."""
    folder = drafts.shelf.media_of(draft.store.project_id)
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(ServerSettings(url=conninfo))
    return Maker(draft, MediaStore(folder, home / "thumbnails"), server, MediaFolder(home / "published"))


def publish(conninfo: str, home: Path) -> None:
    """As the command does it, the marks around it."""
    drafts = Drafts(paths_of(home))
    (entry,) = drafts.list()
    found: Preflight
    with drafts.edited(entry.draft_id) as draft:
        maker = maker_of(drafts, draft, conninfo, home)
        found = preflight(take(draft, maker.media), maker.media, maker.server)
        mark(BEGIN)
        standing.begin(draft, found)
    done = send(found, maker.server, maker.place)
    with drafts.edited(entry.draft_id) as draft:
        standing.finished(draft, done, found.taken.content)
    mark(END)


def mark(name: str) -> None:
    """A call that shows in the log of calls."""
    os.path.lexists(name)


if __name__ == "__main__":
    publish(sys.argv[1], Path(sys.argv[2]))
