"""Somebody's appearances over the pages in one line, and the numbers of the pages under it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

WIDEST = 4
"""Cells of a page where there is room for many."""
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2500, 5000)


def bar(counts: Sequence[int], width: int) -> str:
    """Blocks over the pages, `·` where there is nothing; pages stand apart where there is room for that."""
    from core.script.figures import sparkline  # with all the figures behind it: not at first paint

    if not counts or width < 1:
        return ""
    cells = _cells(len(counts), width)
    if not cells:
        return sparkline(counts, width)
    gap = " " if cells > 1 else ""
    return "".join(block * (cells - len(gap)) + gap for block in sparkline(counts, len(counts))).rstrip()


def ticks(numbers: Sequence[int], width: int) -> str:
    """The numbers of some pages, each under its own block; the first and the last are among them."""
    if not numbers or width < 1:
        return ""
    columns = _columns(len(numbers), width)
    line = [" "] * max(width, columns[-1] + 1)
    last = str(numbers[-1])
    end = min(columns[-1], width - len(last))
    if len(numbers) > 1 and end > len(str(numbers[0])):
        line[end : end + len(last)] = last
    else:
        end = width + 1
    free = 0
    for column, number in zip(columns, numbers, strict=True):
        label = str(number)
        fits = free <= column and column + len(label) < end
        if fits and (column == 0 or number % _step(numbers, width) == 0):
            line[column : column + len(label)] = label
            free = column + len(label) + 1
    return "".join(line).rstrip()


def wrapped(words: Sequence[str], width: int, most: int) -> list[str]:
    """`words` with ` · ` between them in at most so many lines; the last says how many are left out."""
    lines = [""]
    for at, word in enumerate(words):
        joined = f"{lines[-1]} · {word}" if lines[-1] else word
        rest = f" · {len(words) - at} more"
        room = width - (len(rest) if len(lines) == most and at < len(words) - 1 else 0)
        if cell_len(joined) <= room or not lines[-1]:
            lines[-1] = joined
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] += rest
            break
    return lines if lines != [""] else []


def _cells(pages: int, width: int) -> int:
    """Cells of a page; 0 where several share one."""
    return min(WIDEST, width // pages)


def _columns(pages: int, width: int) -> list[int]:
    cells = _cells(pages, width)
    return [at * cells if cells else at * width // pages for at in range(pages)]


def _step(numbers: Sequence[int], width: int) -> int:
    """Between two numbers that are written: the least round one that leaves them room."""
    across = _cells(len(numbers), width) or width / len(numbers)
    room = max(len(str(number)) for number in (numbers[0], numbers[-1])) + 2
    return next((step for step in STEPS if step * across >= room), STEPS[-1])
