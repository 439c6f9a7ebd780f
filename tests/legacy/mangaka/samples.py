"""Small rows of the earlier app in every shape it has had, made for these tests."""

from __future__ import annotations

import json
from typing import Any

PROJECT = "11111111-1111-4111-8111-111111111111"
OTHER = "33333333-3333-4333-8333-333333333333"
USER = "22222222-2222-4222-8222-222222222222"
SECOND = "44444444-4444-4444-8444-444444444444"

A: dict[str, Any] = {
    "chapters": [
        {
            "id": "c1",
            "title": "Le rêve",
            "description": "Où tout commence",
            "expanded": True,
            "scenes": [
                {
                    "id": "s1",
                    "title": "La chambre",
                    "description": "Un matin",
                    "location": "Tokyo",
                    "timeOfDay": "dawn",
                    "notes": "à vérifier",
                    "expanded": False,
                    "panels": [
                        {
                            "id": "p1",
                            "pageNumber": 1,
                            "panelNumber": 1,
                            "description": "Akira se réveille dans sa chambre",
                            "dialogues": [
                                {
                                    "id": "d1",
                                    "character": "Akira",
                                    "text": "Encore ce rêve étrange…",
                                    "type": "thought",
                                    "formatting": {"bold": True, "size": "large"},
                                    "bubbleStyle": "cloud",
                                },
                                {
                                    "id": "d2",
                                    "character": "Narrateur",
                                    "text": "Six heures",
                                    "type": "narration",
                                },
                            ],
                            "characters": ["Akira"],
                            "shotType": "wide",
                            "cameraAngle": "eye-level",
                            "transition": "cut",
                            "mood": "calm",
                            "lighting": "dim",
                            "soundEffects": [
                                {"id": "x", "text": "DRING", "style": "impact", "size": "large"}
                            ],
                            "notes": "garder le silence",
                        },
                        {
                            "id": "p2",
                            "pageNumber": 2,
                            "panelNumber": 1,
                            "description": "La rue",
                            "dialogues": [],
                        },
                    ],
                }
            ],
        }
    ]
}
A_OLD: dict[str, Any] = {
    "chapters": [
        {
            "title": "One",
            "scenes": [{"panels": [{"description": "Rain", "dialogue": 'Mara: "No."', "notes": "dark"}]}],
        }
    ]
}
B: dict[str, Any] = {
    "content": "PAGE 1\nPANEL 1\nAKIRA: Bonjour",
    "lines": [
        {"id": "1", "type": "page", "content": "PAGE 1", "pageNumber": 1, "lineNumber": 1},
        {"id": "2", "type": "panel", "content": "PANEL 1", "panelNumber": 1, "lineNumber": 2},
        {"id": "3", "type": "dialogue", "content": "AKIRA: Bonjour", "character": "AKIRA", "lineNumber": 3},
    ],
    "characters": ["AKIRA"],
    "stats": {"pages": 1, "panels": 1, "words": 5, "characters": 29},
}
B_LINES: dict[str, Any] = {"lines": B["lines"], "characters": ["AKIRA"], "stats": {}}
C: dict[str, Any] = {
    "content": "CHAPITRE 1 :\n\nPAGE 1 :\n\nPANEL 1 :\n(La pluie tombe sur la ville endormie)\nMARA : Enfin.",
    "stats": {"pages": 1, "panels": 1, "chapters": 1, "words": 14, "characters": 80, "dialogues": 0},
    "fileTree": [
        {
            "id": "page-1",
            "type": "page",
            "title": "Page 1",
            "content": "PAGE 1 :",
            "expanded": True,
            "lineNumber": 3,
            "children": [
                {
                    "id": "desc-5",
                    "type": "description",
                    "title": "(La pluie tombe sur la ville e...",
                    "lineNumber": 6,
                }
            ],
        }
    ],
}
D: dict[str, Any] = {
    "script": {
        "content": "CHAPTER 1: Night\n\nPAGE 1:\n\nPANEL 1:\n[MARA] : I am here.\n(She waits)",
        "title": "The long night",
        "stats": {"pages": 1},
        "fileTree": [],
        "lastModified": "2025-06-01T10:00:00.000Z",
    },
    "characters": {
        "characters": [
            {
                "id": "55555555-5555-4555-8555-555555555555",
                "name": "Mara",
                "description": "A watchmaker",
                "traits": ["patient", "proud"],
                "relationships": {"Tom": "brother"},
                "favourite drink": "green tea",
            }
        ],
        "lastModified": "2025-06-01T10:00:00.000Z",
    },
    "backgrounds": {"backgrounds": [{"id": "b1", "name": "The bridge", "type": "exterior"}]},
    "scenes": {
        "scenes": [{"id": "s1", "title": "Arrival", "characters": ["Mara"], "background": "b1", "panels": []}]
    },
    "assembly": {"pages": [], "currentPage": 1, "totalPages": 0},
    "metadata": {"version": 1, "savedAt": "2025-06-01T10:00:00.000Z", "savedBy": USER},
}
E: dict[str, Any] = {"script": [], "metadata": {"lastModified": "2025-06-02T10:00:00Z", "version": 1}}
E_FULL: dict[str, Any] = {"script": A["chapters"], "metadata": {"version": 1}}
F: dict[str, Any] = {"script": C, "metadata": {"version": 1, "migratedAt": "2025-06-02T10:00:00Z"}}
FRESH: dict[str, Any] = {
    "script": {"content": "", "title": "Untitled Script", "stats": {"pages": 0}, "fileTree": []},
    "characters": {"characters": []},
    "metadata": {"version": 1},
}
SHAPES: dict[str, Any] = {
    "A": A,
    "A old": A_OLD,
    "B": B,
    "B lines": B_LINES,
    "C": C,
    "D": D,
    "E full": E_FULL,
    "F": F,
}

