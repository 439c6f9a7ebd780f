"""Attacks the tables of jobs from SQL: other logins, changed requests, ends that are no ends, false sums."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from core.jobs import JobStatus, cancel, collected, hand_over, results, states_of_draft
from core.jobs.reaping import let_go
from core.server import Server, ServerSettings, migrations
from core.server.connection import Connection
from tests.jobs.fakes import Fake, request, work
from tests.server.postgres import PostgresForTests

GRANTS = """
GRANT USAGE ON SCHEMA public, genko_queue TO {0};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, genko_queue TO {0};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public, genko_queue TO {0};
"""


class Login:
    """Another login of the same server, with the rights that docs/workers.md gives a writer."""

    def __init__(self, postgres: PostgresForTests, conninfo: str) -> None:
        self.name = f"writer_{uuid4().hex[:8]}"
        self._admin = postgres.conninfo_of(postgres.name_of(conninfo), admin=True)
        self.do(sql.SQL("CREATE ROLE {0} LOGIN"))
        self.do(sql.SQL(GRANTS))
        # It logs in as the tests' user can, and is another from then on: SET SESSION AUTHORIZATION is
        # the superuser's.
        self._conninfo = make_conninfo(self._admin)

    def do(self, statement: sql.SQL) -> None:
        """As the superuser; {0} is the login."""
        with psycopg.connect(self._admin, autocommit=True) as admin:
            admin.execute(statement.format(sql.Identifier(self.name)))

    def connect(self) -> Connection:
        """A connection of it."""
        link = psycopg.connect(self._conninfo, autocommit=True)
        link.execute(sql.SQL("SET SESSION AUTHORIZATION {}").format(sql.Identifier(self.name)))
        return link

    def forget(self) -> None:
        """Remove it."""
        self.do(sql.SQL("DROP OWNED BY {0}; DROP ROLE {0}"))


@pytest.fixture
def logins(postgres18: PostgresForTests, conninfo: str) -> Iterator[list[Login]]:
    """Two writers."""
    made = [Login(postgres18, conninfo) for _ in range(2)]
    yield made
    for login in made:
        login.forget()


def test_nobody_reads_or_gives_up_what_another_has_asked_for(server: Server, logins: list[Login]) -> None:
    with logins[0].connect() as ann, logins[1].connect() as bob:
        wanted = request(prompt="a secret of the plot")
        hand_over(ann, [wanted])
        with server.connect() as owner:
            assert states_of_draft(owner), "whoever owns the tables sees all"
            work(server, Fake())
        for table in ("generation_jobs", "generation_results", "generation_queues"):
            query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            assert bob.execute(query).fetchone() == (0,), table
            assert ann.execute(query).fetchone() == (1,), table
        assert cancel(bob, [wanted.id]) == set()
        collected(bob, [wanted.id])
        [found] = results(ann, [wanted.id])
        assert found.status is JobStatus.DONE
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            bob.execute(
                "UPDATE generation_queues SET owner = owner; INSERT INTO generation_jobs (job_id, "
                "draft_id, owner, provider, request) VALUES (gen_random_uuid(), gen_random_uuid(), "
                "'ann', 'fake', '{}')"
            )


def test_control_a_member_of_genko_workers_works_for_all(logins: list[Login]) -> None:
    with logins[0].connect() as ann, logins[1].connect() as bob:
        hand_over(ann, [request()])
        assert states_of_draft(bob) == []
        logins[1].do(
            sql.SQL(
                "DO $$ BEGIN CREATE ROLE genko_workers; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
            )
        )
        logins[1].do(sql.SQL("GRANT genko_workers TO {0}"))
        assert len(states_of_draft(bob)) == 1
        in_anns_name = (
            "INSERT INTO generation_jobs (job_id, draft_id, owner, provider, request, status, finished_at) "
            "VALUES (gen_random_uuid(), gen_random_uuid(), %s, 'fake', '{}', 'failed', now())"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            bob.execute(in_anns_name, [logins[0].name])
        bob.execute(in_anns_name, [logins[1].name])  # the control: in its own name


def test_what_a_job_is_about_is_never_changed(link: Connection) -> None:
    hand_over(link, [request()])
    for change in ("request = '{}'", "owner = 'bob'", "provider = 'dear'", "estimate = 0"):
        with pytest.raises(psycopg.IntegrityError):
            link.execute(b"UPDATE generation_jobs SET " + change.encode())


def test_what_has_ended_has_ended(link: Connection) -> None:
    wanted = request()
    hand_over(link, [wanted])
    cancel(link, [wanted.id])
    with pytest.raises(psycopg.IntegrityError):
        link.execute(
            "UPDATE generation_jobs SET status = 'waiting', queue_id = 1, finished_at = NULL, progress = 0"
        )


def test_half_a_lease_is_refused(link: Connection) -> None:
    hand_over(link, [request()])
    with pytest.raises(psycopg.IntegrityError):
        link.execute("UPDATE generation_jobs SET status = 'running'")
    with pytest.raises(psycopg.IntegrityError):
        link.execute("UPDATE generation_jobs SET status = 'done'")


def test_bytes_that_do_not_fit_their_sum_are_refused(server: Server, link: Connection) -> None:
    hand_over(link, [request()])
    work(server, Fake())
    with pytest.raises(psycopg.IntegrityError):
        link.execute("UPDATE generation_results SET content = content || 'x'")


def test_what_had_its_time_goes_and_nothing_earlier(server: Server, link: Connection) -> None:
    wanted = [request() for _ in range(4)]
    hand_over(link, wanted)
    work(server, Fake())
    collected(link, [wanted[0].id, wanted[1].id])
    link.execute(
        "UPDATE generation_jobs SET collected_at = now() - interval '2 days' WHERE job_id = %s",
        [wanted[0].id],
    )
    link.execute(
        "UPDATE generation_jobs SET collected_at = now() - interval '31 days' WHERE job_id = %s",
        [wanted[1].id],
    )
    link.execute(
        "UPDATE generation_jobs SET finished_at = now() - interval '89 days' WHERE job_id = %s",
        [wanted[2].id],
    )
    link.execute(
        "UPDATE generation_jobs SET finished_at = now() - interval '91 days' WHERE job_id = %s",
        [wanted[3].id],
    )
    let_go(link)
    rows = link.execute("SELECT job_id, made IS NULL FROM generation_jobs").fetchall()
    assert sorted(rows) == sorted([(wanted[0].id, True), (wanted[2].id, False)])
    [left] = results(link, [one.id for one in wanted])
    assert left.made is not None
    assert link.execute("SELECT job_id FROM generation_results").fetchall() == [(wanted[2].id,)]


def test_the_frozen_schema_of_the_queue_is_that_of_the_pinned_package() -> None:
    """When this fails after an update of procrastinate: docs/database.md says what to do."""
    frozen = (Path(migrations.__file__).parent / "procrastinate_3_10_0.sql").read_text(encoding="utf-8")
    theirs = files("procrastinate.sql").joinpath("schema.sql").read_text(encoding="utf-8")
    assert frozen.endswith(theirs)


def test_canary_names_of_procrastinate_that_are_leaned_on() -> None:
    from procrastinate.manager import JobManager
    from procrastinate.worker import Worker

    for name in ("fetch_job", "finish_job", "retry_job", "listen_for_jobs"):
        assert name in vars(JobManager), name
    assert {"run", "stop"} <= vars(Worker).keys()


@pytest.mark.soak
def test_an_older_postgres_has_the_same(postgres15: PostgresForTests, template15: str) -> None:
    made = postgres15.make_database(template15)
    server = Server(ServerSettings(url=made))
    try:
        with server.connect() as link:
            wanted = [request(), request()]
            hand_over(link, wanted)
            cancel(link, [wanted[0].id])
            work(server, Fake())
            assert sorted(one.status.value for one in states_of_draft(link)) == ["cancelled", "done"]
    finally:
        server.close()
        postgres15.drop_database(made)
