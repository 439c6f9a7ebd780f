"""All themes: those that come with Genko, and the user's own in `config/themes`, which go before them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.drafts.themes.reading import ThemeError, read_theme_file
from core.drafts.themes.theme import Theme
from core.errors import NotFound
from core.nearest import nearest
from core.paths import Paths

ENDING = ".toml"
MOST_FILES = 200
"""Of a user's own."""
_OURS = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Themes:
    """The themes as they were when they were asked for; a plain value, for any thread."""

    by_key: Mapping[str, Theme]
    own: frozenset[str] = frozenset()
    """Which of them are the user's, be they new or in place of one of ours."""
    problems: tuple[ThemeError, ...] = ()
    """The user's files that can't be used, each with its line."""

    def get(self, key: str) -> Theme:
        """One theme. Raises NotFound, or ThemeError if the user's own file for it can't be used."""
        found = self.find(key)
        if found is not None:
            return found
        near = nearest(key, self.by_key)
        raise NotFound(
            "There is no such theme.",
            todo=f"Is {near} meant?" if near else "`genko drafts themes` lists them.",
        )

    def find(self, key: str) -> Theme | None:
        """One theme, None if there is none. Raises ThemeError if the user's own for it can't be used."""
        for problem in self.problems:
            if Path(problem.file).stem == key:
                raise problem
        return self.by_key.get(key)

    def all(self) -> list[Theme]:
        """Those that can be used: ours in their order, then the user's by their keys."""
        return list(self.by_key.values())


ORDER = (
    *("jungle", "ocean", "space", "farm", "vehicles", "building-site"),
    *("character-sheet", "expressions-sheet", "street", "interior", "prop-sheet"),
)
"""The keys of those that come with Genko."""
FORMER: Mapping[str, str] = {"vehicules-de-chantier": "building-site", "generic": ""}
"""Keys that earlier programs used for the same, as slugs."""


def themes(paths: Paths) -> Themes:
    """All themes. Reads files: a few milliseconds the first time, so call it from a worker."""
    found: dict[str, Theme] = {key: built_in(key) for key in ORDER}
    own: dict[str, Theme] = {}
    problems: list[ThemeError] = []
    for file in _files(paths.config / "themes"):
        try:
            theme = read_theme_file(file)
        except ThemeError as error:
            problems.append(error)
        else:
            own[theme.key] = theme
    broken = {Path(problem.file).stem for problem in problems}
    good = {key: theme for key, theme in (found | own).items() if key not in broken}
    return Themes(good, frozenset(own), tuple(problems))


@cache
def built_in(key: str) -> Theme:
    """One of those that come with Genko, as it came."""
    return read_theme_file(_OURS / f"{key}{ENDING}")


def _files(folder: Path) -> list[Path]:
    """The user's files, at most so many; hidden ones are an editor's."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ENDING and path.name[0] != ".")
    except OSError:
        return []
    return [path for path in found if path.is_file()][:MOST_FILES]
