"""`genko worker`: makes what drafts have asked for, with the providers and keys of this machine."""

from __future__ import annotations

import sys
from typing import Annotated, Any

from cyclopts import Parameter
from cyclopts.types import PositiveInt

from core.errors import UsageError
from tui.cli.context import Context
from tui.cli.outcome import harmless
from tui.cli.projects import AsJson

Flag = Annotated[bool, Parameter(negative="")]


def worker(
    *, concurrency: PositiveInt = 4, once: Flag = False, until_idle: Flag = False, json: AsJson = False
) -> None:
    """Take jobs from the database and make them, until stopped (Ctrl+C, SIGTERM); needs no terminal.

    When told to stop it takes no more, gives what runs half a minute, and puts the rest back. Told twice, it
    stops at once. It tries again by itself when the database is away.

    Parameters
    ----------
    concurrency
        How many jobs at a time, at most; each provider has a bound of its own over all workers.
    once
        Stop after one job, or when there is none.
    until_idle
        Stop when nothing is left that this worker could make.
    json
        Say each thing that happens as one line of JSON.
    """
    if once and until_idle:
        raise UsageError("--once and --until-idle exclude each other.")
    from core.jobs.running import Until, WorkerRun
    from core.jobs.words import Word
    from core.providers import providers

    context = Context()
    until = Until.ONCE if once else Until.IDLE if until_idle else Until.STOPPED

    def tell(word: Word) -> None:
        _say(word, json)

    with context.server() as server:
        found = providers(context.settings.providers)
        WorkerRun(found, server, concurrency=concurrency, until=until, tell=tell).run(signals=True)


def _say(word: Any, as_json: bool) -> None:
    """One line, at once: whoever reads it may be a pipe."""
    import msgspec

    line = msgspec.json.encode(word).decode() if as_json else harmless(word.sentence())
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
