"""What Loro tells of a document, in our own terms."""

from __future__ import annotations

from typing import cast

import loro

from core.story.clean import Json
from core.story.events import Child, Event, edits_of


def read_event(part: loro.ContainerDiff) -> Event:
    # Every step of Loro's path names a container by the key or index that leads to it.
    path = tuple(step.index.key for step in part.path if isinstance(step.index, loro.Index.Key))
    diff = part.diff
    if isinstance(diff, loro.Diff.Text):
        return Event(path, edits=edits_of(map(_step, diff.diff)))
    if isinstance(diff, loro.Diff.Map):
        return Event(path, values={key: _plain(value) for key, value in diff.diff.updated.items()})
    if isinstance(diff, loro.Diff.List):
        inserts = (item for item in diff.diff if isinstance(item, loro.ListDiffItem.Insert))
        return Event(path, inserted=tuple(cast("Json", _plain(v)) for i in inserts for v in i.insert))
    return Event(path)


def _plain(value: loro.ValueOrContainer | None) -> Json | Child:
    if isinstance(value, loro.ValueOrContainer.Container):
        return Child()
    return cast("Json", value.value) if isinstance(value, loro.ValueOrContainer.Value) else None


def _step(step: loro.TextDelta) -> tuple[int, int, str]:
    """How many characters it keeps and deletes, and what it inserts: one of the three."""
    if isinstance(step, loro.TextDelta.Retain):
        return step.retain, 0, ""
    if isinstance(step, loro.TextDelta.Delete):
        return 0, step.delete, ""
    return 0, 0, step.insert if isinstance(step, loro.TextDelta.Insert) else ""
