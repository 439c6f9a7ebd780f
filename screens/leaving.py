"""Leaving with words that the server lacks: say where they are, offer to save."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from textual.app import App

from core.journal import JournalState
from core.workspace import ProjectSession, ServerState, SessionStatus
from screens.prompts import Choice
from screens.wording import counted

_UNDER_WAY = (ServerState.SAVING, ServerState.CONNECTING)


async def may_leave(app: App[Any], session: ProjectSession | None, working: Sequence[str]) -> bool:
    """Ask as long as something is under way or unsaved; True when the writer may and wants to leave.

    `working` are sentences on what is under way and would be stopped.
    """
    if working and not await _stop_work(app, working):
        return False
    return session is None or await _leave_session(app, session)


async def _stop_work(app: App[Any], working: Sequence[str]) -> bool:
    answers = [("cancel", "Stay"), ("quit", "Stop and quit")]
    return await app.push_screen_wait(Choice("Quit", " ".join(working), answers)) == "quit"


async def _leave_session(app: App[Any], session: ProjectSession) -> bool:
    if session.status.disk is not JournalState.ON_DISK:
        await asyncio.to_thread(session.journal.flush, 2.0)
    if session.status.disk is JournalState.FAILING:
        return await _leave_memory(app, session.status)
    if not session.status.is_dirty:
        return not session.status.pictures_to_send or await _leave_pictures(app, session.status)
    edits = session.status.edits_waiting
    answer = await app.push_screen_wait(
        Choice(
            "Quit",
            f"Your words are safe on this machine. {edits:,} edit{' is' if edits == 1 else 's are'} not on "
            "the server yet.",
            [("save", "Save and quit"), ("quit", "Quit"), ("cancel", "Cancel")],
        )
    )
    if answer == "save":
        return await _save_then_leave(app, session)
    return answer == "quit"


async def _save_then_leave(app: App[Any], session: ProjectSession) -> bool:
    session.request_save()
    status = await _settled(session)
    if not status.is_dirty:
        return not status.pictures_to_send or await _leave_pictures(app, status)
    reason = f" {status.error.what}" if status.error is not None else ""
    answer = await app.push_screen_wait(
        Choice(
            "Not saved to the server",
            f"{reason.strip()} Your words are safe on this machine, and will be sent the next time.".strip(),
            [("cancel", "Stay"), ("quit", "Quit")],
        )
    )
    return answer == "quit"


async def _leave_pictures(app: App[Any], status: SessionStatus) -> bool:
    what = counted(status.pictures_to_send, "picture")
    answer = await app.push_screen_wait(
        Choice(
            "Quit",
            f"Your words are on the server; {what} still to be sent. They are on this machine, and will be "
            "sent the next time.",
            [("quit", "Quit"), ("cancel", "Stay")],
        )
    )
    return answer == "quit"


async def _settled(session: ProjectSession, seconds: float = 20.0) -> SessionStatus:
    """The status once the save is through or has failed, or as it is after `seconds`."""
    done = asyncio.Event()
    stop = session.on_status(lambda status: None if _is_under_way(status) else done.set())
    try:
        if _is_under_way(session.status):
            await asyncio.wait_for(done.wait(), seconds)
    except TimeoutError:
        pass
    finally:
        stop()
    return session.status


def _is_under_way(status: SessionStatus) -> bool:
    return status.server in _UNDER_WAY or (status.server is ServerState.SAVED and status.pictures_busy)


async def _leave_memory(app: App[Any], status: SessionStatus) -> bool:
    reason = status.disk_error.what if status.disk_error is not None else "The disk does not take them."
    answer = await app.push_screen_wait(
        Choice(
            "Your words are only in memory",
            f"{reason} Make room, and they are written by themselves. Who quits now loses them.",
            [("cancel", "Stay"), ("quit", "Quit and lose them")],
        )
    )
    return answer == "quit"