STORE: dict[str, Any] = {
    "state": {
        "projectId": PROJECT,
        "userId": "00000000-0000-0000-0000-000000000001",
        "scriptData": {**D["script"], "content": "PAGE 1:\nPANEL 1:\n[MARA] : Newer, from the browser."},
        "charactersData": D["characters"]["characters"],
        "backgroundsData": [],
        "decorsData": [{"id": "d1", "name": "Old town", "prompt": "narrow lanes", "timeOfDay": "night"}],
        "scenesData": [],
        "assemblyData": {
            "pages": [
                {
                    "id": "page-1",
                    "number": 1,
                    "layout": "single",
                    "panels": [
                        {
                            "id": "x",
                            "type": "dialogue",
                            "content": "Words on the page",
                            "characters": ["Mara"],
                        }
                    ],
                }
            ],
            "canvasState": {"zoom": 25, "gridSize": 20, "activeTool": "select"},
        },
        "lastSavedToDb": None,
    },
    "version": 1,
}
CANVAS: dict[str, Any] = {
    "stage": {
        "width": 1200,
        "height": 1600,
        "backgroundColor": 16316664,
        "children": [
            {"id": "panel-1", "type": "panel", "x": 40, "y": 40, "width": 1120, "height": 700},
            {"id": "panel-2", "type": "panel", "x": 40, "y": 780, "width": 1120, "height": 700},
            {
                "id": "bubble_1",
                "type": "dialogue",
                "x": 100,
                "y": 100,
                "width": 300,
                "height": 120,
                "text": "<p>Hello from the balloon</p>",
                "dialogueStyle": {"type": "speech"},
            },
            {"id": "odd", "type": "polygon", "text": "an odd thing says this"},
        ],
    }
}


def row_id(at: int) -> str:
    """The id of the row with this number."""
    return f"a0000000-0000-4000-8000-{at:012d}"


def script_row(
    data: Any,
    at: int = 1,
    *,
    project: str | None = PROJECT,
    user: str | None = USER,
    title: str = "Rain",
    day: int = 0,
) -> dict[str, Any]:
    """A row of manga_scripts; a later `day` is a later edit."""
    return {
        "id": row_id(at),
        "project_id": project,
        "user_id": user,
        "title": title,
        "description": "",
        "script_data": data,
        "version": 1,
        "created_at": "2025-05-01T10:00:00+00:00",
        "updated_at": f"2025-05-{(day or at) % 28 + 1:02d}T10:00:00.123456+00:00",
    }


def tables() -> dict[str, list[dict[str, Any]]]:
    """A small database with all tables that hold work."""
    return {
        "projects": [
            {
                "id": PROJECT,
                "user_id": USER,
                "name": "Rain over Lyon",
                "description": "A pitch",
                "pages_count": 1,
            }
        ],
        "manga_scripts": [
            script_row(D, 1),
            script_row(C, 2),
            script_row(C, 3),
            script_row(E, 4),
            script_row(A, 5, project=OTHER),
            script_row(FRESH, 6, project=OTHER, user=SECOND),
        ],
        "manga_script_versions": [
            {
                "id": row_id(90),
                "script_id": row_id(1),
                "version_number": 1,
                "script_data": B,
                "created_at": "2025-04-01T10:00:00+00:00",
                "created_by": USER,
            }
        ],
        "character_images": [
            {
                "id": "77777777-7777-4777-8777-777777777777",
                "user_id": USER,
                "project_id": PROJECT,
                "original_prompt": "a tall sailor with one eye",
                "optimized_prompt": "tall sailor, one eye, manga",
                "image_url": "https://pictures.example/sailor.png",
                "metadata": {
                    "name": "Yann",
                    "style": "seinen",
                    "archetype": "mentor",
                    "traits": ["calm"],
                    "mood": "grim",
                },
                "created_at": "2025-05-03T10:00:00+00:00",
            }
        ],
        "scene_images": [
            {
                "id": "88888888-8888-4888-8888-888888888888",
                "user_id": USER,
                "project_id": PROJECT,
                "original_prompt": "two sailors quarrel on the quay at night, one falls",
                "image_url": "https://pictures.example/quay.png",
                "character_ids": ["77777777-7777-4777-8777-777777777777"],
                "decor_id": None,
                "scene_settings": {"camera_plan": "wide", "lighting": "soft", "mood": "dramatic"},
                "metadata": {},
            }
        ],
        "pages": [
            {
                "id": "99999999-9999-4999-8999-999999999999",
                "project_id": PROJECT,
                "page_number": 1,
                "title": "Page 1",
                "content": CANVAS,
                "status": "draft",
            }
        ],
        "user_credits": [{"user_id": USER, "credits_remaining": 5}],
    }


def as_json(value: Any) -> bytes:
    """As a dump has it."""
    return json.dumps(value, ensure_ascii=False).encode()
