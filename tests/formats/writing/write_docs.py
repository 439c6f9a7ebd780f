"""Writes the table of docs/formats.md by trying each format; run as `tests.formats.writing.write_docs`."""

from __future__ import annotations

import re
from pathlib import Path

from tests.formats.writing.surviving import table

DOCS = Path(__file__).parents[3] / "docs" / "formats.md"


def filled(text: str) -> str:
    """The page with its table as it is now."""
    mark = re.compile(r"(<!-- survival\b[^>]*-->\n).*?(<!-- end of survival -->)", re.DOTALL)
    return mark.sub(lambda found: f"{found[1]}{table()}\n{found[2]}", text)


if __name__ == "__main__":
    DOCS.write_text(filled(DOCS.read_text(encoding="utf-8")), encoding="utf-8")
