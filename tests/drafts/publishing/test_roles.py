"""Who may see what: with real logins, one of which owns the tables, on the oldest and the newest server."""

# ruff: noqa: S608 tables and numbers of the test itself

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from core.drafts import Drafts
from core.drafts.pack.draft import new_draft
from core.drafts.publishing.collecting import collect
from core.drafts.publishing.manifest import PublishError
from core.drafts.publishing.sending import set_visibility, unpublish
from core.errors import ServerError
from core.server import SavePackage, Server, ServerSettings, schema
from core.server.faults import translated
from core.story import PACK_ID, ProjectStore, Section
from core.workspace.saving import save_project
from tests.drafts.publishing.packs import EVERYTHING, NAMES, Maker, ask
from tests.drafts.publishing.roles import BOB, EVERY_TABLE, OWNER, PUBLISHED, USE, Logins
from tests.server.postgres import PostgresForTests
from tests.workspace.conftest import paths_in

IMPORTED = """
INSERT INTO imports (project_id, import_id, done_at, report, report_sha256, versions)
SELECT project_id, gen_random_uuid(), now(), '{}', sha256(''), 0 FROM projects
"""
"""Something was imported into each project."""


def save(conninfo: str, store: ProjectStore) -> None:
    """As Ctrl+S does."""
    server = Server(ServerSettings(url=conninfo))
    saver = server.saver(store.project_id, [])
    saver.save(SavePackage.of(uuid4(), store.version, store.frontier, store.updates_since(None), "x"))
    saver.close()


def seen(conninfo: str, tables: str = EVERY_TABLE) -> dict[str, int]:
    """How many rows of each table a login sees; those it sees nothing of are left out."""
    names = [name for (name,) in ask(conninfo, tables)]
    query = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)
    return {name: count for name, count in ask(conninfo, query) if count}


@pytest.fixture
def logins(newest: tuple[PostgresForTests, str]) -> Logins:
    """The tables belong to one of them; nobody passes by the rules."""
    made = Logins(*newest)
    made.hand_over()
    return made


@pytest.fixture
def logins_of_each(each: tuple[PostgresForTests, str]) -> Logins:
    """The same on the oldest server and on the newest."""
    made = Logins(*each)
    made.hand_over()
    return made


