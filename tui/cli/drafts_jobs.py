"""`genko drafts jobs` and `cancel`: what the server has of the making of drafts, and giving it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from cyclopts import Parameter

from core.errors import NotFound
from tui.cli.context import Context
from tui.cli.drafts import drafts, opened_drafts
from tui.cli.outcome import FAILED, cell_of, complain, say, say_json, table
from tui.cli.projects import AsJson

if TYPE_CHECKING:
    from core.jobs import JobState
    from core.server.connection import Connection


@drafts.command
def jobs(
    wanted: str | None = None,
    /,
    *,
    all_: Annotated[bool, Parameter(name="--all", negative="")] = False,
    json: AsJson = False,
) -> None:
    """List what is being made, by the server's account: what waits, runs, or waits to be collected.

    Parameters
    ----------
    wanted
        A draft; without one, those of all drafts of this login.
    all_
        Also list what was collected.
    """
    from core.jobs import left_alone, nobody_takes, states_of_draft

    draft = opened_drafts().find(wanted).draft_id if wanted else None
    with Context().server() as server:
        server.start()
        with server.connect() as connection:
            found = [state for state in states_of_draft(connection, draft) if all_ or not state.collected]
            alone = frozenset(left_alone(connection))
    if json:
        say_json([{**_as_json(one), "left_alone": _is_left(one, alone)} for one in found])
    elif found:
        say(table([_row(state) for state in found]))
        for provider in sorted({state.provider for state in found if _is_left(state, alone)}):
            say(nobody_takes(provider))
    else:
        say("Nothing is being made.")


@drafts.command
def cancel(*wanted: str, json: AsJson = False) -> int:
    """Give up jobs: what waits ends at once, what runs as soon as its worker hears of it.

    Parameters
    ----------
    wanted
        Ids of jobs, or beginnings of them, as `genko drafts jobs` lists them; or drafts, for all their jobs.
    """
    from core.jobs import cancel as give_up

    with Context().server() as server:
        server.start()
        with server.connect() as connection:
            asked = {job for one in wanted for job in _meant(connection, one)}
            given_up = give_up(connection, asked)
    if json:
        say_json({"given_up": sorted(map(str, given_up)), "had_ended": sorted(map(str, asked - given_up))})
    else:
        say(f"{len(given_up)} of {len(asked)} given up; the others had ended.")
    if not given_up:
        complain("There was nothing to give up.")
    return 0 if given_up else FAILED


def _meant(connection: Connection, wanted: str) -> set[UUID]:
    """Raises NotFound."""
    from core.jobs import states_of_draft

    found = [state for state in states_of_draft(connection) if str(state.id).startswith(wanted.lower())]
    if len(found) == 1:
        return {found[0].id}
    if found:
        raise NotFound(f"More than one job begins with {wanted[:40]}.", ambiguous=True)
    draft = opened_drafts().find(wanted).draft_id
    return {state.id for state in states_of_draft(connection, draft)}


def _is_left(state: JobState, alone: frozenset[str]) -> bool:
    """Whether it waits for somebody to take it, and nobody does."""
    return not state.finished_at and not state.worker and state.provider in alone


def _row(state: JobState) -> tuple[str, ...]:
    return (
        str(state.id)[:8],
        str(state.draft)[:8],
        state.status.value + (" (to be given up)" if state.cancel_asked and not state.finished_at else ""),
        f"{state.progress:.0%}",
        state.provider,
        f"try {state.tries}" if state.tries else "",
        cell_of(state.error.what) if state.error else "",
    )


def _as_json(state: JobState) -> dict[str, Any]:
    times = ("created_at", "started_at", "finished_at", "due_at")
    return {
        "id": str(state.id),
        "draft": str(state.draft),
        "status": state.status.value,
        "progress": round(state.progress, 3),
        "provider": state.provider,
        "tries": state.tries,
        "lost_tries": state.lost,
        "worker": state.worker,
        "to_be_given_up": state.cancel_asked,
        "estimate": state.estimate,
        "cost": state.cost,
        "error": str(state.error) if state.error else None,
        "collected": state.collected,
        **{name: at.isoformat() if (at := getattr(state, name)) else None for name in times},
    }
