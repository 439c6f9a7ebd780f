"""Opens archives that were made to take memory, in a process of its own: `python -m … FILE…`."""

from __future__ import annotations

import sys
from pathlib import Path

from core.backup.archive import ArchiveError
from tests.backup.archive.big import most_memory
from tests.backup.archive.forging import read_all


def main() -> None:
    """How many were refused, and the most memory in MB."""
    refused = 0
    for name in sys.argv[1:]:
        try:
            read_all(Path(name))
        except ArchiveError:
            refused += 1
    print(refused, most_memory())  # noqa: T201


if __name__ == "__main__":
    main()
