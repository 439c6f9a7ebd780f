"""What is counted in a folder of real scripts, against counts by hand: `python -m benchmarks.corpus FOLDER`.

The scripts are no part of the project. A folder without them gives a table of what it has.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks import sampling
from core.errors import GenkoError
from core.incoming import read_file
from core.script import Script, parse

ENDINGS = frozenset({".txt", ".md", ".fountain", ".fdx", ".docx"})

KNOWN: dict[str, tuple[int, int]] = {
    "01": (12, 60),
    "02": (24, 76),
    "03": (24, 171),
    "04": (24, 123),
    "05": (24, 119),
    "06": (8, 32),
    "07": (3, 6),
    "09": (22, 92),
    "10": (3, 16),
    "11": (5, 23),
    "12": (5, 23),
    "16": (16, 95),
    "17": (20, 92),
    "18": (3, 9),
    "19": (24, 78),
    "20": (28, 101),
    "22": (2, 8),
    "23": (2, 12),
    "28": (16, 65),
    "29": (16, 62),
    "30": (16, 60),
    "31": (0, 0),
    "32": (91, 0),
    "33": (91, 0),
    "34": (15, 44),
    "35": (2, 6),
    "36": (3, 11),
    "39": (3, 3),
    **{str(number): (0, 0) for number in range(40, 50)},
}
"""(pages, panels) by the number that a file's name begins with, as counted by a person."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A file and what an import finds in it."""

    name: str
    dialect: str
    language: str
    pages: int
    panels: int
    balloons: int
    captions: int
    sfx: int
    speakers: int

    @property
    def known(self) -> tuple[int, int] | None:
        """(pages, panels) as a person counts them, if the file is one of those."""
        return KNOWN.get(self.name.partition("_")[0])

    def row(self) -> str:
        """A row of the table."""
        known = self.known
        right = "" if known is None else f"{known[0]} / {known[1]}"
        verdict = "" if known is None else "exact" if known == (self.pages, self.panels) else "see below"
        told = (self.dialect, self.language, f"{self.pages} / {self.panels}", right, verdict)
        figures = (str(self.balloons), str(self.captions), str(self.sfx), str(self.speakers))
        return f"| {' | '.join((self.name, *told, *figures))} |"


HEAD = (
    "| File | Read as | Language | Pages / panels | By hand | | Balloons | Captions | SFX | Speakers |\n"
    "| --- | --- | --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |"
)


def counted(path: Path, name: str) -> Counted:
    """What an import finds. Raises IncomingError for a file that can't be read."""
    incoming = read_file(path)
    script: Script = parse(incoming.text)
    figures = script.statistics()
    return Counted(
        name,
        str(incoming.dialect),
        incoming.language,
        figures.pages,
        figures.panels,
        figures.dialogues + figures.captions + figures.signs,
        figures.captions,
        figures.sfx,
        len(script.speakers()),
    )


def files(folder: Path) -> list[Path]:
    """The scripts in a folder and the folders in it."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS)


def agreement(folder: Path, draw: str) -> str:
    """A table of precision and recall by kind, from the labels given by hand."""
    kinds, named, lines = sampling.agreement(folder, draw)
    rows = ["| Kind | Lines by hand | Precision | Recall |", "| --- | ---: | ---: | ---: |"]
    for kind, (both, person, parser) in kinds.items():
        rows.append(f"| {kind} | {person} | {_share(both, parser)} | {_share(both, person)} |")
    spoken = kinds["dialogue"][0]
    rows.append(f"\nThe right speaker on {named} of {spoken} lines of dialogue; {lines} lines in all.")
    return "\n".join(rows)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.0%})" if whole else "–"


def main() -> None:
    """Print both tables."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("usage: python -m benchmarks.corpus FOLDER")
    folder = Path(sys.argv[1])
    print(HEAD)
    for path in files(folder):
        try:
            print(counted(path, str(path.relative_to(folder))).row())
        except GenkoError as error:
            print(f"| {path.relative_to(folder)} | {error} |")
    try:
        for draw in sampling.SEEDS:
            print(f"\nThe {draw} draw:\n\n{agreement(folder, draw)}")
    except FileNotFoundError as missing:
        print(f"\nNo precision and recall: {missing}.")


if __name__ == "__main__":
    main()
