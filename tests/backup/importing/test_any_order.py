"""Edits, backups, imports and undoing in any order, held against a model that only knows words."""

from __future__ import annotations

import tempfile
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core.backup.importing import ImportRefusedError, apply_plan, imports
from core.backup.importing.reading.states import joined, state_of, states_at
from core.backup.importing.reports.facts import fact_name, read_fact
from core.backup.importing.reports.ledger import Ledger
from core.backup.plan import Action, Choice, Decisions, ImportReport
from core.backup.work import Step, StoppedError, Work
from core.content import Content
from core.journal import read_facts
from core.story import Section
from tests.backup.importing.desk import Desk, content_of, given

WORDS = st.sampled_from(["rain", "roof", "door", "light", "storm", "night", "sea", "bridge"])
LINE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
MACHINES = st.integers(0, 1)


class Imports(RuleBasedStateMachine):
    """Two machines with one project; each writes, backs up, and imports what the other has backed up.

    The model: every word token that was ever written is told apart by its number, and a machine never
    shows fewer tokens of its own than it had, but for what it took out itself, restored or took back.
    """

    backups: Bundle[Content] = Bundle("backups")

    @initialize()
    def begin(self) -> None:
        """One project on both machines."""
        self.folder = tempfile.TemporaryDirectory()
        home = Path(self.folder.name)
        self.desks = [Desk(home / "0"), Desk(home / "1")]
        self.count = 0
        entry = self.desks[0].shelf.create(title="A storm", text="PAGE 1\n\nBegin.\n\nPAGE 2\n\nMore.")
        self.project = entry.project_id
        self.desks[1].bring(given(content_of(self.desks[0].open(self.project))))
        self.mine: list[set[str]] = [set(), set()]
        self.people: list[set[str]] = [set(), set()]
        self.before: list[tuple[int, ImportReport, str]] = []

    def token(self) -> str:
        """A word that nobody has written before."""
        self.count += 1
        return f"w{self.count}x"

    def text(self, machine: int) -> str:
        """The script there."""
        return self.desks[machine].open(self.project).text

    @rule(machine=MACHINES, line=LINE, page=st.booleans(), at=st.floats(0, 1))
    def write(self, machine: int, line: str, page: bool, at: float) -> None:
        """Somebody writes a line, or a page, somewhere."""
        token = self.token()
        with self.desks[machine].shelf.edited(self.project) as store:
            lines = store.text.split("\n")
            place = 1 + int(at * (len(lines) - 1)) if len(lines) > 1 else 1
            new = [f"PAGE {self.count + 10}", "", f"{line} {token}"] if page else [f"{line} {token}"]
            store.replace_text("\n".join([*lines[:place], *new, *lines[place:]]))
        self.mine[machine].add(token)

    @rule(machine=MACHINES, at=st.floats(0, 1))
    def take_out_a_page(self, machine: int, at: float) -> None:
        """Somebody takes a whole page out, of whomever it is."""
        with self.desks[machine].shelf.edited(self.project) as store:
            pages = state_of(store).pages
            if not pages:
                return
            gone = pages[int(at * (len(pages) - 1))]
            store.replace_text(joined(page for page in pages if page.key != gone.key))
        self.mine[machine] -= words_of(gone.text)
        self.before = [one for one in self.before if one[0] != machine]

    @rule(machine=MACHINES)
    def add_somebody(self, machine: int) -> None:
        """Somebody makes a character."""
        token = self.token()
        with self.desks[machine].shelf.edited(self.project) as store:
            store.add_record(Section.CHARACTERS, name=token)
        self.people[machine].add(token)

    @rule(target=backups, machine=MACHINES)
    def back_up(self, machine: int) -> Content:
        """A backup of what a machine has."""
        return content_of(self.desks[machine].open(self.project))

    @rule(machine=MACHINES, content=backups, choice=st.sampled_from([None, Choice.OURS, Choice.BOTH]))
    def bring(self, machine: int, content: Content, choice: Choice | None) -> None:
        """An import, which takes nothing away and does the same only once."""
        decisions = Decisions(all_conflicts=choice)
        desk, before = self.desks[machine], self.text(machine)
        report = desk.bring(given(content), decisions)
        now = self.text(machine)
        assert words_of(before) <= words_of(now)
        again = desk.bring(given(content), decisions)
        assert again.projects[0].action is Action.SAME
        assert self.text(machine) == now
        if report.projects[0].action is not Action.SAME:
            self.before.append((machine, report, before))

    @rule(machine=MACHINES, content=backups)
    def stop(self, machine: int, content: Content) -> None:
        """An import that is stopped before it does anything."""
        desk, before = self.desks[machine], self.text(machine)
        plan = desk.look(given(content))
        if plan.projects[0].action is not Action.MERGE:
            return

        def refuse(step: Step) -> None:
            if step.what == "importing":
                raise StoppedError("Stopped.", safe="")

        with pytest.raises(StoppedError):
            apply_plan(
                desk.shelf,
                given(content),
                plan,
                Decisions(),
                server=None,
                work=Work(refuse),
                back_up=desk.back_up,
            )
        assert self.text(machine) == before

    @rule(machine=MACHINES, content=backups)
    def restore_and_take_back(self, machine: int, content: Content) -> None:
        """An older state comes back and is taken back again: the script is what it was."""
        desk, before = self.desks[machine], self.text(machine)
        report = desk.bring(given(content), Decisions({content.key: Action.RESTORE}))
        assert self.text(machine) == content.script
        desk.undo(report)
        assert self.text(machine) == before

    @precondition(lambda self: bool(self.before))
    @rule()
    def take_back(self) -> None:
        """The last import is taken back: what was written since stays."""
        machine, report, before = self.before.pop()
        desk, now = self.desks[machine], self.text(machine)
        try:
            desk.undo(report)
        except ImportRefusedError:
            return
        left = words_of(self.text(machine))
        assert words_of(now) & self.mine[machine] <= left
        if now == _after(desk, report):
            assert left == words_of(before)

    @invariant()
    def own_words_are_there(self) -> None:
        """Nobody's own words go because of somebody else's backup."""
        for machine in range(2):
            assert self.mine[machine] <= words_of(self.text(machine))
            people = {one.name for one in self.desks[machine].open(self.project).characters()}
            assert self.people[machine] <= people

    @invariant()
    def reports_are_whole(self) -> None:
        """Nothing is left half told."""
        for desk in self.desks:
            assert Ledger(desk.shelf.paths).begun() == []
            assert len({report.import_id for report in imports(desk.shelf)}) == len(imports(desk.shelf))

    def teardown(self) -> None:
        """The folders go."""
        self.folder.cleanup()


def words_of(text: str) -> set[str]:
    """The words that can be told apart."""
    return {word for word in text.split() if word.startswith("w") and word.endswith("x")}


def _after(desk: Desk, report: ImportReport) -> str:
    """The script right after an import."""
    project = UUID(report.projects[0].project_id)
    fact = read_fact(read_facts(desk.shelf.path_of(project)).get(fact_name(report.import_id)))
    assert fact is not None
    return states_at([desk.open(project).snapshot()], [fact.after_point])[0].text


def test_any_order() -> None:
    wanted = settings(max_examples=4, stateful_step_count=7, deadline=None, derandomize=True, database=None)
    run_state_machine_as_test(Imports, settings=wanted)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_any_order_for_long() -> None:
    wanted = settings(max_examples=150, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(Imports, settings=wanted)
