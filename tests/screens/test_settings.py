"""Settings are strict, the environment wins, and writing keeps what a person wrote."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem

from tui.forgiving import forgiving_settings
from tui.settings import Settings, SettingsError, change_setting, load_settings
from tui.themes import THEMES


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_missing_file_is_all_defaults(file: Path) -> None:
    assert load_settings(file, {}) == Settings()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# mine\nwrp = true", ("Unknown setting wrp", "line 2", "Did you mean wrap?")),
        ("[server]\nulr = 'x'", ("Unknown setting ulr", "line 2", "Did you mean url?")),
        ("xyzzy = 1", ("Unknown setting xyzzy", "Known are: theme")),
        ("\n\nwrap = 'yes'", ("The setting wrap", "line 3", "expected true or false")),
        ("theme = 'blue'", ("The setting theme", "dark or light", "blue")),
        ("escape_delay = -1", ("escape_delay", "whole number >= 0")),
        ("[keymap]\nsave = 3", ("keymap", "text or a list")),
        ("wrap = yes", ("is no TOML", "line 1")),
    ],
)
def test_an_error_names_key_line_and_file(file: Path, text: str, expected: tuple[str, ...]) -> None:
    write(file, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(file, {})
    for part in (*expected, str(file)):
        assert part in str(caught.value)
    assert caught.value.exit_status == 2


def test_the_screen_opens_without_what_makes_no_sense_and_says_so(file: Path) -> None:
    write(file, "theme = 'light'\nwrp = true\n[hints]\noff = ['x']\nshown = false\n[goal]\ncount = -1\n")
    settings, told, server = forgiving_settings(file, {"GENKO_MOUSE": "perhaps", "GENKO_WRAP": "0"})
    assert (settings.theme, settings.wrap, settings.mouse) == ("light", False, True)
    assert (settings.hints.shown, settings.hints.off, settings.goal.count, server) == (False, [], 0, True)
    assert len(told) == 4
    for parts in (("hints.off", "line 4"), ("count", "line 7"), ("wrp", "line 2"), ("GENKO_MOUSE",)):
        assert any(all(part in sentence for part in parts) for sentence in told), parts
    write(file, "theme = 'light\n[server]")
    broken = forgiving_settings(file, {})
    assert (broken.settings, len(broken.told), broken.server) == (Settings(), 1, False)
    write(file, "theme = 'light'\n[server]\nurl = 3\n")
    assert not forgiving_settings(file, {}).server, "words go to no other server than the one meant"
    write(file, "server = 3\nkeymap = 4")
    assert forgiving_settings(file, {}).settings == Settings()


def test_a_file_that_is_not_utf8_is_one_sentence(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"theme = '\xe9'")
    with pytest.raises(SettingsError, match="is not UTF-8"):
        load_settings(file, {})


def test_the_environment_wins_over_the_file(file: Path) -> None:
    write(file, "theme = 'dark'\nwrap = true\n[server]\nbinaries = '/opt/pg'")
    environ = {"GENKO_THEME": "light", "GENKO_WRAP": "0", "GENKO_DATABASE_URL": "postgresql://h/db"}
    settings = load_settings(file, environ)
    assert (settings.theme, settings.wrap) == ("light", False)
    assert (settings.server.url, settings.server.binaries) == ("postgresql://h/db", "/opt/pg")


def test_a_bad_variable_is_named_and_a_password_is_not(file: Path) -> None:
    environ = {"GENKO_WRAP": "maybe", "GENKO_DATABASE_URL": "postgresql://u:secret@h/db"}
    with pytest.raises(SettingsError, match="GENKO_WRAP can't be used: expected true or false") as caught:
        load_settings(file, environ)
    assert "secret" not in str(caught.value)


def test_changing_one_setting_keeps_comments_and_order(file: Path) -> None:
    write(file, "# my desk\nwrap = true  # I like it\n\n[keymap]\nsave = 'f5'\n")
    change_setting(file, "theme", "light")
    change_setting(file, "wrap", False)
    text = file.read_text(encoding="utf-8")
    assert "# my desk" in text
    assert "# I like it" in text
    settings = load_settings(file, {})
    assert (settings.theme, settings.wrap, settings.keymap) == ("light", False, {"save": "f5"})
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


def test_a_first_setting_makes_the_file(file: Path) -> None:
    change_setting(file, "mouse", False)
    assert load_settings(file, {}).mouse is False


def test_a_broken_file_is_not_overwritten(file: Path) -> None:
    write(file, "theme = [")
    with pytest.raises(SettingsError):
        change_setting(file, "theme", "light")
    assert file.read_text(encoding="utf-8") == "theme = ["


def test_quiet_surfaces_stay_quiet_in_256_colours() -> None:
    """A warm grey may become pink when a terminal has only 256 colours."""
    for theme in THEMES.values():
        for name in (theme.background, theme.panel, theme.variables["boost"]):
            assert name is not None
            red, green, blue = Color.parse(name).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
            assert max(red, green, blue) - min(red, green, blue) <= 8, (theme.name, name)
