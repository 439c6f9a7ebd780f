"""News of jobs: however many come, they are shown few times, none is lost, and a bar never goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from core.story import Attempt
from screens.drafts.jobs.board import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job, JobBoard
from screens.drafts.jobs.details import JobDetails
from screens.drafts.jobs.gathering import Gathered, Gatherer
from screens.drafts.jobs.panel import JobsPanel, summary
from screens.drafts.jobs.rows import JobRows, job_pieces
from screens.widgets.row_view import RowView
from tests.screens.conftest import until
from tui.themes import THEMES


class Listening(App[None]):
    """Takes news and counts how often it shows some."""

    def __init__(self, every: float, most: int = 200) -> None:
        super().__init__()
        self.news: Gatherer[int, int] = Gatherer(self, self.show, every=every, most=most)
        self.shown: list[Mapping[int, int]] = []

    def show(self, news: Mapping[int, int]) -> None:
        """Remember it."""
        self.shown.append(dict(news))

    def on_gathered(self, event: Gathered) -> None:
        """As a screen does."""
        self.news.look()


def known(app: Listening) -> dict[int, int]:
    """What all showings together have told."""
    found: dict[int, int] = {}
    for news in app.shown:
        found |= news
    return found


async def burst(app: Listening, pilot: Pilot[None], jobs: int, turns: int, *, resting: bool) -> None:
    """Each job tells `turns` times how far it is; `resting`: the screen has its turn in between."""
    for turn in range(turns):
        for job in range(jobs):
            app.news.put({job: turn})
            if resting:
                await pilot.pause()
    await until(pilot, lambda: known(app) == dict.fromkeys(range(jobs), turns - 1))  # type: ignore[arg-type]


async def test_ten_thousand_news_in_a_moment_are_shown_a_few_times_and_the_last_ones_count() -> None:
    app = Listening(every=0.01)
    async with app.run_test() as pilot:
        await burst(app, pilot, 200, 50, resting=False)
        assert len(app.shown) <= 2
        assert max(map(len, app.shown)) <= 200


async def test_control_news_that_are_not_gathered_are_shown_one_by_one() -> None:
    app = Listening(every=0.0)
    async with app.run_test() as pilot:
        await burst(app, pilot, 5, 4, resting=True)
        assert len(app.shown) == 20


async def test_more_news_than_a_showing_takes_come_in_several_of_them() -> None:
    app = Listening(every=0.0, most=30)
    async with app.run_test() as pilot:
        await burst(app, pilot, 100, 1, resting=False)
        assert [len(news) for news in app.shown] == [30, 30, 30, 10]


async def test_a_screen_that_has_gone_is_shown_nothing() -> None:
    app = Listening(every=0.0)
    async with app.run_test() as pilot:
        app.news.put({1: 1})
        app.news.close()
        await pilot.pause()
        assert app.shown == []


# the board


def board_of(count: int, state: str = WAITING) -> JobBoard:
    """Jobs j0, j1, …"""
    board = JobBoard()
    board.put(
        (Job(f"j{number}", f"a{number}", f"asset {number}", state=state) for number in range(count)), 0.0
    )
    return board


def ids(board: JobBoard) -> list[str]:
    """From the top."""
    return [job.id for job in board.rows(0, len(board))]


def test_what_failed_stands_on_top_and_what_is_over_at_the_end() -> None:
    board = board_of(5)
    board.hear("j3", RUNNING, 0.5, "", 1.0)
    board.hear("j0", DONE, 1.0, "", 1.0)
    board.hear("j4", FAILED, 0.0, "The server said no.", 1.0)
    assert ids(board) == ["j4", "j3", "j1", "j2", "j0"]
    assert [board.row_of(job) for job in ids(board)] == [0, 1, 2, 3, 4]
    assert board.row_of("nobody") == -1


@pytest.mark.parametrize(
    ("news", "fraction", "state"),
    [
        ([(RUNNING, 0.6), (RUNNING, 0.2)], 0.6, RUNNING),
        ([(RUNNING, 0.6), (WAITING, 0.0), (RUNNING, 0.1)], 0.6, RUNNING),
        ([(DONE, 1.0), (RUNNING, 0.3)], 1.0, DONE),
        ([(CANCELLED, 0.0), (DONE, 1.0)], 0.0, CANCELLED),
        ([(RUNNING, 7.0)], 1.0, RUNNING),
        ([(RUNNING, 0.4), ("unheard of", 0.9)], 0.4, RUNNING),
    ],
)
def test_a_bar_never_goes_back_and_what_is_over_stays_so(
    news: Sequence[tuple[str, float]], fraction: float, state: str
) -> None:
    board = board_of(1)
    for at, (told, share) in enumerate(news):
        board.hear("j0", told, share, "", float(at))
    job = board.get("j0")
    assert job is not None
    assert (job.fraction, job.state) == (fraction, state)


def test_time_left_is_told_when_it_can_be_known() -> None:
    board = board_of(10)
    assert board.left(0.5) is None
    for number in range(4):
        board.hear(f"j{number}", DONE, 1.0, "", 2.0)
    assert board.rate(2.0) == 2.0
    assert board.left(2.0) == 3.0
    board.hear("j4", RUNNING, 0.0, "", 2.0)
    board.hear("j4", RUNNING, 0.25, "", 4.0)
    job = board.get("j4")
    assert job is not None
    assert job.left(4.0) == 6.0


def test_a_new_run_begins_with_what_is_asked_for_then() -> None:
    board = board_of(2)
    board.hear("j0", DONE, 1.0, "", 1.0)
    board.hear("j1", FAILED, 0.0, "No.", 1.0)
    assert summary(board) == "1 of 2 made"
    board.put([], 8.0)  # nobody has asked for anything
    assert summary(board) == "1 of 2 made"
    board.put([Job("again", "a1")], 9.0)
    assert ids(board) == ["j1", "again"]
    assert summary(board) == "Making · 0 of 2 done"


def test_what_is_yet_to_be_asked_for_is_a_part_of_the_run() -> None:
    board = board_of(2)
    board.to_come = 8
    board.hear("j0", DONE, 1.0, "", 2.0)
    board.hear("j1", DONE, 1.0, "", 2.0)
    assert board.busy
    assert summary(board) == "Making · 2 of 10 done"
    assert (board.share(), board.left(2.0)) == (0.2, 8.0)
    board.put([Job("next", "a1")], 3.0)
    board.to_come = 7
    assert summary(board) == "Making · 2 of 10 done"
    board.hear("next", DONE, 1.0, "", 4.0)
    board.to_come = 0  # the others came to nothing
    assert summary(board) == "3 of 3 made"


def test_what_a_maker_says_is_told_on_one_line_and_steers_no_terminal() -> None:
    job = Job("j", label="Fox", state=FAILED, error="No \x1b[2J\nluck")
    told = "".join(words for words, _ in job_pieces(job, 70, 0.0))
    assert told.startswith("▲ Fox")
    assert "\x1b" not in told
    assert "\n" not in told
    job = Job("j", label="Fox", error="No \x1b[2J\nluck")  # it was tried before
    told = "".join(words for words, _ in job_pieces(job, 70, 0.0))
    assert "tried again soon: No" in told
    assert "\x1b" not in told
    attempt = Attempt(id="j", error="No \x1b[2J\nluck", resolved="A \x1b]0;fox\x07")
    assert "\x1b" not in JobDetails(job, attempt)._text()


def test_what_has_ended_says_what_it_did_cost() -> None:
    told = {
        state: JobDetails(Job("j", state=state), Attempt(id="j"))._text() for state in (DONE, FAILED, WAITING)
    }
    assert "\nCost: nothing" in told[DONE]
    assert all("\nCost:" not in told[state] for state in (FAILED, WAITING))  # nobody may know it yet
    assert all("Expected to cost: nothing" in words for words in told.values())


# the panel


class Panel(App[None]):
    """Only the panel."""

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = THEMES["dark"].name

    def compose(self) -> ComposeResult:
        """The panel, and something else that can have the cursor."""
        yield RowView()
        yield JobsPanel()


@pytest.mark.parametrize("jobs", [20, 10_000])
async def test_painting_costs_what_is_seen_however_many_jobs_there_are(
    jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    paint = JobRows._strip

    def counted(rows: JobRows, job: Job, at: int, width: int, now: float, ground: Style) -> Strip:
        painted.append(job.id)
        return paint(rows, job, at, width, now, ground)

    monkeypatch.setattr(JobRows, "_strip", counted)
    monkeypatch.setattr(RowView, "row_count", 0)
    async with Panel().run_test(size=(80, 24)) as pilot:
        panel = pilot.app.query_one(JobsPanel)
        panel.open()
        panel.show(board_of(jobs))
        await pilot.pause()
        assert 0 < len(set(painted)) <= panel.rows.size.height
        # the control: as many again are painted when as many others are seen
        seen = set(painted)
        panel.rows.focus()
        await pilot.press("pagedown", "pagedown")
        assert set(painted) > seen


async def test_the_cursor_stays_with_its_job_wherever_that_goes() -> None:
    async with Panel().run_test(size=(80, 24)) as pilot:
        panel = pilot.app.query_one(JobsPanel)
        board = board_of(9)
        panel.open()
        panel.show(board)
        panel.rows.focus()
        await pilot.press("down", "down")
        board.hear("j8", FAILED, 0.0, "No.", 1.0)
        board.hear("j5", RUNNING, 0.5, "", 1.0)
        panel.show(board)
        assert panel.rows.cursor == 4
        assert panel.rows.chosen is board.get("j2")
