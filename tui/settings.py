"""The user's settings: strict TOML, the environment over the file, written without losing comments."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec

from core.atomic import whole_file
from core.drafts.settings import DraftMediaSettings, DraftsSettings
from core.errors import UsageError
from core.paths import private_folder
from core.providers.settings import ComfyUISettings, OpenAISettings, ProvidersSettings

if TYPE_CHECKING:
    from core.script.hints import Thresholds


class SettingsError(UsageError):
    """The settings file or an environment variable says something that makes no sense."""


class ServerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[server]` table."""

    url: str = ""
    """A Postgres URL or conninfo; empty: libpq's PG* variables, else the embedded server."""
    binaries: str = ""
    """A folder with initdb and postgres; empty: looked for."""


class GoalSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[goal]` table: the goal of projects that have none of their own."""

    count: Annotated[int, msgspec.Meta(ge=0, le=10_000_000)] = 0
    """0: no goal."""
    unit: Literal["pages", "panels", "words", "characters"] = "pages"
    per: Literal["day", "session"] = "day"


RULES = (
    *(
        "balloon-words",
        "panel-words",
        "page-words",
        "balloons",
        "panels",
        "stated-panels",
        "spread",
        "reveal",
    ),
    *("misspelt-speaker", "unknown-speaker", "empty-panel", "page-numbers", "panel-numbers"),
)
"""The rules of hints, as `core.script.hints.Rule` names them; that is not loaded for the first paint."""


Limits = tuple[Annotated[int, msgspec.Meta(ge=0)], Annotated[int, msgspec.Meta(ge=0)]]


class HintSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[hints]` table. Pairs are (from more than this on a hint, from more than this on a warning)."""

    shown: bool = True
    """Hints and the figures in the margin."""
    words_per_balloon: Limits = (25, 40)
    words_per_panel: Limits = (35, 50)
    words_per_page: Limits = (210, 0)
    """A warning from 0 on never comes."""
    balloons_per_panel: Limits = (3, 5)
    panels_per_page: Limits = (7, 9)
    characters_per_word: Annotated[float, msgspec.Meta(ge=0.5, le=20)] = 2.5
    """Chinese, Japanese and Korean characters that are counted as one word."""
    off: list[Literal[RULES]] = msgspec.field(default_factory=list)  # type: ignore[valid-type]
    """Rules that say nothing."""

    def thresholds(self) -> Thresholds:
        """The same, as hints take it."""
        from core.script.hints import Limit, Rule, Thresholds

        return Thresholds(
            Limit(*self.words_per_balloon),
            Limit(*self.words_per_panel),
            Limit(*self.words_per_page),
            Limit(*self.balloons_per_panel),
            Limit(*self.panels_per_page),
            self.characters_per_word,
            frozenset(map(Rule, self.off)),
        )


class BackupSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[backup]` table. `core.backup.keeping.wishes_of` checks it and makes paths of it."""

    daily: bool = True
    """A backup at the first start of each day, if anything changed."""
    folder: str = ""
    """Where backups are made; empty: `backups` in the data folder."""
    second: str = ""
    """A folder on another disk or share, or `s3://bucket/prefix`; empty: none."""
    endpoint: str = ""
    """The address of an S3-compatible store; empty: Amazon's."""
    region: str = ""
    keys: str = ""
    """A file only you can read with the keys of the store; empty: `backup-keys.toml` beside the settings."""
    encrypt: bool = False
    """Whether backups are encrypted with the lock that `genko backup lock` has made."""
    reread_mb: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 256
    """Megabytes of old backups that are read again each day, one backup at least; 0: none."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a user can set. Each has a default, so an empty file is a good file."""

    theme: Literal["dark", "light"] = "dark"
    line_numbers: bool = True
    wrap: bool = True
    outline: bool = True
    """Whether the outline is shown beside the text in windows of 110 columns and more."""
    outline_width: Annotated[int, msgspec.Meta(ge=18, le=70)] = 28
    """Columns of the outline beside the text."""
    completion: bool = True
    """Whether names, keywords and places are offered while one types."""
    mouse: bool = True
    escape_delay: Annotated[int, msgspec.Meta(ge=0, le=5000)] | None = None
    """Milliseconds to wait for the rest of an escape sequence; none: longer over SSH."""
    leader: str = "ctrl+l"
    """The key that opens the menu of places, where one letter goes on."""
    encodings: list[str] = msgspec.field(default_factory=lambda: ["utf-8", "cp1252", "shift_jis", "euc_jp"])
    """Encodings offered for a file that is not UTF-8."""
    keymap: dict[str, str | list[str]] = msgspec.field(default_factory=dict)
    """Command id → key or keys; an empty list takes a command's keys away."""
    spelling: Literal["auto", "on", "off"] = "auto"
    """Whether misspelt words are marked, in scripts of a language that has a dictionary."""
    pictures: Literal["auto", "kitty", "sixel", "blocks", "off"] = "auto"
    """How pictures are shown; auto: as well as the terminal is known to."""
    goal: GoalSettings = msgspec.field(default_factory=GoalSettings)
    hints: HintSettings = msgspec.field(default_factory=HintSettings)
    server: ServerSettings = msgspec.field(default_factory=ServerSettings)
    backup: BackupSettings = msgspec.field(default_factory=BackupSettings)
    providers: ProvidersSettings = msgspec.field(default_factory=ProvidersSettings)
    drafts: DraftsSettings = msgspec.field(default_factory=DraftsSettings)


