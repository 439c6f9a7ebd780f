"""Keys of the editor, outline, find lines and dialogs against those of the commands around them."""

from __future__ import annotations

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from screens.commands import EVERYWHERE, SCRIPT
from screens.exporting import ExportScreen
from screens.hints import HintsScreen
from screens.renaming import RenameCharacter
from screens.spelling import SpellingDialog
from screens.statistics import StatisticsScreen
from screens.widgets.editor import FindBar, ScriptEditor
from screens.widgets.editor.find_look import FIND_KEYS
from screens.widgets.figure_table import FigureTable
from screens.widgets.hint_list import HintRows
from screens.widgets.outline import Outline
from screens.widgets.use_list import UseList

COMMANDS = {key: command for command in (*EVERYWHERE, *SCRIPT) if command.priority for key in command.keys}
"""Those whose keys win over those of the focused part."""


def keys(cls: type[DOMNode]) -> dict[str, str]:
    """The keys that our own classes bind, and their actions."""
    return {
        binding.key: binding.action
        for part in reversed(cls.__mro__)
        if part.__module__.startswith(("screens.", "tests."))
        for binding in Binding.make_bindings(part.__dict__.get("BINDINGS", ()))
    }


def taken(cls: type[DOMNode]) -> dict[str, str]:
    """Keys of a part that never reach it, since a command that does something else has them."""
    found = keys(cls)
    return {
        key: command.id
        for key, command in COMMANDS.items()
        if key in found and found[key] != command.action
    }  # fmt: skip


class Shadowed(Outline):
    """The control: a key that the commands have too."""

    BINDINGS = [Binding("ctrl+s", "fold")]


def test_no_command_takes_a_key_of_the_editor_or_the_outline() -> None:
    assert taken(Shadowed) == {"ctrl+s": "save"}
    assert taken(ScriptEditor) == {}
    assert taken(Outline) == {}


def test_the_find_lines_get_back_the_keys_that_commands_share_with_them() -> None:
    assert set(taken(FindBar)) <= FIND_KEYS


@pytest.mark.parametrize(
    ("dialog", "part"),
    [
        (HintsScreen, HintRows),
        (StatisticsScreen, FigureTable),
        (RenameCharacter, UseList),
        (ExportScreen, None),
        (SpellingDialog, None),
    ],
)
def test_a_dialog_and_its_list_share_no_key(dialog: type[DOMNode], part: type[DOMNode] | None) -> None:
    own = keys(dialog)
    assert "escape" in own
    everywhere = {key for command in EVERYWHERE for key in command.keys}
    assert not everywhere & own.keys()
    if part is not None:
        assert not own.keys() & keys(part).keys()
