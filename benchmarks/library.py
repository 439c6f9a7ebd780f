"""A library on a server: projects that were really saved, and copies of them under other ids."""

from __future__ import annotations

import uuid
from random import Random

from core.server import SavePackage, Server
from core.story import ProjectStore, Section

PAGES, RECORDS = 30, 100
"""Of a project."""
_SEEDS = 25
"""Projects that differ; all others are copies. Packers look back 32 kB, and each has more."""
_SYLLABLES = (
    "ka",
    "ri",
    "no",
    "ta",
    "so",
    "mel",
    "dra",
    "vi",
    "on",
    "tu",
    "pas",
    "le",
    "chan",
    "ne",
    "el",
    "ba",
    "ché",
)

_COPY = """
CREATE TEMP TABLE copies AS
    SELECT project_id AS old, gen_random_uuid() AS new FROM projects, generate_series(1, %(times)s);
INSERT INTO projects (project_id, title, meta, statistics, held, save_number)
    SELECT new, title, meta, statistics, held, save_number FROM projects JOIN copies ON old = project_id;
INSERT INTO updates (project_id, save_id, part, covers, sha256, blob)
    SELECT new, gen_random_uuid(), part, covers, sha256, blob
    FROM updates JOIN copies ON old = project_id ORDER BY new, update_id;
INSERT INTO versions (project_id, number, save_id, message, frontier, pages, words, update_bytes,
                      pages_changed, records_changed)
    SELECT new, number, gen_random_uuid(), message, frontier, pages, words, update_bytes, pages_changed,
           records_changed
    FROM versions JOIN copies ON old = project_id;
INSERT INTO pages (project_id, page_key, position, text, content)
    SELECT new, page_key, position, text, content FROM pages JOIN copies ON old = project_id;
INSERT INTO records (project_id, section, record_id, position, content)
    SELECT new, section, record_id, position, content FROM records JOIN copies ON old = project_id;
"""


class Author:
    """Makes up words with the frequencies of a language: few are said often, most of them seldom."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        made = Random(5)
        self._words = ["".join(made.choices(_SYLLABLES, k=made.randint(1, 4))) for _ in range(4_000)]
        self._weights = [1 / rank for rank in range(1, len(self._words) + 1)]

    def words(self, count: int) -> str:
        """A sentence."""
        return " ".join(self._random.choices(self._words, self._weights, k=count)).capitalize() + "."

    def script(self, pages: int) -> str:
        """Of about 1 kB a page."""
        lines: list[str] = [self.words(3), ""]
        for page in range(1, pages + 1):
            lines += [f"PAGE {page}", ""]
            for panel in range(1, 6):
                lines += [f"PANEL {panel}", self.words(18), f"MARA: {self.words(9)}", ""]
        return "\n".join(lines)

    def project(self, pages: int = PAGES, records: int = RECORDS) -> ProjectStore:
        """A script and its bible."""
        store = ProjectStore.create(title=self.words(3))
        store.replace_text(self.script(pages))
        changes = {
            str(uuid.uuid4()): {"name": self.words(2), "description": self.words(20), "notes": self.words(12)}
            for _ in range(records)
        }
        store.change_records(Section.CHARACTERS, changes)
        return store


def fill(server: Server, projects: int, pages: int = PAGES, records: int = RECORDS) -> None:
    """Put so many projects onto an empty server."""
    seeds = min(_SEEDS, projects)
    for seed in range(seeds):
        store = Author(seed).project(pages, records)
        saver = server.saver(store.project_id, [])
        blob = store.updates_since(None)
        saver.save(SavePackage.of(uuid.uuid4(), store.version, store.frontier, blob, "saved"))
        saver.close()
    with server.connect() as link:
        times = projects // seeds - 1
        for statement in _COPY.strip().split(";\n"):
            link.execute(statement.replace("%(times)s", str(times)))
        link.execute("VACUUM ANALYZE")
