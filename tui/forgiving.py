"""Settings for the screen: what can't be used is left out and told, so that a writer gets at their words."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tui.settings import (
    ENVIRONMENT,
    Settings,
    SettingsError,
    load_settings,
    place_in,
    read_settings,
    settings_of,
    unknown_in,
    with_environment,
)

INSTEAD = "Until that is mended, Genko goes on without it."


class Forgiven(NamedTuple):
    """Settings that can be used."""

    settings: Settings
    told: tuple[str, ...] = ()
    """A sentence for each that can't."""
    server: bool = True
    """Whether it is known which server is meant; another one must not get the words."""


def forgiving_settings(file: Path, environ: Mapping[str, str] | None = None) -> Forgiven:
    """The settings without those that make no sense; all defaults if the file is no TOML at all."""
    environ = os.environ if environ is None else environ
    try:
        return Forgiven(load_settings(file, environ))
    except SettingsError:
        pass
    told: list[str] = []
    readable = True
    try:
        text = read_settings(file)
        table = tomllib.loads(text)
    except SettingsError as error:
        text, table, readable = "", {}, False
        told.append(f"{error} All settings are the defaults until then.")
    except tomllib.TOMLDecodeError as error:
        text, table, readable = "", {}, False
        told.append(f"{file} is no TOML: {error}. All settings are the defaults until that is mended.")
    before = deepcopy(table.get("server"))
    server = readable and before == _leave_out(table, file, text, told).get("server")
    return Forgiven(_with_environment(table, environ, told), tuple(told), server)


def _leave_out(table: dict[str, Any], file: Path, text: str, told: list[str]) -> dict[str, Any]:
    """Take away what can't be used, one by one; gives the table."""
    while True:
        try:
            settings_of(table, file, text)
        except SettingsError as error:
            told.append(f"{error} {INSTEAD}")
            _drop(table)
        else:
            return table


def _drop(table: dict[str, Any]) -> None:
    try:
        msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        path = (*place_in(str(error)), *unknown_in(str(error)))
        inner: Any = table
        for key in path[:-1]:
            if not isinstance(inner.get(key), dict):
                break
            inner = inner[key]
        else:
            if path and path[-1] in inner:
                del inner[path[-1]]
                return
        table.pop(path[0], None) if path else table.clear()


def _with_environment(table: dict[str, Any], environ: Mapping[str, str], told: list[str]) -> Settings:
    """Each variable that can be used over the table."""
    good: dict[str, str] = {}
    for name in ENVIRONMENT:
        if not environ.get(name):
            continue
        try:
            with_environment({}, Settings(), {name: environ[name]})
        except SettingsError as error:
            told.append(f"{error} {INSTEAD}")
        else:
            good[name] = environ[name]
    return with_environment(table, msgspec.convert(table, Settings), good)
