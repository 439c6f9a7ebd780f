"""Programs that are killed at a step of making, one after another, and what the next one finds.

Run as `python -m tests.drafts.making.child URL FOLDER STEP…`; the answers are a line of JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import UUID

import core.media.store as media_store
from core.drafts import Drafts
from core.drafts.making.desk import DraftDesk
from core.drafts.making.jobs_queue import JobsQueue
from core.drafts.making.wish import Wish
from core.jobs import Rhythm, WorkerRun, states_of_draft
from core.journal import Journal
from core.media import MediaStore
from core.paths import Paths
from core.providers import ProvidersSettings, providers
from core.server import Server, ServerSettings
from core.workspace.saving import Inbox

PROMPT = "A {concept} that somebody has thought about"
ASSETS = ("lamp", "kite", "boat")
SECONDS = 60.0
RHYTHM = Rhythm(heartbeat=0.5, lease=2.0, doubt=1.0, look=0.5, poll=0.1)


def drafts_in(folder: Path) -> Drafts:
    """All of a user's folders under one."""
    return Drafts(Paths(folder / "data", folder / "config", folder / "logs", folder / "state"))


def kill_at(step: int) -> None:
    """From now on the process dies at the step of this number, before or after which something is done."""
    count = 0

    def passed() -> None:
        nonlocal count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(owner: Any, name: str) -> None:
        done: Callable[..., Any] = getattr(owner, name)

        @wraps(done)
        def counted(*given: Any, **named: Any) -> Any:
            passed()
            result = done(*given, **named)
            passed()
            return result

        setattr(owner, name, counted)

    for owner, name in (
        (Journal, "append"),
        (Journal, "put_all"),
        (Journal, "sync"),
        (JobsQueue, "hand_over"),
        (JobsQueue, "states"),
        (JobsQueue, "collected"),
        (MediaStore, "add_bytes"),
        (media_store, "give_name"),
    ):
        around(owner, name)


def app(drafts: Drafts, server: Server, draft: UUID, *, first: bool) -> dict[str, Any]:
    """The program: it asks (the first one), and waits until nothing is under way."""
    inbox = Inbox()
    desk = DraftDesk(drafts, inbox.put, worker=False)
    desk.connect(server)
    opened = desk.open(draft)
    if first:
        one = opened.draft.assets()[0]
        desk.regenerate(draft, one.id, PROMPT)
        desk.generate(draft, Wish(steps=("names", "picture")))
    rested = inbox.run_until(lambda: not opened.busy, SECONDS)
    inbox.run_until(lambda: not opened.session.journal.names("making."), SECONDS)
    attempts = [*opened.draft.index.attempts.values()]
    found = {
        "rested": rested,
        "status": opened.draft.pack.status,
        "attempts": {one.id: one.status for one in attempts},
        "prompts": [one.text for one in opened.draft.index.prompts.values()],
        "files": all(opened.session.media.verify(one.output) for one in attempts if one.output),
        "facts": opened.session.journal.names("making."),
    }
    desk.close()
    with server.connect() as connection:
        jobs = states_of_draft(connection, draft)
    found["jobs"] = {str(job.id): [job.status.value, job.tries, job.collected] for job in jobs}
    return found


def forked(call: Callable[[], object]) -> int:
    """Do it in a process of its own; how that ended."""
    child = os.fork()
    if child == 0:
        try:
            call()
        except BaseException:  # noqa: BLE001 - it ends without what the parent would do at its own end
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def one_kill(url: str, folder: Path, step: int) -> dict[str, Any]:
    """A program killed at this step, and what the next one makes of it."""
    drafts = drafts_in(folder)
    answer = folder / f"{step}.json"
    draft = drafts.create(f"Killed at {step}", theme="jungle", languages=("en", "fr")).draft_id
    with drafts.edited(draft) as edited:
        edited.add_assets([{"kind": "prop", "name": name} for name in ASSETS])

    def first() -> None:
        server = Server(ServerSettings(url=url))
        kill_at(step)
        app(drafts, server, draft, first=True)

    def second() -> None:
        server = Server(ServerSettings(url=url))
        answer.write_text(json.dumps(app(drafts, server, draft, first=False)))

    status = forked(first)
    killed = os.WIFSIGNALED(status)
    if forked(second):
        return {"step": step, "killed": killed, "rested": False}
    return {"step": step, "killed": killed, **json.loads(answer.read_text())}


def main() -> None:
    """One worker for all of them, which nobody kills."""
    url, folder, *steps = sys.argv[1:]
    worker = os.fork()
    if worker == 0:
        server = Server(ServerSettings(url=url))
        WorkerRun(providers(ProvidersSettings()), server, concurrency=2, rhythm=RHYTHM).run()
        os._exit(0)
    try:
        found = [one_kill(url, Path(folder), int(step)) for step in steps]
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
