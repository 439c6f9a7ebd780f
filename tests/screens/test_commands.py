"""One registry: commands can be found, keys don't clash, the user's keymap is obeyed or refused."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from screens.commands import (
    ALL_BRINGING,
    ASSEMBLY,
    BACKUP,
    BIBLE,
    BIBLE_VIEWS,
    BRINGING,
    DRAFT,
    DRAFTS,
    EVERYWHERE,
    IMPORTING,
    PASTING,
    PROJECTS,
    REGISTRY,
    SCRIPT,
    VERSIONS,
    Scope,
    key_name,
)
from screens.commands.backup import KeepBackup
from screens.commands.drafts import BackFromDraft, RestoreAsset
from screens.commands.drafts_making import CancelJob, CancelJobs, RestoreDraft
from screens.commands.projects import ONLY_IN_TRASH
from tui.keymap import build_keymap, normal_key
from tui.settings import ENVIRONMENT, ServerSettings, Settings

NOT_ALWAYS = (*ONLY_IN_TRASH, KeepBackup, RestoreDraft, CancelJob, CancelJobs, BackFromDraft, RestoreAsset)
"""Shown in the footer of a trash only, while something is being made, or with the cursor in a part of it."""
LISTS = (
    *(EVERYWHERE, PROJECTS, IMPORTING, PASTING, SCRIPT, VERSIONS, BACKUP, ASSEMBLY, (*BIBLE, *BIBLE_VIEWS)),
    BRINGING,
    tuple(command for command in ALL_BRINGING if command not in BRINGING),
    DRAFTS,
    DRAFT,
)


def test_every_command_is_listed_once_and_explained() -> None:
    listed = {command.id: command for commands in LISTS for command in commands}
    assert sorted(listed) == sorted(REGISTRY)
    for place in LISTS:
        assert len(set(place)) == len(place)
    for command in listed.values():
        assert command.help().endswith("."), command.id
        assert command.binding().id == command.id


def test_no_two_commands_of_one_place_share_a_key_or_a_letter() -> None:
    for commands in LISTS[1:]:
        for one, other in combinations((*EVERYWHERE, *commands), 2):
            assert not set(one.keys) & set(other.keys), (one.id, other.id)
            assert not one.letter or one.letter != other.letter, (one.id, other.id)


def test_no_key_is_one_that_terminals_send_as_another() -> None:
    for command in REGISTRY.values():
        assert not set(command.keys) & {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+left_square_bracket"}


def test_every_place_is_reachable_without_function_and_alt_keys() -> None:
    keymap = build_keymap({}, "ctrl+l")
    assert "ctrl+l" in keymap.of(REGISTRY["places"])
    for command in REGISTRY.values():
        if command.place:
            assert command.letter, command.id


def test_a_footer_has_at_most_five_keys_of_its_own_place() -> None:
    for commands in LISTS:
        shown = [command for command in commands if command.footer and command not in NOT_ALWAYS]
        assert len(shown) <= 7


def test_the_users_keys_replace_the_defaults() -> None:
    keymap = build_keymap({"save": "F11", "find": ["ctrl+f", "f12"], "redo": []}, "ctrl+b")
    assert keymap.problems == []
    assert keymap.overrides() == {
        "save": "f11",
        "find": "ctrl+f,f12",
        "redo": "unbound-redo",
        "places": "f10,ctrl+b",
    }


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"sve": "f5"}, "unknown command: sve. Did you mean save?"),
        ({"save": "ctrl+o"}, "ctrl+o can't be the key of save, since projects has it; save keeps ctrl+s."),
        ({"find": "ctrl+h"}, "ctrl+h can't be the key of find: terminals send it as Backspace."),
        ({"find": "ctrl+banana"}, "the key ctrl+banana, which is no key"),
        ({"undo": "ctrl+f"}, "ctrl+f can't be the key of undo, since find has it"),
    ],
)
def test_a_clash_is_one_sentence_and_the_default_stays(wanted: dict[str, str], sentence: str) -> None:
    keymap = build_keymap(wanted, "ctrl+l")
    assert len(keymap.problems) == 1
    assert sentence in keymap.problems[0]
    for name in wanted:
        assert name not in REGISTRY or keymap.of(REGISTRY[name]) == REGISTRY[name].keys


def test_two_commands_can_swap_their_keys() -> None:
    keymap = build_keymap({"save": "ctrl+o", "projects": "ctrl+s"}, "ctrl+l")
    assert keymap.problems == []
    assert keymap.of(REGISTRY["save"]) == ("ctrl+o",)


def test_commands_of_different_places_may_share_a_key() -> None:
    assert build_keymap({"rename-project": "u", "restore-project": "f11"}, "ctrl+l").problems == []


@pytest.mark.parametrize(
    ("written", "key"),
    [("Ctrl+S", "ctrl+s"), ("C-s", "ctrl+s"), ("^S", "ctrl+s"), ("F12", "f12"), ("/", "slash"),
     ("Esc", "escape"), ("Shift+Ctrl+z", "ctrl+shift+z"), ("x", "x"), ("X", "X"),
     ("ctrl+?", "ctrl+question_mark"),
     ("f99", None), ("hyper+x", None), ("", None), ("ctrl+", None)],
)  # fmt: skip
def test_keys_are_read_as_people_write_them(written: str, key: str | None) -> None:
    assert normal_key(written) == key


@pytest.mark.parametrize(
    ("key", "shown"),
    [("ctrl+s", "^S"), ("f7", "F7"), ("delete", "Del"), ("tab", "Tab"), ("n", "n"), ("slash", "/"),
     ("ctrl+shift+z", "Ctrl+Shift+Z"), ("alt+c", "Alt+C"), ("greater_than_sign", ">"), ("full_stop", ".")],
)  # fmt: skip
def test_keys_are_shown_short(key: str, shown: str) -> None:
    assert key_name(key) == shown


def test_ids_are_words_and_dashes() -> None:
    for name, command in REGISTRY.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
        assert command.action == name.replace("-", "_")
        assert isinstance(command.scope, Scope)


def test_the_editors_own_keys_can_be_changed_too() -> None:
    keymap = build_keymap({"editor.delete_line": "ctrl+r"}, "ctrl+l")
    assert keymap.problems == []
    assert keymap.overrides()["editor.delete_line"] == "ctrl+r"
    assert "unknown command: editor.fly" in build_keymap({"editor.fly": "ctrl+r"}, "ctrl+l").problems[0]


def test_the_page_on_settings_names_every_setting_variable_and_command() -> None:
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    named = [*REGISTRY, *ENVIRONMENT]
    named += [
        name for name in (*Settings.__struct_fields__, *ServerSettings.__struct_fields__) if name != "server"
    ]
    assert [name for name in named if f"`{name}`" not in page and f"`server.{name}`" not in page] == []
