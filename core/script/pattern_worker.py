"""Tries a writer's pattern in a process of its own: some take hours, and nothing stops one from inside.

Run as a program, it takes one JSON request on stdin and gives one answer on stdout; it imports little.
"""

from __future__ import annotations

import json
import re
import sys


def answer(request: dict[str, object]) -> list[list[object]]:
    """[piece's index, [[start, end, replacement or null], …]] for each piece with matches."""
    pattern = re.compile(str(request["source"]), int(str(request["flags"])))
    template, pieces = request["template"], request["pieces"]
    assert isinstance(pieces, list)
    found: list[list[object]] = []
    for index, piece in enumerate(pieces):
        matches = [
            [one.start(), one.end(), None if template is None else one.expand(str(template))]
            for one in pattern.finditer(piece)
            if one.start() < one.end()
        ]
        if matches:
            found.append([index, matches])
    return found


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
