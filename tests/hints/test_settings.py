"""The `[hints]` table: every rule by its name, mistakes told, a rule switched off without losing comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.script.hints import Limit, Rule, Thresholds
from tui.settings import RULES, SettingsError, change_setting, load_settings


def written(tmp_path: Path, text: str) -> Path:
    """A settings file."""
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_settings_and_rules_have_the_same_names() -> None:
    assert set(RULES) == {rule.value for rule in Rule}


def test_the_defaults_are_those_of_the_rules(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml", {}).hints.thresholds() == Thresholds()


def test_the_page_on_hints_names_every_rule_and_setting() -> None:
    docs = Path(__file__).parents[2] / "docs"
    page = (docs / "hints.md").read_text(encoding="utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in page] == []
    settings = (docs / "settings.md").read_text(encoding="utf-8")
    named = load_settings(docs / "none.toml", {}).hints.__struct_fields__
    assert [name for name in named if f"\n{name} = " not in settings] == []


def test_what_is_set(tmp_path: Path) -> None:
    file = written(tmp_path, '[hints]\nwords_per_balloon = [30, 45]\noff = ["spread"]\n')
    limits = load_settings(file, {}).hints.thresholds()
    assert (limits.balloon_words, limits.off) == (Limit(30, 45), frozenset({Rule.SPREAD}))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('off = ["colour"]', "hints.off"),
        ("words_per_balloon = [25]", "hints.words_per_balloon"),
        ("words_per_panel = [-1, 2]", "hints.words_per_panel"),
        ("words_per_baloon = [1, 2]", "words_per_baloon"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(written(tmp_path, f"[hints]\n{line}\n"), {})
    assert said in str(caught.value)
    assert "line 2" in str(caught.value)


def test_a_rule_is_switched_off_and_comments_stay(tmp_path: Path) -> None:
    file = written(tmp_path, "# mine\n[hints] # and this\npanels_per_page = [6, 8]\n")
    change_setting(file, "hints.off", ["reveal"])
    assert load_settings(file, {}).hints.off == ["reveal"]
    assert file.read_text(encoding="utf-8").startswith(
        "# mine\n[hints] # and this\npanels_per_page = [6, 8]\n"
    )
    change_setting(file, "hints.off", [])
    assert load_settings(file, {}).hints.off == []
    other = tmp_path / "new" / "settings.toml"
    change_setting(other, "hints.off", ["reveal"])
    assert load_settings(other, {}).hints.off == ["reveal"]
