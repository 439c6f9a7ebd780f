"""Jobs: what providers are to make, what came of it, and the queue of procrastinate that hands it out."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

QUEUE = Path(__file__).parents[1] / "procrastinate_3_10_0.sql"
"""Procrastinate's own tables, frozen: a later version of it comes with a migration of its own."""

TABLES = """
CREATE FUNCTION genko_works_for_all() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT pg_has_role(session_user, oid, 'MEMBER') FROM pg_roles
                     WHERE rolname = 'genko_workers'), false)
$$;
COMMENT ON FUNCTION genko_works_for_all() IS
    'Whether this login may work for others: it is a member of genko_workers, if that role exists.';

CREATE TABLE generation_queues (
    queue text NOT NULL PRIMARY KEY,
    owner text DEFAULT SESSION_USER NOT NULL,
    provider text NOT NULL,
    CONSTRAINT generation_queues_name CHECK (octet_length(queue) <= 40)
);
COMMENT ON TABLE generation_queues IS
    'The queues of procrastinate: one for each login and provider, so that a worker takes what it may and '
    'can do.';
COMMENT ON COLUMN generation_queues.queue IS 'The queue''s name.';
COMMENT ON COLUMN generation_queues.owner IS 'The login whose jobs are in it.';
COMMENT ON COLUMN generation_queues.provider IS 'The provider that they are for.';

CREATE TABLE generation_jobs (
    job_id uuid NOT NULL PRIMARY KEY,
    draft_id uuid NOT NULL,
    owner text DEFAULT SESSION_USER NOT NULL,
    provider text NOT NULL,
    request jsonb NOT NULL,
    queue_id bigint CONSTRAINT generation_jobs_queue_id UNIQUE,
    status text DEFAULT 'waiting' NOT NULL,
    progress double precision DEFAULT 0 NOT NULL,
    tries bigint DEFAULT 0 NOT NULL,
    lost bigint DEFAULT 0 NOT NULL,
    worker text,
    lease_until timestamptz,
    heartbeat_at timestamptz,
    cancel_asked boolean DEFAULT false NOT NULL,
    estimate bigint DEFAULT 0 NOT NULL,
    cost bigint DEFAULT 0 NOT NULL,
    made jsonb,
    error jsonb,
    due_at timestamptz,
    created_at timestamptz DEFAULT now() NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    collected_at timestamptz,
    CONSTRAINT generation_jobs_provider CHECK (provider ~ '^[a-z0-9][a-z0-9_.-]{0,39}$'),
    CONSTRAINT generation_jobs_request CHECK (jsonb_typeof(request) = 'object'),
    CONSTRAINT generation_jobs_status
        CHECK (status IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    CONSTRAINT generation_jobs_progress CHECK (progress BETWEEN 0 AND 1),
    CONSTRAINT generation_jobs_money CHECK (estimate >= 0 AND cost >= 0),
    CONSTRAINT generation_jobs_leased CHECK (
        (status = 'running') = (worker IS NOT NULL) AND (status = 'running') = (lease_until IS NOT NULL)
        AND (status = 'running') = (heartbeat_at IS NOT NULL)),
    CONSTRAINT generation_jobs_queued CHECK ((status IN ('waiting', 'running')) = (queue_id IS NOT NULL)),
    CONSTRAINT generation_jobs_finished CHECK ((queue_id IS NULL) = (finished_at IS NOT NULL)),
    CONSTRAINT generation_jobs_made CHECK (made IS NULL OR status = 'done')
);
CREATE INDEX generation_jobs_draft_id ON generation_jobs (draft_id);
CREATE INDEX generation_jobs_running ON generation_jobs (provider) WHERE status = 'running';
CREATE INDEX generation_jobs_finished_at ON generation_jobs (finished_at);
COMMENT ON TABLE generation_jobs IS 'What providers are to make for drafts: one row for each attempt.';
COMMENT ON COLUMN generation_jobs.job_id IS 'The attempt''s id, by which it is handed over only once.';
COMMENT ON COLUMN generation_jobs.draft_id IS 'The draft.';
COMMENT ON COLUMN generation_jobs.owner IS 'The login that handed it over.';
COMMENT ON COLUMN generation_jobs.provider IS 'Who is to make it, as the settings of workers name them.';
COMMENT ON COLUMN generation_jobs.request IS 'All that a worker needs; never changed.';
COMMENT ON COLUMN generation_jobs.queue_id IS 'Its row in genko_queue.procrastinate_jobs until it has ended.';
COMMENT ON COLUMN generation_jobs.status IS 'waiting, running; done, failed or cancelled for good.';
COMMENT ON COLUMN generation_jobs.progress IS 'How far it is, from 0 to 1; it only goes up.';
COMMENT ON COLUMN generation_jobs.tries IS 'How often it was begun.';
COMMENT ON COLUMN generation_jobs.lost IS
    'How many of the tries ended with their worker: nobody knows whether they were paid for.';
COMMENT ON COLUMN generation_jobs.worker IS 'Who has it, while it runs.';
COMMENT ON COLUMN generation_jobs.lease_until IS 'Until when its worker has it without another sign of life.';
COMMENT ON COLUMN generation_jobs.heartbeat_at IS 'The last sign of life, by the server''s clock.';
COMMENT ON COLUMN generation_jobs.cancel_asked IS 'Whether it is to be given up.';
COMMENT ON COLUMN generation_jobs.estimate IS 'What a try was said to cost, in millionths.';
COMMENT ON COLUMN generation_jobs.cost IS 'What all tries are known to have cost, in millionths.';
COMMENT ON COLUMN generation_jobs.made IS 'What was made, without its files; NULL again once collected.';
COMMENT ON COLUMN generation_jobs.error IS 'What went wrong in the last try.';
COMMENT ON COLUMN generation_jobs.due_at IS 'When it is tried again, not earlier.';
COMMENT ON COLUMN generation_jobs.created_at IS 'When it was handed over.';
COMMENT ON COLUMN generation_jobs.started_at IS 'When it was begun first.';
COMMENT ON COLUMN generation_jobs.finished_at IS 'When it was done, failed or cancelled.';
COMMENT ON COLUMN generation_jobs.collected_at IS 'When the draft had taken over what came of it.';

CREATE TABLE generation_results (
    job_id uuid NOT NULL REFERENCES generation_jobs ON DELETE CASCADE,
    file bigint NOT NULL,
    part bigint NOT NULL,
    parts bigint NOT NULL,
    mime text NOT NULL,
    size bigint NOT NULL,
    sha256 bytea NOT NULL,
    part_sha256 bytea NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (job_id, file, part),
    CONSTRAINT generation_results_part_fits CHECK (part_sha256 = sha256(content)),
    CONSTRAINT generation_results_sha256_fits CHECK (parts > 1 OR part_sha256 = sha256),
    CONSTRAINT generation_results_part_counts
        CHECK (file >= 0 AND part >= 0 AND part < parts AND parts <= 64),
    CONSTRAINT generation_results_part_small CHECK (octet_length(content) <= 4194304)
);
ALTER TABLE generation_results ALTER content SET STORAGE EXTERNAL;
COMMENT ON TABLE generation_results IS
    'The files that jobs have made, in parts of up to 4 MiB, until their draft has taken them over.';
COMMENT ON COLUMN generation_results.job_id IS 'The job.';
COMMENT ON COLUMN generation_results.file IS 'Which of the job''s files, from 0.';
COMMENT ON COLUMN generation_results.part IS 'From 0.';
COMMENT ON COLUMN generation_results.parts IS 'How many parts the file has.';
COMMENT ON COLUMN generation_results.mime IS 'What its maker says it is; nobody has looked yet.';
COMMENT ON COLUMN generation_results.size IS 'Of the whole file, in bytes.';
COMMENT ON COLUMN generation_results.sha256 IS 'Checksum of the whole file.';
COMMENT ON COLUMN generation_results.part_sha256 IS 'Checksum of `content`.';
COMMENT ON COLUMN generation_results.content IS 'The bytes.';
"""