TABLES: dict[str, type[msgspec.Struct]] = {
    "goal": GoalSettings,
    "hints": HintSettings,
    "server": ServerSettings,
    "backup": BackupSettings,
    "providers": ProvidersSettings,
    "providers.openai": OpenAISettings,
    "providers.comfyui": ComfyUISettings,
    "drafts": DraftsSettings,
    "drafts.media": DraftMediaSettings,
}
"""The tables of the file, for telling what is known in each."""

CHOICES = {
    "theme": "dark or light",
    "spelling": "auto, on or off",
    "pictures": "auto, kitty, sixel, blocks or off",
    "unit": "pages, panels, words or characters",
    "per": "day or session",
    "off": f"rules of hints ({', '.join(RULES)})",
    "url": "an address like https://host/v1, without a name or a password in it",
    "proxy": "an address like http://host:3128, without a name or a password in it",
    "key_env": "the name of a variable, as OPENAI_API_KEY; a key itself never stands here",
    "key_file": "a path that begins with / or ~",
    "workflow": "a path that begins with / or ~",
    "sizes": "sizes like 1024x1024",
}
"""Of settings with a few possible words, for telling what they are."""

ENVIRONMENT: dict[str, tuple[str, ...]] = {
    "GENKO_THEME": ("theme",),
    "GENKO_LINE_NUMBERS": ("line_numbers",),
    "GENKO_WRAP": ("wrap",),
    "GENKO_OUTLINE": ("outline",),
    "GENKO_OUTLINE_WIDTH": ("outline_width",),
    "GENKO_COMPLETION": ("completion",),
    "GENKO_MOUSE": ("mouse",),
    "GENKO_SPELLING": ("spelling",),
    "GENKO_PICTURES": ("pictures",),
    "GENKO_ESCAPE_DELAY": ("escape_delay",),
    "GENKO_LEADER": ("leader",),
    "GENKO_DATABASE_URL": ("server", "url"),
    "GENKO_PG_BIN": ("server", "binaries"),
    "GENKO_BACKUP_DAILY": ("backup", "daily"),
    "GENKO_BACKUP_FOLDER": ("backup", "folder"),
    "GENKO_BACKUP_SECOND": ("backup", "second"),
}
"""Variable → the setting it overrides."""


