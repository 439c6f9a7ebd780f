"""What makes a source unfit: ids that stand twice, links to nothing, circles."""

from __future__ import annotations

from collections import Counter

from core.content import Content


def problems_of(content: Content) -> list[str]:
    """Why a project can't be imported as it is, in sentences; empty if it can."""
    found: list[str] = []
    for section, rows in content.records.items():
        counts = Counter(record.key for record in rows)
        twice = [key for key, count in counts.items() if count > 1]
        found += [f"{section.value}: the id {key[:60]} stands {counts[key]} times." for key in twice[:20]]
    return found
