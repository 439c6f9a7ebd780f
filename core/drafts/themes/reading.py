"""Reads a theme out of its TOML, and says with file, line and column what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from core.drafts.kinds import KINDS
from core.drafts.themes.theme import MASTER, Concept, Language, Line, Prompts, Theme
from core.drafts.themes.toml_places import Path as KeyPath
from core.drafts.themes.toml_places import Places, Spot
from core.errors import UsageError
from core.nearest import nearest
from core.placeholders import ALLOWED, check

LARGEST = 512_000
"""Bytes of a theme's file."""
_AT_END = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)\Z")
_PART = re.compile(r"\.(?:([\w-]+)|\"([^\"]*)\")|\[(\d*)(\.\.\.)?\]")


class ThemeError(UsageError):
    """A theme that can't be used. Its words say file, line and column."""

    def __init__(self, file: str, line: int, column: int, what: str, todo: str = "") -> None:
        where = f"{file}, line {line}, column {column}" if line else file
        super().__init__(f"{where}: {what}", safe="Drafts are as they were.", todo=todo)
        self.file, self.line, self.column, self.reason = file, line, column, what


def read_theme(text: str, key: str, file: str) -> Theme:
    """The theme that a text of TOML is. `file` is its name in errors. Raises ThemeError."""
    return _Reader(text, file).theme(key)


