"""Writes the tables of docs/script-language.md from the data tables: `python -m tests.script.write_docs`."""

from __future__ import annotations

import re
from pathlib import Path

from core.script.reference import modifiers, spellings

DOCS = Path(__file__).parents[2] / "docs" / "script-language.md"


def filled(text: str) -> str:
    """The page with its tables as they are now."""
    for name, table in (("spellings", spellings()), ("modifiers", modifiers())):
        mark = re.compile(rf"(<!-- {name}\b[^>]*-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        text = mark.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    DOCS.write_text(filled(DOCS.read_text(encoding="utf-8")), encoding="utf-8")