def test_a_private_pack_is_seen_by_nobody_else_and_a_public_one_by_all(
    logins_of_each: Logins, tmp_path: Path
) -> None:
    logins = logins_of_each
    bob = Maker.at(tmp_path, logins.bob)
    bob.draft.write_prompt(None, "image", "a {concept}")
    bob.publish()
    assert ask(logins.bob, NAMES) == [("chose 0",), ("chose 1",)]
    assert (seen(logins.owner), seen(logins.reader, PUBLISHED)) == ({"univers_media": 2}, {})
    with pytest.raises(PublishError, match="another login"):
        unpublish(Server(ServerSettings(url=logins.owner)), bob.pack, 1)
    # what the rules close is there: without them it would be seen
    assert seen(logins.admin)["univers_assets"] == 2
    set_visibility(bob.server, bob.pack, 1, public=True)
    assert len(ask(logins.reader, EVERYTHING)) == 4
    assert ask(logins.reader, "SELECT default_image_prompt FROM univers_prompts") == [("a {concept}",)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(logins.reader, "UPDATE univers SET name = 'mine'")
    set_visibility(bob.server, bob.pack, 2, public=False)
    assert seen(logins.reader, PUBLISHED) == {}


def test_what_was_published_in_private_stays_so_when_the_pack_is_opened(
    logins: Logins, tmp_path: Path
) -> None:
    bob = Maker.at(tmp_path, logins.bob)
    bob.publish()
    bob.draft.update_pack(visibility="public")
    bob.draft.update_asset(bob.draft.assets()[0].id, name="pour tous")
    bob.publish()
    assert ask(logins.owner, "SELECT revision FROM univers_revisions") == [(2,)]
    assert ask(logins.bob, "SELECT count(*) FROM univers_revisions") == [(2,)]


def test_two_logins_publish_one_public_draft_and_only_its_owner_closes_it(
    logins: Logins, tmp_path: Path
) -> None:
    bob = Maker.at(tmp_path, logins.bob, visibility="public")
    bob.publish()
    other = Maker(bob.draft, bob.media, Server(ServerSettings(url=logins.owner)), bob.place)
    bob.draft.update_asset(bob.draft.assets()[0].id, name="à deux")
    done = other.publish()
    assert (done.revision, done.author) == (2, OWNER)
    assert ask(logins.bob, "SELECT owner, revision FROM univers") == [(BOB, 2)]
    with pytest.raises(PublishError, match="Only the login that published it first"):
        set_visibility(other.server, bob.pack, 2, public=False)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        ask(logins.owner, "UPDATE univers_packs SET is_public = false")  # and so without our sentence
    assert not set_visibility(bob.server, bob.pack, 2, public=False).is_public


def test_a_login_without_rights_in_the_queue_is_told_so(logins: Logins) -> None:
    for statement, sentence in (
        ("SELECT 'x'::procrastinate_job_to_defer_v1", "rights in the schema genko_queue"),
        ("SELECT FROM procrastinate_jobs", "rights in the schema genko_queue"),
        ("SELECT FROM nothing_of_ours", "genko db migrate"),
    ):
        with pytest.raises(ServerError, match=sentence), translated():
            ask(logins.bob, statement)


def test_nobody_writes_into_anothers_private_pack(logins: Logins, tmp_path: Path) -> None:
    bob = Maker.at(tmp_path, logins.bob)
    bob.publish()
    ((number,),) = ask(logins.bob, "SELECT id FROM univers")
    for statement in (
        f"INSERT INTO univers_translations (univers_id, language, name) VALUES ({number}, 'de', 'x')",
        "INSERT INTO univers_revisions (pack_id, revision, action, is_public, expected_revision, request_id)"
        f" VALUES ('{bob.pack}', 2, 'unpublish', false, 1, gen_random_uuid())",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            ask(logins.owner, statement)
    assert ask(logins.owner, "UPDATE univers SET name = 'x' RETURNING 1") == []
    assert ask(logins.owner, "DELETE FROM univers_packs RETURNING 1") == []


def test_a_private_draft_on_the_server_is_seen_by_its_login_alone(logins: Logins, tmp_path: Path) -> None:
    drafts = Drafts(paths_in(tmp_path))
    mine_too = (drafts.shelf, drafts.create("Secret too").draft_id)
    store = new_draft("Secret", "fr", slug="secret", visibility="private")
    save(logins.bob, store)
    project = ProjectStore.create(title="For all")
    project.splice(0, 0, "PAGE 1 :\n")
    save(logins.bob, project)
    ask(logins.bob, IMPORTED)
    tables = ("projects", "updates", "versions", "imports", "records")
    mine = seen(logins.bob)
    assert [mine[name] for name in tables] == [2, 2, 2, 2, 1]
    others = seen(logins.owner)
    assert [others.get(name) for name in tables] == [1, 1, 1, 1, None]
    assert [one.title for one in Server(ServerSettings(url=logins.owner)).projects()] == ["For all"]
    with pytest.raises(ServerError):
        save(logins.owner, store)
    save_project(*mine_too, Server(ServerSettings(url=logins.bob)))
    with pytest.raises(ServerError, match="does not let this login"):
        save_project(*mine_too, Server(ServerSettings(url=logins.owner)))
    store.put_records({Section.PACK: {PACK_ID: {"visibility": "public"}}})
    save(logins.bob, store)
    assert seen(logins.owner)["records"] == 1
    store.put_records({Section.PACK: {PACK_ID: {"visibility": "private"}}})
    save(logins.bob, store)
    assert "records" not in seen(logins.owner)


def test_a_pack_that_is_closed_closes_its_draft_before_it_is_saved(logins: Logins, tmp_path: Path) -> None:
    bob = Maker.at(tmp_path, logins.bob, visibility="public")
    save(logins.bob, bob.draft.store)
    bob.publish()
    drafts = ("projects", "updates", "versions", "records")
    assert set(drafts) <= set(seen(logins.owner))
    set_visibility(bob.server, bob.pack, 1, public=False)
    assert set(seen(logins.owner)) == {"univers_media"}
    assert set(drafts) <= set(seen(logins.bob))


def test_clearing_the_store_spares_what_other_logins_private_packs_name(
    logins: Logins, tmp_path: Path
) -> None:
    bob = Maker.at(tmp_path, logins.bob)
    bob.publish()
    found = collect(Server(ServerSettings(url=logins.owner)), bob.place)
    assert (found.kept, found.young, found.files) == (2, 0, ())
    ask(logins.admin, "ALTER TABLE univers_media DISABLE TRIGGER USER; DELETE FROM univers_media")
    control = collect(Server(ServerSettings(url=logins.owner)), bob.place)
    assert (control.kept, control.young) == (0, 2)


def test_who_may_use_the_tables_may_publish_after_the_migration(
    postgres18: PostgresForTests, tmp_path: Path
) -> None:
    database = postgres18.make_database()
    try:
        logins = Logins(postgres18, database)
        schema.migrate(database, "0005")
        logins.run(f"GRANT {USE} ON ALL TABLES IN SCHEMA public TO {{}}", BOB)
        schema.migrate(database)
        bob = Maker.at(tmp_path, logins.bob)
        assert bob.publish().author == BOB
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(logins.owner, NAMES)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(logins.bob, "UPDATE univers_revisions SET author = 'x'")
        assert ask(logins.bob, "SELECT FROM genko_queue.procrastinate_jobs, generation_jobs") == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(logins.reader, "SELECT FROM genko_queue.procrastinate_jobs")
    finally:
        postgres18.drop_database(database)