RULES = """
CREATE FUNCTION genko_job_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a job is about is never changed'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
COMMENT ON FUNCTION genko_job_stays() IS 'Refuses a change of what a job is about.';
CREATE TRIGGER stays BEFORE UPDATE OF job_id, draft_id, owner, provider, request, estimate ON generation_jobs
    FOR EACH ROW EXECUTE FUNCTION genko_job_stays();

CREATE FUNCTION genko_job_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.finished_at IS NOT NULL AND NEW.status <> OLD.status THEN
        RAISE EXCEPTION 'a job that has ended stays as it is'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    NEW.progress := greatest(OLD.progress, NEW.progress);
    RETURN NEW;
END $$;
COMMENT ON FUNCTION genko_job_goes_on() IS 'Keeps ends for good, and progress from going back.';
CREATE TRIGGER goes_on BEFORE UPDATE OF status, progress ON generation_jobs
    FOR EACH ROW EXECUTE FUNCTION genko_job_goes_on();

CREATE FUNCTION genko_job_news() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('genko_jobs', NEW.draft_id || ' ' || NEW.job_id);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION genko_job_news() IS 'Tells who listens that a job has changed: ids, and nothing else.';
CREATE TRIGGER news AFTER UPDATE OF status, progress, cancel_asked ON generation_jobs FOR EACH ROW
    WHEN ((OLD.status, OLD.progress, OLD.cancel_asked, OLD.tries)
          IS DISTINCT FROM (NEW.status, NEW.progress, NEW.cancel_asked, NEW.tries))
    EXECUTE FUNCTION genko_job_news();
CREATE TRIGGER news_of_new AFTER INSERT ON generation_jobs FOR EACH ROW EXECUTE FUNCTION genko_job_news();

ALTER TABLE generation_queues ENABLE ROW LEVEL SECURITY;
ALTER TABLE generation_jobs ENABLE ROW LEVEL SECURITY;
ALTER TABLE generation_results ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_or_worker ON generation_queues
    USING (owner = session_user OR (SELECT genko_works_for_all()));
CREATE POLICY own_or_worker ON generation_jobs
    USING (owner = session_user OR (SELECT genko_works_for_all()));
CREATE POLICY in_own_name ON generation_jobs AS RESTRICTIVE FOR INSERT WITH CHECK (owner = session_user);
CREATE POLICY of_visible_jobs ON generation_results
    USING (EXISTS (SELECT FROM generation_jobs j WHERE j.job_id = generation_results.job_id));
"""

