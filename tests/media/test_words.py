"""What header and toasts say of pictures: never more than is on the server."""

from __future__ import annotations

from core.errors import ServerUnreachable
from core.journal import JournalState
from core.media import MediaError
from core.workspace import ServerState, SessionStatus
from screens.news import SaveNews
from screens.widgets.header import server_text
from tests.screens.test_news import told

PLAIN = SessionStatus(JournalState.ON_DISK, None, ServerState.SAVED, None, 0)
COLOURS = dict.fromkeys(("success", "warning", "secondary", "error", "quiet"), "#ffffff")


def status(server: ServerState = ServerState.SAVED, **changes: object) -> SessionStatus:
    """A status with pictures."""
    return SessionStatus(JournalState.ON_DISK, None, server, None, 0, **changes)  # type: ignore[arg-type]


def test_saved_is_not_said_while_pictures_are_on_their_way() -> None:
    news = SaveNews()
    news.asked()
    assert told(news, status(ServerState.SAVING), status(pictures_busy=True)) == []
    assert told(news, status(pictures_busy=True, pictures_to_send=2)) == []
    (said,) = told(news, status(), status())
    assert said.sentence == "Everything is on the server."
    news.asked()
    (said,) = told(news, status(pictures_busy=True, pictures_to_send=2), status(pictures_to_send=2))
    assert said.sentence == "The words are on the server; 2 pictures will be sent."
    news.asked()
    (control,) = told(news, PLAIN)
    assert control.sentence == "Everything is on the server."


def test_a_picture_that_fails_is_told_once_and_a_server_that_is_away_not_at_all() -> None:
    news = SaveNews()
    errors = (MediaError("one.png is damaged."), MediaError("two.png is damaged."))
    (said,) = told(news, PLAIN, status(picture_errors=errors), status(picture_errors=errors))
    assert said.sentence == "one.png is damaged. And 1 other."
    assert told(news, status(picture_errors=(ServerUnreachable("Away."),), pictures_to_come=3)) == []


def test_the_header_counts_what_is_still_to_come() -> None:
    both = status(pictures_to_come=3, pictures_to_send=1)
    assert both.picture_sentence == "3 pictures still to come, 1 picture still to send"
    assert "3 pictures to come" in server_text(both, COLOURS, wide=False).plain
    assert "1 picture still to send" in server_text(both, COLOURS, wide=True).plain
    assert "picture" not in server_text(PLAIN, COLOURS, wide=True).plain
    unsaved = status(ServerState.UNSAVED, pictures_to_come=3)
    assert "picture" not in server_text(unsaved, COLOURS, wide=True).plain  # words come first
