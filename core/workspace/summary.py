"""The few figures that lists show of a project, from its text."""

from __future__ import annotations

from core.script import Script, Statistics, parse


def summary_facts(title: str, text: str) -> dict[str, str]:
    """Title and counts as journal facts; reads the whole text."""
    return {"title": title, **script_facts(parse(text))}


def script_facts(script: Script) -> dict[str, str]:
    """Counts of a parsed script as journal facts."""
    return figures_of(script.statistics())


def figures_of(statistics: Statistics) -> dict[str, str]:
    """The same of figures that are at hand."""
    return {
        "pages": str(statistics.pages),
        "panels": str(statistics.panels),
        "words": str(statistics.words),
    }
