"""Drafts that a server has: their saves and revisions, those of others, and another machine's server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.backup.exporting import create
from core.backup.importing import apply_import, plan_import
from core.drafts import Drafts
from core.drafts.mediastore import MediaFolder
from core.drafts.publishing.preflight import preflight
from core.drafts.publishing.sending import send
from core.drafts.publishing.taking import take
from core.media import MediaStore
from core.server import Server, ServerSettings
from core.story import PACK_SECTIONS
from core.workspace import Shelf
from core.workspace.saving import save_project
from tests.backup.drafts.making import draft, store_of
from tests.backup.exporting.making import SHA, lines, project, wishes
from tests.server.postgres import PostgresForTests


@pytest.fixture
def other_server(postgres18: PostgresForTests, template18: str, tmp_path: Path) -> Iterator[Server]:
    """A server that has nothing to do with the first."""
    conninfo = postgres18.make_database(template18)
    server = Server(ServerSettings(url=conninfo, home=tmp_path / "other server"))
    yield server
    server.close()
    postgres18.drop_database(conninfo)


def publish(drafts: Drafts, draft_id: object, server: Server, place: Path) -> None:
    """Publish it as it is."""
    one = drafts.read(draft_id)  # type: ignore[arg-type]
    media = MediaStore(drafts.shelf.media_of(one.store.project_id))
    send(preflight(take(one, media), media, server), server, MediaFolder(place), anyway=True)


def test_saved_published_backed_up_and_brought_to_another_server(
    shelf: Shelf,
    other_shelf: Shelf,
    drafts: Drafts,
    other_drafts: Drafts,
    folder: Path,
    server: Server,
    other_server: Server,
) -> None:
    one = draft(drafts, "Océan")
    save_project(drafts.shelf, one, server, message="first")
    publish(drafts, one, server, folder / "published")
    made = create(shelf, wishes(folder), server=server)
    assert made.path is not None
    assert [line["message"] for line in lines(made.path, "draft_versions")] == ["first"]
    (revision,) = lines(made.path, "revisions")
    assert (revision["revision"], revision["action"], revision["shows"]) == (1, "publish", 1)
    assert [asset["name"] for asset in revision["manifest"]["assets"]] == ["Baleine", "Récif"]
    assert not made.left_out
    apply_import(other_shelf, made.path, plan_import(other_shelf, made.path), server=other_server)
    (there,) = [entry for entry in other_server.drafts() if entry.project_id == one]
    assert there.title == "Océan"
    assert not [entry for entry in other_server.projects() if entry.project_id == one]
    assert "first" in {version.message for version in other_server.versions(one, 10, None)}
    assert store_of(other_drafts, one).version == store_of(drafts, one).version
    # a third machine that has nothing: all that the server has
    third = Shelf(type(shelf.paths)(*(folder / name for name in ("data", "config", "logs", "state"))))
    only = folder / "only"
    only.mkdir()
    project(third)
    served = create(third, wishes(only, from_server=True), server=other_server)
    assert served.path is not None
    assert [part.id for part in served.manifest.drafts] == [one]
    for section in PACK_SECTIONS:
        found = {line["id"]: line["fields"] for line in lines(served.path, section.value)}
        assert found == store_of(drafts, one).raw_records(section)
    assert SHA in {medium.sha256 for medium in served.manifest.media}
    assert lines(served.path, "revisions") == [], "nothing is published by being brought in"
