"""Lines of real scripts drawn at random, and how well labels given by hand agree with the parser."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from core.incoming import read_file
from core.script import LineKind, Script, fold, parse

SEEDS = {"first": 20261121, "second": 3}
"""The first draw was looked at while rules were mended, the second only after."""
DRAWN = {"12": 20, "16": 20, "22": 10, "23": 10, "32": 20, "33": 20}
"""Lines drawn from each file, by the number its name begins with: comics that are read as they are."""
LABELS = Path(__file__).parent / "labels.tsv"
KINDS = ("dialogue", "caption", "sfx", "sign", "other")


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says a line is: nothing of the line itself is kept."""

    draw: str
    file: str
    row: int
    """Counted from 1."""
    kind: str
    """One of KINDS; a line of lettering below a name counts as what it goes on with."""
    speaker: str
    """`digest` of who speaks; empty if nobody does."""


def digest(name: str | None) -> str:
    """A speaker without saying who."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:8] if name else ""


def file_of(folder: Path, number: str) -> Path:
    """The file whose name begins with a number. Raises FileNotFoundError."""
    found = sorted(folder.glob(f"{number}_*"))
    if not found:
        raise FileNotFoundError(f"no file {number}_* in {folder}")
    return found[0]


def script_of(folder: Path, number: str) -> Script:
    """A file of the corpus, read as an import reads it."""
    return parse(read_file(file_of(folder, number)).text)


def drawn(folder: Path, draw: str) -> list[tuple[str, int]]:
    """(file, row from 1) of the lines drawn: the same for the same files."""
    rolls = random.Random(SEEDS[draw])
    lines = []
    for number, count in DRAWN.items():
        script = script_of(folder, number)
        written = [row for row in range(len(script.lines)) if script.lines[row].strip()]
        lines += [(number, row + 1) for row in sorted(rolls.sample(written, count))]
    return lines


def labels() -> list[Label]:
    """The labels given by hand."""
    rows = [line.split("\t") for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]]
    return [Label(draw, file, int(row), kind, speaker) for draw, file, row, kind, speaker in rows]


def read_as(script: Script, row: int) -> tuple[str, str]:
    """(kind, digest of the speaker) that the parser gives a row counted from 1."""
    line = script.line(row - 1)
    kind = LineKind.DIALOGUE if line.kind is LineKind.MODIFIER else line.kind
    told = str(kind) if str(kind) in KINDS else "other"
    return told, digest(line.speaker) if told == "dialogue" else ""


def agreement(folder: Path, draw: str) -> tuple[dict[str, tuple[int, int, int]], int, int]:
    """kind → (in both, by the person, by the parser); dialogue with the right speaker; lines."""
    scripts: dict[str, Script] = {}
    both, person, parser = Counter[str](), Counter[str](), Counter[str]()
    named = 0
    given = [label for label in labels() if label.draw == draw]
    for label in given:
        if label.file not in scripts:
            scripts[label.file] = script_of(folder, label.file)
        kind, speaker = read_as(scripts[label.file], label.row)
        person[label.kind] += 1
        parser[kind] += 1
        if kind == label.kind:
            both[kind] += 1
            named += kind == "dialogue" and speaker == label.speaker
    return {kind: (both[kind], person[kind], parser[kind]) for kind in KINDS}, named, len(given)
