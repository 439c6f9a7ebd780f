"""One open draft: what is asked for, what is on its way, and what came of it, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from core.drafts.entry import draft_facts
from core.drafts.making import notes
from core.drafts.making.asking import Planner
from core.drafts.making.backlog import Place
from core.drafts.making.budget import budget_of, check_budget, estimate
from core.drafts.making.cancelling import give_up
from core.drafts.making.ending import Ending
from core.drafts.making.givenup import GivenUp
from core.drafts.making.host import Host
from core.drafts.making.landing import Landing, concepts_of
from core.drafts.making.notes import Stage
from core.drafts.making.orders import Orders
from core.drafts.making.progress import JobNews
from core.drafts.making.receiving import Outcome
from core.drafts.making.reconciling import Reconciler
from core.drafts.making.settings import CONCEPTS, NAMES, PICTURE
from core.drafts.making.slices import Slices
from core.drafts.making.stages import Stages
from core.drafts.making.targets import targets
from core.drafts.making.underway import UnderWay
from core.drafts.making.wish import Asked, Estimate, Wish, left_out_sentence
from core.drafts.pack.draft import Draft
from core.drafts.status import Status, check_move
from core.errors import GenkoError

if TYPE_CHECKING:
    from core.drafts.themes import Theme
    from core.workspace import ProjectSession

MOST_LANDED = 8
"""Attempts of one slice in which something was made."""
MOST_ENDED = 16
"""And of those that only ended: a record of few words each."""


class OpenDraft:
    """Belongs to its session's thread. Everything long is done in slices of a few milliseconds."""

    def __init__(self, session: ProjectSession, host: Host) -> None:
        self.session = session
        self.draft = Draft(session.store)
        self.host = host
        self.under_way = UnderWay(self.draft)
        self.given_up = GivenUp(self)
        self.orders = Orders(session.journal)
        self.slices = Slices(host.soon)
        self.stages = Stages(self)
        self._home: deque[Outcome] = deque()
        self._ending = Ending(self.draft)
        self.reconciler = Reconciler(self)

    def begin(self) -> None:
        """Go on with what a former program left: stages, orders, attempts."""
        self.stages.begin()
        self.reconciler.begin()
        self.beat()
        self.settle()

    def beat(self) -> None:
        """Time has passed, or somebody has written to the draft."""
        self.reconciler.beat()
        for stage in notes.waiting(self.session.journal):
            self._follow_concepts(stage)

    @property
    def id(self) -> UUID:
        """The draft's."""
        return self.session.project_id

    @property
    def place(self) -> Place:
        """What other threads need of it."""
        budget = budget_of(self.draft, self.host.bound())
        return Place(self.id, self.session.journal, self.session.media, budget)

    @property
    def busy(self) -> bool:
        """Whether anything is being asked for, on its way, or coming in."""
        return self._is_open() or not self.slices.idle

    @property
    def is_handed_over(self) -> bool:
        """Whether a server has all that was asked for so far."""
        return not self.stages and all(order.server for order in self.orders)

    def close(self, seconds: float = 5.0) -> bool:
        """Let go of it; what is not asked for to its end is when it is next opened."""
        self.slices.clear()
        self.under_way.close()
        self.given_up.close()
        self._tell_lists()
        return self.session.close(seconds)

    def _tell_lists(self) -> None:
        """What lists show may be older than the document: the program before was killed."""
        journal = self.session.journal
        for key, value in draft_facts(self.session.store).items():
            if journal.get(key) != value:
                journal.put(key, value)

    # asking

    def estimate(self, wish: Wish) -> Estimate:
        """What a wish would ask for and cost; quick. Raises GenkoError for what can't be asked for."""
        wish.check()
        stage, later = self._stage(wish)
        return estimate(self.planner(stage), later)

    def ask(self, wish: Wish) -> Asked:
        """Ask for what is wished. It is in the journal, or on its way there, when this returns.

        Assets whose prompt can't be sent are left out: that is told, and kept as a failed attempt. Raises
        BudgetError, DraftError (it is being published), UnknownPlaceholder and other GenkoErrors; then
        nothing was asked for.
        """
        wish.check()
        stage, later = self._stage(wish)
        planner = self.planner(stage)
        found = estimate(planner, later)
        if not stage.targets:
            return Asked(stage.id, (), found)
        check_budget(found)
        check_move(self.draft.status, Status.GENERATING)
        if found.left_out:
            self.host.notice(left_out_sentence(found.left_out))
        facts = notes.stage_fact(stage)
        if later:
            attempt = str(planner.attempt_id(CONCEPTS, "", 0))
            facts |= notes.stage_fact(Stage(id=uuid4(), wish=_of_steps(wish, later), after=attempt))
        self.stages.go_on_with(planner, facts, found.spent)
        return Asked(stage.id, tuple(str(one) for one in planner.ids()), found)

    def cancel(self, attempts: Iterable[str]) -> int:
        """Nobody wants these any more; gives how many were under way, or about to be."""
        wanted = set(attempts)
        return self.stages.withdraw(wanted) + give_up(self, wanted)

    def cancel_all(self) -> int:
        """Nobody wants any of it, nor what was wished and is not asked for yet; gives how many there were."""
        left = self.stages.stop()
        given_up = give_up(self, list(self.under_way))
        self.settle()
        return left + given_up

    def _stage(self, wish: Wish) -> tuple[Stage, tuple[str, ...]]:
        """What can be asked for at once, and the steps that wait for concepts."""
        steps = wish.ordered
        later = tuple(step for step in steps if step != CONCEPTS) if CONCEPTS in steps else ()
        if len(self.draft.languages) < 2 and not wish.languages:
            later = tuple(step for step in later if step != NAMES)
        return Stage(id=uuid4(), wish=wish, targets=targets(self.draft, wish, steps)), later

    def planner(self, stage: Stage) -> Planner:
        """Who plans the requests of a stage."""
        return Planner(self.draft, self.host.workshop(), stage)

    # what came of it

    def take_home(self, outcomes: Iterable[Outcome]) -> None:
        """Attempts have come to their ends; their files are on the disk."""
        self._home.extend(outcomes)
        self.slices.add(self._land_some)

    def _land_some(self) -> bool:
        landing = Landing(self.draft, self._theme())
        taken = self._next_home()
        for outcome in taken:
            landing.take(outcome)
        self.given_up.came_home(landing.ended)
        with self.session.together({}):
            self.session.store.put_records(landing.changes, landing.marks)
        if (loop := self.host.loop()) is not None:
            loop.landed(self.id, [UUID(one) for one in landing.ended])
        self.host.hub.put({one.id: _news(one) for one in taken})
        if any(outcome.step == CONCEPTS for outcome in taken):
            self.beat()
        self.settle()
        return bool(self._home)

    def _next_home(self) -> list[Outcome]:
        taken: list[Outcome] = []
        room = MOST_ENDED
        while self._home and room > 0:
            taken.append(self._home.popleft())
            room -= MOST_ENDED // MOST_LANDED if taken[-1].done else 1
        return taken

    def _follow_concepts(self, stage: Stage) -> None:
        """What waited for concepts is asked for once they are there, or never."""
        attempt = self.draft.attempt(stage.after)
        if attempt is None or attempt.id in self.under_way:
            return
        found = concepts_of(self.draft, attempt)
        steps = [step for step in (NAMES, PICTURE) if step in stage.wish.steps]
        wanted = tuple((step, asset) for step in steps for asset in found)
        if wanted:
            ready = Stage(id=stage.id, wish=stage.wish, targets=wanted)
            self.stages.go_on_with(self.planner(ready), notes.stage_fact(ready))
        else:
            self.session.journal.put_all(notes.waiting_gone(stage.id))
            self.settle()

    def _theme(self) -> Theme | None:
        from core.drafts.prompting.resolving import theme_of

        try:
            return theme_of(self.draft.pack, self.host.workshop().themes)
        except GenkoError:  # somebody's own theme that can't be read now: kinds are guessed without it
            return None

    def settle(self) -> None:
        """Say where the draft stands, once nothing is open any more."""
        if not self._is_open():
            self.slices.add(self._end)

    def _end(self) -> bool:
        return not self._is_open() and self._ending.step()

    def _is_open(self) -> bool:
        waits = self.session.journal.names(notes.AFTER)
        return bool(self.under_way or self.stages or self._home or waits)


def _of_steps(wish: Wish, steps: Iterable[str]) -> Wish:
    import msgspec

    return msgspec.structs.replace(wish, steps=tuple(steps))


def _news(outcome: Outcome) -> JobNews:
    return JobNews(str(outcome.fields["status"]), 1.0 if outcome.done else 0.0, outcome.error)