# Procrastinate's functions name its tables without their schema: whoever calls them has it in the search
# path. Ours carry it with them, so that their callers need not.
FUNCTIONS = """
CREATE FUNCTION genko_queue_of(provider text, owner text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    -- NOTIFY takes names of up to 63 bytes, of which procrastinate needs 23.
    SELECT left(provider, 20) || '.' || left(md5(owner || '/' || provider), 12)
$$;
COMMENT ON FUNCTION genko_queue_of(text, text) IS 'The queue of a login''s jobs for a provider.';

CREATE FUNCTION genko_hand_over(requests jsonb) RETURNS bigint LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE
    fresh jsonb;
    queued bigint[];
BEGIN
    SELECT jsonb_agg(r ORDER BY n) INTO fresh FROM (
        SELECT DISTINCT ON (r->>'id') r, n FROM jsonb_array_elements(requests) WITH ORDINALITY a(r, n)
        WHERE NOT EXISTS (SELECT FROM generation_jobs g WHERE g.job_id = (a.r->>'id')::uuid)
        ORDER BY r->>'id', n
    ) once;
    IF fresh IS NULL THEN
        RETURN 0;
    END IF;
    INSERT INTO generation_queues (queue, provider)
        SELECT DISTINCT genko_queue_of(r->>'provider', session_user), r->>'provider'
        FROM jsonb_array_elements(fresh) r
        ORDER BY 1  -- two that hand over at once would wait for each other
        ON CONFLICT DO NOTHING;
    queued := procrastinate_defer_jobs_v1(ARRAY(
        SELECT ROW(genko_queue_of(r->>'provider', session_user), 'genko.make', 0, NULL, r->>'id',
                   jsonb_build_object('job', r->>'id'), NULL)::procrastinate_job_to_defer_v1
        FROM jsonb_array_elements(fresh) WITH ORDINALITY a(r, n) ORDER BY n));
    INSERT INTO generation_jobs (job_id, draft_id, provider, request, queue_id, estimate)
        SELECT (r->>'id')::uuid, (r->>'draft')::uuid, r->>'provider', r, q.id,
               coalesce((r->>'estimate')::bigint, 0)
        FROM jsonb_array_elements(fresh) r
        JOIN procrastinate_jobs q ON q.id = ANY(queued) AND q.queueing_lock = r->>'id';
    RETURN cardinality(queued);
END $$;
COMMENT ON FUNCTION genko_hand_over(jsonb) IS
    'Makes jobs and their rows in the queue of an array of requests; those that are there stay as they are.';

CREATE FUNCTION genko_take_job(taker bigint, called text, makers jsonb, hold interval)
RETURNS TABLE (queue_id bigint, queue_name text, job_id uuid, request text, tries bigint, spent bigint)
LANGUAGE plpgsql SET search_path FROM CURRENT SET enable_sort = off AS $$
#variable_conflict use_column
-- Without sorting the next row comes from the index in its order: the planner, which knows nothing yet of
-- ten thousand new rows, would sort all of them for each job.
DECLARE
    room text[];
    head procrastinate_jobs;
BEGIN
    -- One at a time: two that count at once would both find the last place free.
    PERFORM pg_advisory_xact_lock(x'67656e6b6f6a6f62'::bigint);
    SELECT array_agg(q.queue) INTO room FROM generation_queues q
        JOIN jsonb_each_text(makers) m(provider, at_once) ON m.provider = q.provider
        WHERE (SELECT count(*) FROM generation_jobs g WHERE g.status = 'running' AND g.provider = m.provider)
              < m.at_once::bigint;
    IF room IS NULL THEN
        RETURN;
    END IF;
    LOOP
        head := procrastinate_fetch_job_v2(room, taker);
        EXIT WHEN head.id IS NULL;
        RETURN QUERY UPDATE generation_jobs g
            SET status = 'running', worker = called, tries = g.tries + 1, due_at = NULL,
                heartbeat_at = clock_timestamp(), lease_until = clock_timestamp() + hold,
                started_at = coalesce(g.started_at, clock_timestamp())
            WHERE g.queue_id = head.id AND g.status = 'waiting'
            RETURNING g.queue_id, head.queue_name::text, g.job_id, g.request::text, g.tries,
                      g.cost + g.lost * g.estimate;
        EXIT WHEN FOUND;
        DELETE FROM procrastinate_jobs WHERE id = head.id;  -- nobody waits for it any more
    END LOOP;
END $$;
COMMENT ON FUNCTION genko_take_job(bigint, text, jsonb, interval) IS
    'Gives a worker the next job of its providers (name to how many at once on all workers), with a lease.';

CREATE FUNCTION genko_end_job(job uuid, how text, result jsonb, trouble jsonb, paid bigint, holder text)
RETURNS boolean LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    row_in_queue bigint;
BEGIN
    SELECT queue_id INTO row_in_queue FROM generation_jobs
        WHERE job_id = job AND finished_at IS NULL AND worker IS NOT DISTINCT FROM coalesce(holder, worker)
        FOR UPDATE;
    IF NOT FOUND THEN
        UPDATE generation_jobs SET cost = cost + paid WHERE job_id = job AND paid > 0;
        RETURN false;
    END IF;
    UPDATE generation_jobs
        SET status = how, made = result, error = trouble, cost = cost + paid, finished_at = clock_timestamp(),
            progress = CASE how WHEN 'done' THEN 1 ELSE progress END,
            queue_id = NULL, worker = NULL, lease_until = NULL, heartbeat_at = NULL, due_at = NULL
        WHERE job_id = job;
    DELETE FROM procrastinate_jobs WHERE id = row_in_queue;
    RETURN true;
END $$;
COMMENT ON FUNCTION genko_end_job(uuid, text, jsonb, jsonb, bigint, text) IS
    'Ends a job for its holder or (NULL) whoever has it; false if it had ended, and only the cost counts.';

CREATE FUNCTION genko_put_back(job uuid, holder text, beat timestamptz, pause interval, trouble jsonb,
                               paid bigint, was_lost bigint)
RETURNS text LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    row_in_queue bigint;
    unwanted boolean;
    of_owner text;
    of_provider text;
    due timestamptz := CASE WHEN pause > interval '0' THEN clock_timestamp() + pause END;
BEGIN
    SELECT queue_id, cancel_asked, owner, provider INTO row_in_queue, unwanted, of_owner, of_provider
        FROM generation_jobs
        WHERE job_id = job AND status = 'running' AND worker = holder
        AND heartbeat_at = coalesce(beat, heartbeat_at)
        FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF unwanted THEN
        PERFORM genko_end_job(job, 'cancelled', NULL, trouble, paid, holder);
        UPDATE generation_jobs SET lost = lost + was_lost WHERE job_id = job AND was_lost > 0;
        RETURN 'cancelled';
    END IF;
    DELETE FROM procrastinate_jobs WHERE id = row_in_queue;
    SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[
        ROW(genko_queue_of(of_provider, of_owner), 'genko.make', 0, NULL, job::text,
            jsonb_build_object('job', job::text), due)::procrastinate_job_to_defer_v1])) INTO row_in_queue;
    UPDATE generation_jobs
        SET status = 'waiting', queue_id = row_in_queue, due_at = due, error = coalesce(trouble, error),
            cost = cost + paid, lost = lost + was_lost, worker = NULL, lease_until = NULL, heartbeat_at = NULL
        WHERE job_id = job;
    RETURN 'waiting';
END $$;
COMMENT ON FUNCTION genko_put_back(uuid, text, timestamptz, interval, jsonb, bigint, bigint) IS
    'Puts a running job of this holder back into the queue, or ends it where that was asked for.';

CREATE FUNCTION genko_cancel_jobs(jobs uuid[]) RETURNS SETOF uuid LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
DECLARE
    one generation_jobs;
BEGIN
    -- As in genko_take_job, which locks a row of the queue before the job's: here it is the other way round.
    PERFORM pg_advisory_xact_lock(x'67656e6b6f6a6f62'::bigint);
    FOR one IN SELECT * FROM generation_jobs WHERE job_id = ANY(jobs) AND finished_at IS NULL
               ORDER BY job_id FOR UPDATE
    LOOP
        UPDATE generation_jobs SET cancel_asked = true WHERE job_id = one.job_id AND NOT cancel_asked;
        IF one.status = 'waiting' THEN
            PERFORM genko_end_job(one.job_id, 'cancelled', NULL, one.error, 0, NULL);
        ELSE
            PERFORM procrastinate_cancel_job_v1(one.queue_id, true, false);
        END IF;
        RETURN NEXT one.job_id;
    END LOOP;
END $$;
COMMENT ON FUNCTION genko_cancel_jobs(uuid[]) IS
    'Ends those that wait, and asks the workers of those that run to give them up; gives those it was about.';

CREATE FUNCTION genko_mend_queue() RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    one generation_jobs;
    row_in_queue bigint;
    mended bigint := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(x'67656e6b6f6a6f62'::bigint);  -- as above
    DELETE FROM procrastinate_jobs q USING generation_queues v
        WHERE v.queue = q.queue_name AND q.task_name = 'genko.make'
        AND NOT EXISTS (SELECT FROM generation_jobs g WHERE g.queue_id = q.id);
    GET DIAGNOSTICS mended = ROW_COUNT;
    FOR one IN SELECT * FROM generation_jobs g WHERE g.status = 'waiting' AND NOT EXISTS (
        SELECT FROM procrastinate_jobs q WHERE q.id = g.queue_id AND q.status = 'todo') FOR UPDATE SKIP LOCKED
    LOOP
        DELETE FROM procrastinate_jobs WHERE id = one.queue_id;
        SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[
            ROW(genko_queue_of(one.provider, one.owner), 'genko.make', 0, NULL, one.job_id::text,
                jsonb_build_object('job', one.job_id::text), one.due_at)::procrastinate_job_to_defer_v1]))
            INTO row_in_queue;
        UPDATE generation_jobs SET queue_id = row_in_queue WHERE job_id = one.job_id;
        mended := mended + 1;
    END LOOP;
    RETURN mended;
END $$;
COMMENT ON FUNCTION genko_mend_queue() IS
    'Brings the queue in step with the jobs, which are what counts; gives how many rows that took.';
"""


def upgrade() -> None:
    """Make the queue in a schema of its own, then the tables and what works with both."""
    connection = op.get_bind()
    path = connection.exec_driver_sql("SHOW search_path").scalar_one()
    connection.exec_driver_sql("CREATE SCHEMA genko_queue")
    connection.exec_driver_sql(
        "COMMENT ON SCHEMA genko_queue IS 'The tables of procrastinate: which job is next, and who has it.'"
    )
    connection.exec_driver_sql("SET LOCAL search_path = genko_queue")
    connection.exec_driver_sql(QUEUE.read_text(encoding="utf-8").replace("%", "%%"))
    connection.exec_driver_sql(f"SET LOCAL search_path = {path}")
    for step in (TABLES, RULES):
        connection.exec_driver_sql(step.replace("%", "%%"))
    connection.exec_driver_sql(f"SET LOCAL search_path = {path}, genko_queue")
    connection.exec_driver_sql(FUNCTIONS.replace("%", "%%"))
    connection.exec_driver_sql(f"SET LOCAL search_path = {path}")


def downgrade() -> None:
    """There is no way back: what was made and paid for would go with the tables."""
    raise NotImplementedError("Results would be lost.")
