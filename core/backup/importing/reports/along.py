"""What an import brings to the server beside the words: versions, and its report. It waits in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID, uuid5

import msgspec

from core.backup.importing.reading.earlier import Earlier, text_name
from core.backup.plan import ProjectPlan, SourceInfo
from core.content import Content, OldText
from core.script import parse
from core.server.exchange import Brought, SavedVersion
from core.story import Frontier, ProjectStore
from core.workspace.brought import fact_of


@dataclass(frozen=True)
class Along:
    """The versions that come with a project."""

    versions: tuple[SavedVersion, ...] = field(default=())

    def as_facts(
        self, import_id: str, source: SourceInfo, moment: str, planned: ProjectPlan
    ) -> dict[str, str]:
        """The fact that the next save takes to the server."""
        report = {"source": msgspec.to_builtins(source), "project": msgspec.to_builtins(planned)}
        told = msgspec.json.encode(report).decode()
        brought = Brought(UUID(import_id), datetime.fromisoformat(moment), told, self.versions)
        return dict([fact_of(brought)])


def along_with(
    content: Content,
    planned: ProjectPlan,
    store: ProjectStore,
    older: Sequence[Earlier],
    *,
    theirs: Frontier | None = None,
    copied: bool = False,
) -> Along:
    """The saves of the source, its earlier texts, and its own state where that is a point of its own."""
    known = [version for version in content.versions if store.knows(version.frontier)]
    if copied:  # the project that they were made in keeps its own
        known = [replace(one, save_id=uuid5(store.project_id, str(one.save_id))) for one in known]
    found = [_of_text(store.project_id, text, point) for text, point in older]
    if theirs is not None and planned.conflicts and all(one.frontier != theirs for one in known):
        found.append(_of_theirs(store.project_id, content, theirs))
    return Along((*sorted([*known, *found], key=lambda one: one.saved_at),))


def _of_text(project_id: UUID, text: OldText, point: Frontier) -> SavedVersion:
    statistics = parse(text.text).statistics()
    return SavedVersion(
        0,
        uuid5(project_id, f"older/{text_name(text)}"),
        text.author,
        zoned(text.at),
        text.label or "An earlier text",
        point,
        statistics.pages,
        statistics.words,
        0,
        0,
        0,
    )


def _of_theirs(project_id: UUID, content: Content, point: Frontier) -> SavedVersion:
    statistics = parse(content.script or "").statistics()
    ident = uuid5(project_id, f"theirs/{point.hex()}")
    message = "As it came with an import, where it differs from what was here"
    counts = (statistics.pages, statistics.words, 0, 0, 0)
    return SavedVersion(0, ident, "", zoned(content.edited_at), message, point, *counts)


def zoned(moment: datetime | None) -> datetime:
    """A moment of somebody's in a zone: UTC where it names none; now for none."""
    if moment is None:
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