def load_settings(file: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read `file` (missing: defaults) and put `environ` (default: the process's) over it.

    Raises SettingsError naming the key, the line and the file, or the variable.
    """
    text = read_settings(file)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{file} is no TOML: {error}.", todo="Mend the line, or move the file away."
        ) from None
    return with_environment(table, settings_of(table, file, text), environ)


def with_environment(
    table: Mapping[str, Any], from_file: Settings, environ: Mapping[str, str] | None = None
) -> Settings:
    """The environment over what a file says. Raises SettingsError naming the variable."""
    overrides, names = _overrides(os.environ if environ is None else environ)
    if not overrides:
        return from_file
    merged = dict(table)
    for key, value in overrides.items():
        merged[key] = {**table.get(key, {}), **value} if isinstance(value, dict) else value
    try:
        return msgspec.convert(merged, Settings)
    except msgspec.ValidationError as error:
        path = place_in(str(error))
        name = names.get(path, "The environment")
        raise SettingsError(f"{name} can't be used: {_reason(str(error))}.") from None


def change_setting(file: Path, name: str, value: bool | int | str | list[str]) -> None:
    """Write one setting (`theme`, `hints.off`) into `file`, keeping its comments and order.

    The new file is whole or not there at all (temp, fsync, replace), mode 0600. Raises OSError
    or SettingsError.
    """
    import tomlkit

    load_settings(file, {})  # a file with a mistake in it stays as it is
    document = tomlkit.parse(read_settings(file))
    table, _, key = name.rpartition(".")
    (document.setdefault(table, tomlkit.table()) if table else document)[key] = value
    msgspec.convert(document.unwrap(), Settings)
    private_folder(file.parent)
    target = file.resolve()
    with whole_file(target) as stream:
        stream.write(tomlkit.dumps(document).encode())


def read_settings(file: Path) -> str:
    """The text of the file; empty if there is none. Raises SettingsError."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8 (byte {error.start}).") from None
    except OSError as error:
        raise SettingsError(f"{file} can't be read: {error.strerror}.") from None


def settings_of(table: dict[str, Any], file: Path, text: str) -> Settings:
    """The settings of a file with this text. Raises SettingsError naming key, line and file."""
    try:
        return msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        message = str(error)
    for key in unknown_in(message):
        owner = TABLES.get(".".join(place_in(message)), Settings)
        near = difflib.get_close_matches(key, owner.__struct_fields__, 1, cutoff=0.5)
        todo = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(owner.__struct_fields__)}."
        raise SettingsError(f"Unknown setting {key} in {file}{_line(text, key)}.", todo=todo)
    path = place_in(message)
    where = f"{'.'.join(path)} in {file}{_line(text, path[-1] if path else '')}"
    raise SettingsError(f"The setting {where} can't be used: {_reason(message)}.")


def _overrides(environ: Mapping[str, str]) -> tuple[dict[str, Any], dict[tuple[str, ...], str]]:
    """The settings in the environment as a table, and which variable each came from."""
    table: dict[str, Any] = {}
    names: dict[tuple[str, ...], str] = {}
    for name, path in ENVIRONMENT.items():
        value = environ.get(name, "")
        if not value:
            continue
        inner = table.setdefault(path[0], {}) if len(path) > 1 else table
        words = isinstance(attrgetter(".".join(path))(Settings()), str)
        inner[path[-1]] = value if words else _from_text(value)
        names[path] = name
    return table, names


def _from_text(value: str) -> bool | int | str:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    lowered = value.strip().lower()
    if lowered.isdigit() and lowered not in ("0", "1"):
        return int(lowered)
    return words.get(lowered, value)


def unknown_in(message: str) -> tuple[str, ...]:
    """The name that msgspec says is not known; nothing if it is about something else."""
    unknown = re.match(r"Object contains unknown field `([^`]*)`", message)
    return (unknown[1],) if unknown else ()


def place_in(message: str) -> tuple[str, ...]:
    """`$.server.url` in one of msgspec's sentences, as names; a place in a list is none."""
    found = re.search(r"at `(?:key in )?\$([^`]*)`", message)
    parts = re.split(r"[.\[\]]+", found[1]) if found else ()
    return tuple(part for part in parts if part and not part.isdigit())


def _reason(message: str) -> str:
    """What msgspec says is wrong, without its own notation."""
    words = {
        "`str | array`": "text or a list",
        "`str`": "text",
        "`bool`": "true or false",
        "`int`": "a whole number",
    }
    reason = re.sub(r" - at `.*", "", message)
    if reason.startswith("Invalid enum value"):
        choices = CHOICES.get(next(reversed(place_in(message)), ""), "something else")
        return f"expected {choices}, got {reason.removeprefix('Invalid enum value ')}"
    if "matching regex" in reason:
        return f"expected {CHOICES.get(next(reversed(place_in(message)), ''), 'something else')}"
    for theirs, ours in words.items():
        reason = reason.replace(theirs, ours)
    reason = reason.replace("`object`", "a table").replace("`array`", "a list").replace("`", "")
    return reason[:1].lower() + reason[1:]


def _line(text: str, key: str) -> str:
    """`, line 3` where `key` is set in `text`; nothing if it can't be found."""
    pattern = re.compile(rf"^\s*\[?\s*[\"']?(?:[\w-]+\.)*{re.escape(key)}[\"']?\s*[=\].]")
    for number, line in enumerate(text.splitlines(), 1):
        if key and pattern.match(line):
            return f", line {number}"
    return ""
