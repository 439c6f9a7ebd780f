"""A small export of Hub-Lib with a row in each of its 19 tables, in the shapes that its programs wrote."""

from __future__ import annotations

import json
from typing import Any

AT = "2025-03-01T10:00:00.000Z"
LATER = "2025-03-02T11:30:00.500Z"
LEA, MARC = "1740823200000-lea", "1740823200001-marc"
GUIDE, BRUSHES = "1740823200002-guide", "1740823200003-brushes"
GROUP, CATEGORY, WORD = "1740823200004-grp", "cat-1740823200005", "1740823200006-word"
SHELF, REMARK = "1740823200007-shelf", "1740823200008-remark"
PICTURE = "data:image/png;base64,iVBORw0KGgo="
SECRETS = ("5ecre7-hash", "5ecre7-salt", "5ecre7-token")


def row(key: str, /, **columns: Any) -> dict[str, Any]:
    return {"id": key, "created_at": AT, "updated_at": LATER, **columns}


def resource(key: str, title: str, owner: str, /, **columns: Any) -> dict[str, Any]:
    plain = {
        "title": title,
        "description": f"About {title}",
        "category": "Tools",
        "tags": ["Ink", " ink ", "BD"],
        "resource_type": "external_link",
        "github_url": None,
        "external_url": "https://example.org/x",
        "language": None,
        "readme": "# Title\n\n- *one*",
        "visibility": "public",
        "average_rating": 0,
        "ratings_count": 0,
        "downloads_count": 2,
        "views_count": 17,
    }
    return row(key, user_id=owner, **{**plain, **columns})


def tables() -> dict[str, list[dict[str, Any]]]:
    about = {"user_id": MARC, "resource_id": GUIDE}
    version = {"version_number": 1, "title": "Guide (draft)", "description": "", "tags": ["bd"]}
    template = {"name": "Sheet", "isPublic": True, "usageCount": 4, "templateData": {"title": "x"}}
    return {
        "profiles": [
            {"id": LEA, "username": "lea", "full_name": "Léa", "avatar_url": None, "created_at": AT},
            row(MARC, email="marc@atelier.example", username="marc", avatar_url=PICTURE),
        ],
        "user_roles": [row("r1", user_id=LEA, role="admin")],
        "resources": [
            resource(GUIDE, "Guide", LEA),
            resource(BRUSHES, "Brushes", MARC, file_url=PICTURE, file_size="8", resource_type="file_upload"),
        ],
        "saved_resources": [row("s1", **about)],
        "resource_ratings": [row("n1", rating=5, **about)],
        "resource_shares": [
            row(
                "h1",
                resource_id=BRUSHES,
                shared_with_user_id=None,
                shared_with_group_id=GROUP,
                permission="read",
            )
        ],
        "resource_comments": [
            row(REMARK, parent_id=None, content="Très clair.", **about),
            row("c2", parent_id=REMARK, content="Merci !", user_id=LEA, resource_id=GUIDE),
        ],
        "groups": [row(GROUP, name="Atelier", owner_id=MARC)],
        "group_members": [row("m1", group_id=GROUP, user_id=LEA, role="member", added_at=AT)],
        "notifications": [
            row("t1", user_id=LEA, type="new_comment", title="New", message="…", group_id=None, is_read=False)
        ],
        "category_tag_suggestions": [row(WORD, name="Inking", type="tag", suggested_by=LEA)],
        "suggestion_votes": [row("v1", suggestion_id=WORD, user_id=MARC, vote_type="upvote")],
        "resource_templates": [{"id": "template-1", "createdAt": AT, **template}],
        "collections": [row(SHELF, name="First steps", user_id=LEA, is_public=True, resources_count=1)],
        "collection_resources": [row("k1", collection_id=SHELF, resource_id=GUIDE, added_at=AT, order=3)],
        "admin_config": [row("config-1", key="threshold", value="5", description="…")],
        "category_hierarchy": [row(CATEGORY, name="Script", parent_id=None, order=1, is_active=True)],
        "category_filters": [
            row(
                "f1",
                category_id=CATEGORY,
                filter_key="g",
                filter_type="select",
                filter_label="Genre",
                order=1,
            )
        ],
        "resource_versions": [row("x1", resource_id=GUIDE, created_by=LEA, **version)],
    }


def accounts() -> list[dict[str, Any]]:
    return [{"userId": LEA, "email": "lea@atelier.example", "passwordHash": SECRETS[0], "salt": SECRETS[1]}]


def session() -> dict[str, Any]:
    return {"access_token": SECRETS[2], "user": {"id": LEA, "email": "lea@atelier.example"}, "expires_at": 1}


def seen() -> list[dict[str, Any]]:
    return [{"id": "event_1", "type": "resource_view", "resourceId": GUIDE, "metadata": {}, "timestamp": AT}]


def export(rows: dict[str, list[Any]] | None = None) -> dict[str, Any]:
    """Shape A."""
    found = tables() if rows is None else rows
    metadata = {"exportDate": LATER, "exportVersion": "1.0.0", "tables": list(found)}
    return {
        "metadata": metadata,
        "tables": found,
        "auth": session(),
        "authData": accounts(),
        "analytics": seen(),
    }


def shape(letter: str) -> Any:
    """The same data as another program of Hub-Lib wrote them."""
    whole = export()
    if letter == "A":
        return {**whole, "auth": None, "authData": None, "analytics": None}
    if letter == "B":
        del whole["tables"]["resource_versions"]
        return whole
    if letter == "C":
        left_out = ("admin_config", "category_hierarchy", "category_filters")
        return {name: rows for name, rows in whole["tables"].items() if name not in left_out}
    if letter == "D":
        whole["metadata"] = {"version": "1.0"}
        whole["tables"]["comments"] = whole["tables"].pop("resource_comments")
        return whole
    storage = {f"hub-lib-db-{name}": json.dumps(rows) for name, rows in whole["tables"].items()}
    return {
        **storage,
        "hub-lib-auth": json.dumps(session()),
        "hub-lib-auth-data": json.dumps(accounts()),
        "hub-lib-analytics": json.dumps(seen()),
        "hub-lib-api-tokens": json.dumps([{"token": SECRETS[2]}]),
        "hub-lib-file-1-brush.zip": PICTURE,
        "theme": "dark",
    }