def read_theme_file(file: Path) -> Theme:
    """The same of a file, which is called as its theme is. Raises ThemeError."""
    shown = str(file)
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise ThemeError(shown, 0, 0, f"It can't be read: {error.strerror}.") from None
    if len(data) > LARGEST:
        raise ThemeError(shown, 0, 0, f"It is larger than {LARGEST // 1_000} KB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise ThemeError(shown, line, column, "It is not text in UTF-8.") from None
    return read_theme(text, file.stem, shown)


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file

    def theme(self, key: str) -> Theme:
        if not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", key) or len(key) > 40:
            what = "A theme's file is called by a-z, 0-9 and single hyphens, at most 40 of them."
            raise ThemeError(self._file, 0, 0, what, "Rename it.")
        table = self._parsed()
        if "key" in table:
            raise self._error(Places(self._text).key(("key",)), "The key is the name of the file.")
        try:
            theme = msgspec.convert(table | {"key": key}, Theme)
        except msgspec.ValidationError as error:
            raise self._invalid(str(error), table) from None
        for spot, what, todo in self._judged(theme):
            raise self._error(spot, what, todo)
        return theme

    def _parsed(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            found = _AT_END.search(str(error))
            said = _AT_END.sub("", str(error))
            if found and found["line"]:
                spot = Spot(int(found["line"]), int(found["column"]))
            else:
                last = self._text.rfind("\n") + 1
                spot = Spot(self._text.count("\n") + 1, len(self._text) - last + 1)
            raise self._error(spot, f"This is no TOML: {said[:1].lower()}{said[1:]}.") from None
        except RecursionError:
            raise ThemeError(self._file, 0, 0, "It is nested too deep.") from None

    def _error(self, spot: Spot, what: str, todo: str = "") -> ThemeError:
        return ThemeError(self._file, spot.line, spot.column, what, todo)

    def _invalid(self, message: str, table: dict[str, Any]) -> ThemeError:
        """What msgspec says, at the place that it means."""
        places, path = Places(self._text), _path_in(message)
        unknown = re.match(r"Object contains unknown field `([^`]*)`", message)
        if unknown:
            owner = _struct_at(path)
            fields = [name for name in owner.__struct_fields__ if name != "key"]
            near = nearest(unknown[1], fields, 0.5)
            todo = f"Is {near} meant?" if near else f"Known are: {', '.join(fields)}."
            return self._error(
                places.key((*path, unknown[1])), f"Nothing is known of “{_short(unknown[1])}” here.", todo
            )
        missing = re.match(r"Object missing required field `([^`]*)`", message)
        if missing:
            return self._error(places.key(path), f"“{missing[1]}” is missing.")
        in_key = re.search(r"at `key` in ", message) is not None
        wrong = _wrong_entry(table, path, in_key)
        spot = places.key((*path, *wrong)) if in_key else places.value((*path, *wrong))
        return self._error(spot, _reason(message, path, in_key))

    def _judged(self, theme: Theme) -> Iterator[tuple[Spot, str, str]]:
        """What is wrong with a theme of the right form: (where, what, what to do)."""
        places = Places(self._text)
        for at, kind in enumerate(theme.kinds):
            if kind not in KINDS:
                yield places.value(("kinds", at)), *_no_kind(kind)
        for medium in ("image", "concepts", "clip", "music"):
            prompt = theme.prompt(medium)
            if medium == "image" and not prompt.strip():
                yield places.value(("prompts", medium)), "It needs a prompt for pictures.", ""
            for problem in check(prompt, ALLOWED[medium]):
                todo = f"Write {problem.suggestion}." if problem.suggestion else ""
                yield places.value(("prompts", medium), problem.start), problem.what, todo
        for names in ("names", "descriptions"):
            if MASTER not in getattr(theme, names):
                yield places.key((names,)), f"“{MASTER}” is missing: others fall back on it.", ""
        yield from self._concepts(theme, places)

    def _concepts(self, theme: Theme, places: Places) -> Iterator[tuple[Spot, str, str]]:
        seen: set[str] = set()
        for at, concept in enumerate(theme.concepts):
            path: KeyPath = ("concepts", at)
            if concept.kind and concept.kind not in KINDS:
                yield places.value((*path, "kind")), *_no_kind(concept.kind)
            if MASTER not in concept.names:
                yield places.key((*path, "names")), f"“{MASTER}” is missing: others fall back on it.", ""
                continue
            for language, name in concept.names.items():
                if "{" in name or "}" in name:
                    yield places.value((*path, "names", language)), "A concept's name has no braces.", ""
            folded = concept.names[MASTER].casefold()
            if folded in seen:
                yield places.value((*path, "names", MASTER)), "There is a concept of this name already.", ""
            seen.add(folded)


def _path_in(message: str) -> KeyPath:
    """`$.concepts[2].names[...]` in one of msgspec's sentences, as far as it says."""
    found = re.search(r"at (?:`key` in )?`\$([^`]*)`", message)
    path: list[str | int] = []
    for match in _PART.finditer(found[1] if found else ""):
        if match[4] or (match[3] is not None and not match[3]):
            break  # some entry of a table; msgspec doesn't say which
        path.append(int(match[3]) if match[3] is not None else match[1] or match[2] or "")
    return tuple(path)


def _wrong_entry(table: Any, path: KeyPath, in_key: bool) -> tuple[str, ...]:
    """Which entry of a table of names is meant; nothing where the path says it all."""
    for part in path:
        table = table[part]
    if not isinstance(table, dict):
        return ()
    for language, name in table.items():
        try:
            msgspec.convert(language if in_key else name, Language if in_key else Line)
        except msgspec.ValidationError:
            return (language,)
    return ()


def _struct_at(path: KeyPath) -> type[msgspec.Struct]:
    if path[:1] == ("concepts",):
        return Concept
    return Prompts if path[:1] == ("prompts",) else Theme


def _no_kind(kind: str) -> tuple[str, str]:
    return f"“{_short(kind)}” is no kind of asset.", f"Known are: {', '.join(KINDS)}."


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _reason(message: str, path: KeyPath, in_key: bool) -> str:
    """What msgspec says is wrong, in words of ours."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    if "matching regex" in message:
        if in_key:
            return "A language is a code such as en, fr or pt-BR."
        if name == "palette":
            return "A colour is written #rrggbb."
        return "It is one line, with something in it."
    reason = re.sub(r" - at `.*", "", message)
    for theirs, ours in (
        ("`str`", "text"),
        ("`int`", "a whole number"),
        ("`float`", "a number"),
        ("`bool`", "true or false"),
        ("`object`", "a table"),
        ("`array`", "a list"),
        ("of length >= ", "of at least "),
        ("of length <= ", "of at most "),
    ):
        reason = reason.replace(theirs, ours)
    return f"{reason}."
