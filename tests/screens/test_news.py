"""What a toast says, and that none says more than the server did."""

from __future__ import annotations

from core.errors import JournalError, ServerError
from core.journal import JournalState
from core.workspace import ServerState, SessionStatus
from screens.news import News, SaveNews


def status(
    server: ServerState,
    *,
    edits: int = 0,
    disk: JournalState = JournalState.ON_DISK,
    error: ServerError | None = None,
    disk_error: JournalError | None = None,
) -> SessionStatus:
    """A status as a session makes them."""
    return SessionStatus(
        disk=disk,
        disk_at=None,
        server=server,
        server_at=None,
        edits_waiting=edits,
        error=error,
        disk_error=disk_error,
    )


def told(news: SaveNews, *states: SessionStatus) -> list[News]:
    """The toasts of a row of statuses."""
    return [one for state in states if (one := news.hear(state)) is not None]


def test_success_is_told_once_and_only_when_asked_for() -> None:
    news = SaveNews()
    assert told(news, status(ServerState.CONNECTING), status(ServerState.UNSAVED, edits=1)) == []
    assert told(news, status(ServerState.SAVED)) == []
    news.asked()
    heard = told(
        news, status(ServerState.SAVING, edits=1), status(ServerState.SAVED), status(ServerState.SAVED)
    )
    assert [one.title for one in heard] == ["Saved"]


def test_nothing_is_called_saved_before_the_server_has_said_so() -> None:
    news = SaveNews()
    news.asked()
    heard = told(news, status(ServerState.SAVING, edits=1), status(ServerState.UNSAVED, edits=2))
    assert heard == []


def test_a_wait_says_that_the_words_are_here_and_its_end_is_told() -> None:
    news = SaveNews()
    news.asked()
    waiting = status(ServerState.WAITING, edits=3)
    heard = told(news, status(ServerState.SAVING, edits=3), waiting, waiting, status(ServerState.SAVED))
    assert [one.title for one in heard] == ["Saved on this machine", "Saved"]
    assert "3 edits wait" in heard[0].sentence


def test_a_refusal_gives_the_reason_even_unasked() -> None:
    error = ServerError("The server is read-only.", safe="Your words are on this machine.")
    (one,) = told(SaveNews(), status(ServerState.ERROR, edits=1, error=error))
    assert one.severity == "error"
    assert "read-only" in one.sentence
    assert "on this machine" in one.sentence


def test_a_failing_disk_and_its_recovery_are_told() -> None:
    news = SaveNews()
    failing = status(ServerState.OFF, disk=JournalState.FAILING, disk_error=JournalError("The disk is full."))
    heard = told(news, status(ServerState.OFF), failing, failing, status(ServerState.OFF))
    assert [one.title for one in heard] == ["Your words are only in memory", "On disk"]
    assert "The disk is full." in heard[0].sentence


def test_a_server_that_is_away_while_the_disk_fails_is_no_reason_to_say_that_words_are_safe() -> None:
    news = SaveNews()
    gone = ServerError("No server listens there.", safe="Your words are safe on this machine.")
    full = JournalError("The disk is full.")
    failing = status(ServerState.UNSAVED, disk=JournalState.FAILING, disk_error=full, error=gone)
    (heard,) = told(news, failing)
    assert "The disk is full." in heard.sentence
    news.asked()
    waiting = status(ServerState.WAITING, edits=2, disk=JournalState.FAILING, disk_error=full, error=gone)
    (heard,) = told(news, waiting)
    assert "safe" not in heard.sentence
    assert heard.title == "Not saved anywhere yet"
