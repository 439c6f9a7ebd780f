"""An import whose report can't be kept never says that nothing was changed when something was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.backup.importing import Given, imports
from core.backup.importing.errors import NOTHING
from core.backup.importing.reports.ledger import reports_folder
from core.content import Content
from core.errors import GenkoError
from tests.backup.importing.desk import Desk, foreign, given

MADE = {"before the first": 0, "between two": 1, "after the last": 2}


class Failing(Given):
    """Two projects; before, between or behind them the folder of the reports stops taking anything."""

    def when(self, folder: Path, made: int) -> Failing:
        """So many projects are made by then."""
        self.folder, self.made = folder, made
        return self

    def projects(self) -> Iterator[Content]:
        """The projects, with a fault in their midst."""
        for number, content in enumerate(super().projects()):
            self._fail(number)
            yield content
        self._fail(2)

    def _fail(self, number: int) -> None:
        if number != self.made or not self.folder.is_dir():
            return
        self.folder.rename(aside(self.folder))
        self.folder.write_bytes(b"a file where the folder was")
        if number < 2:
            raise GenkoError("The disk is full.", safe="Your newest words are in memory only.")


def aside(folder: Path) -> Path:
    """Where the folder is meanwhile."""
    return folder.with_name("imports.aside")


@pytest.mark.parametrize("when", MADE)
def test_what_was_done_is_never_called_undone(desk: Desk, when: str) -> None:
    """Nor does the control, where nothing was done yet, claim anything else."""
    contents = (foreign(key="one", title="One"), foreign(key="two", title="Two"))
    info = given().info
    plan = desk.look(Given(info, contents))
    folder = reports_folder(desk.shelf.paths)
    source = Failing(info, contents).when(folder, MADE[when])
    with pytest.raises(GenkoError) as caught:
        desk.do(source, plan)
    folder.unlink()
    aside(folder).rename(folder)
    assert len(desk.shelf.list()) == MADE[when]
    assert (NOTHING in str(caught.value)) is (MADE[when] == 0)
    assert "in memory" not in str(caught.value)
    assert ("genko backup imports" in str(caught.value)) is (MADE[when] > 0)
    assert [len(report.projects) for report in imports(desk.shelf)] == [MADE[when]] * bool(MADE[when])
