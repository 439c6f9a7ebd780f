"""Attacks the unified document: what the server's view shows is what the project's own JSON says."""

from __future__ import annotations

from typing import Any

from core.story import ProjectStore, Section
from core.story.unified import from_unified_json, to_unified_json
from tests.server.saving.machines import Machine

DOCUMENT: dict[str, Any] = {
    "script": {
        "content": "PAGE 1 :\n\nPANEL 1 :\n(Nuit.)\n",
        "title": "Importé",
        "stats": {},
        "mood": "calme",
    },
    "characters": {"characters": [{"id": "c-1", "name": "Akira", "traits": ["calme"]}], "more": 1},
    "backgrounds": {"backgrounds": [{"name": "Toit", "type": "exterior"}]},
    "decors": {"decors": [{"id": "d-1", "name": "Rue"}, "not an object"]},
    "scenes": {"scenes": []},
    "assembly": {"pages": [], "currentPage": 3, "canvasState": {"zoom": 50}},
    "metadata": {"version": 1, "savedBy": "someone"},
    "extra": {"kept": True},
}


def without_times(document: Any) -> Any:
    """The document without what the server says about the save, and without the outline."""
    parts = {
        name: {
            k: v
            for k, v in part.items()
            if k not in ("lastModified", "stats", "fileTree", "savedAt", "savedBy")
        }
        if isinstance(part, dict)
        else part
        for name, part in document.items()
    }
    if not parts.get("decors", {}).get("decors"):
        parts.pop("decors", None)
    return parts


def check(conninfo: str, store: ProjectStore) -> None:
    """Save the project and compare the view with its own JSON."""
    with Machine(conninfo, store) as akira:
        akira.save()
        shown = akira.rows("SELECT document FROM unified_documents WHERE project_id = %s")[0][0]
    assert without_times(shown) == without_times(to_unified_json(store))
    again = from_unified_json(shown)
    assert again.text == store.text
    names = [[r.name for r in s.characters()] for s in (again, store)]
    assert names[0] == names[1]


def test_the_view_is_the_projects_own_json(each_conninfo: str) -> None:
    store = ProjectStore.create(title="Le rêve")
    store.splice(0, 0, "Le rêve\n\nPAGE 1 :\n\nPANEL 1 :\nAKIRA : 夢か…\n")
    store.add_record(Section.CHARACTERS, name="Akira")
    store.add_record(Section.BACKGROUNDS, name="Rue", filed_as="decors")
    store.add_record(Section.ASSEMBLY, number=1, layout="single")
    check(each_conninfo, store)


def test_what_came_in_from_elsewhere_comes_out_of_the_view(conninfo: str) -> None:
    check(conninfo, from_unified_json(DOCUMENT))
