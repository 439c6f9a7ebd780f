"""What the parser costs: a key in a short and a long script, opening, and a full parse."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from functools import partial

from benchmarks.table import Benchmark, Figure
from core.script import LineBuffer, Script

PAGE = """PAGE {n} :

PANEL 1 :
(The well is dark. A rope hangs down into it, and the bucket is gone. Rain on the stones.)
MARA (off): Is anybody down there? I brought the lamp, and the letter that you asked for.
TOM : Nobody but me.
SFX : DRIP

PANEL 2 :
(She leans over.)
CARTOUCHE : Plus tard…
"""


_WORDS = ("rope", "bucket", "rain", "lamp", "letter", "stone", "moss", "water", "hand", "ladder", "moon")


def script_of(lines: int) -> str:
    """A regular script of about so many lines."""
    per_page = PAGE.count("\n")
    return "".join(PAGE.format(n=n) for n in range(1, lines // per_page + 1))


def varied(size: int) -> str:
    """A script of so many characters in which no two descriptions or balloons are the same."""
    rolls = random.Random(7)

    def words(count: int) -> str:
        return " ".join(rolls.choices(_WORDS, k=count))

    parts: list[str] = []
    length = page = 0
    while length < size:
        page += 1
        parts.append(f"PAGE {page} (3 panels)\n\n")
        for panel in range(1, 4):
            parts.append(f"Panel {panel}: {words(24)}.\n")
            parts.append(f"MARA (off): {words(9)}?\nTom: {words(7)}.\n")
            parts.append(f"CAPTION: {words(6)}.\nSFX: {words(1)}\n\n")
        length = sum(map(len, parts)) if page % 20 == 0 else length
    return "".join(parts)[:size]


def median_ms(
    action: Callable[[int], object], turns: int, clock: Callable[[], float] = time.perf_counter
) -> float:
    """The median cost of an action in milliseconds."""
    costs = []
    for turn in range(turns):
        started = clock()
        action(turn)
        costs.append((clock() - started) * 1000)
    return statistics.median(costs)


def keys(lines: int, inserted: str) -> tuple[float, float]:
    """The median cost of a key, and of a key with figures and place asked after it, in the middle."""
    script = Script(script_of(lines)).complete()
    row = next(r for r in range(len(script.lines) // 2, len(script.lines)) if "anybody" in script.lines[r])
    offset = script.lines.offset(row, 20)

    def press(turn: int) -> None:
        script.splice(offset + turn * len(inserted), 0, inserted)

    def press_and_ask(turn: int) -> None:
        press(turn)
        script.statistics()
        script.place(row)
        script.line(row)

    return median_ms(press, 200), median_ms(press_and_ask, 200)


def report() -> list[tuple[str, float, str]]:
    """Rows of (what, value, unit)."""
    rows: list[tuple[str, float, str]] = []
    short, short_asked = keys(300, "x")
    for lines in (3_300, 33_000, 100_000):
        letter, asked = keys(lines, "x")
        enter, _ = keys(lines, "\n")
        rows.append((f"letter in {lines:,} lines", letter, "ms"))
        rows.append((f"letter in {lines:,} lines / in 300", letter / short, "x"))
        rows.append((f"letter, figures, place in {lines:,} lines", asked, "ms"))
        rows.append((f"letter, figures, place in {lines:,} lines / in 300", asked / short_asked, "x"))
        rows.append((f"Enter in {lines:,} lines", enter, "ms"))
    for text, name in ((script_of(8_000)[:200_000], "regular"), (varied(200_000), "no line twice")):
        rows.append((f"full parse of 200 kB, {name}", median_ms(partial(parse_all, text), 9), "ms"))
    long = script_of(33_000)
    rows.append(("33,000 lines until 50 rows can be shown", median_ms(lambda _: first_rows(long), 5), "ms"))
    rows.append(("33,000 lines, full parse", median_ms(lambda _: Script(long).complete(), 3), "ms"))
    rows.append(
        ("100,000 lines into a LineBuffer", median_ms(lambda _: LineBuffer(script_of(100_000)), 3), "ms")
    )
    done = Script(long).complete()
    rows.append(("outline of 3,000 pages", median_ms(lambda _: done.outline(), 3), "ms"))
    rows.append(("all page spans of 3,000 pages", median_ms(lambda _: list(done.pages), 3), "ms"))
    return rows


def measure(quick: bool) -> list[Figure]:
    """A key and a full parse against their goals."""
    turns = 5 if quick else 15
    regular = script_of(8_000)[:200_000]
    rows = []
    for text, name in ((regular, "regular"), (varied(200_000), "no line twice")):
        cost = median_ms(partial(parse_all, text), turns, time.process_time)
        note = f"{text.count(chr(10)):,} lines; processor time"
        rows.append(Figure(f"full parse of 200 kB, {name}", cost, 100, "ms", note))
    _, short = keys(300, "x")
    for lines in (3_300, 33_000, 100_000):
        _, asked = keys(lines, "x")
        rows.append(
            Figure(f"a letter to the parser, {lines:,} lines", asked, 1, "ms", "figures and place asked")
        )
        compared = f"{asked:.2f} ms / with 300 lines {short:.2f} ms"
        rows.append(Figure(f"the same, over 300 lines, {lines:,} lines", asked / short, 1.5, "x", compared))
    return rows


BENCHMARKS = (Benchmark("parser", "the parser alone, without a screen", measure),)


def parse_all(text: str, _turn: int) -> None:
    """A full parse."""
    Script(text).complete()


def first_rows(text: str) -> None:
    """What a screen needs before it can paint the middle of a script."""
    script = Script(text)
    middle = len(script.lines) // 2
    for row in range(middle, middle + 50):
        script.line(row)


def main() -> None:
    """Print the table."""
    for what, value, unit in report():
        print(f"{what:58} {value:10.3f} {unit}")


if __name__ == "__main__":
    main()
