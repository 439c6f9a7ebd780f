"""Where everything that Genko keeps is in a backup, or why it is not there."""

from __future__ import annotations

from core.backup.archive.lines import LINE_TYPES


class Not(str):
    """The reason why something is in no backup."""

    __slots__ = ()


DOCUMENT = "documents"
"""The lossless form holds it."""
MEDIA = "media"
"""The bytes of a file."""
MANY = Not("counted anew from the words by whoever holds them")
LOCAL = Not("of this machine's dealings with a server or a file; a restored project begins them anew")
PUBLISHED = Not("made by publishing of the revision that is shown, which is in the section of revisions")
ON_ITS_WAY = Not("of a job that is under way; what comes of it is an attempt in its draft's document")

COLUMNS: dict[str, dict[str, str]] = {
    "server_identity": {
        "only_row": Not("no content"),
        "server_id": Not(
            "tells one database from another; what is restored into another one must not claim it"
        ),
        "created_at": Not("of the database, not of a project"),
    },
    "genko_schema": {"version_num": Not("made by the migrations")},
    "projects": {
        "project_id": "projects.id",
        "title": "projects.title",
        "kind": "drafts.meta",
        "meta": "projects.meta",
        "statistics": MANY,
        "held": DOCUMENT,
        "save_number": "versions.number",
        "created_by": "versions.author",
        "updated_by": "versions.author",
        "created_at": "versions.saved_at",
        "updated_at": "projects.edited_at",
        "shared": Not("made of the draft's own record by a trigger"),
    },
    "updates": {
        "project_id": "projects.id",
        "update_id": Not("only an order, which the document keeps by itself"),
        "save_id": "versions.save_id",
        "part": Not("of the repair of a save"),
        "covers": DOCUMENT,
        "sha256": Not("the manifest has the sum of the whole document"),
        "blob": DOCUMENT,
        "author": "versions.author",
        "created_at": "versions.saved_at",
    },
    "versions": {
        "project_id": "versions.project",
        **{
            name: f"versions.{name}"
            for name in (
                *("number", "save_id", "author", "saved_at", "message", "frontier", "pages", "words"),
                *("update_bytes", "pages_changed", "records_changed"),
            )
        },
        "brought_by": Not("who brought a version in; whoever restores it brings it in anew"),
        "import_id": Not("the import that brought a version; restoring it is another one"),
    },
    "imports": dict.fromkeys(
        (
            *("project_id", "import_id", "done_at", "report", "report_sha256", "versions", "author"),
            "created_at",
        ),
        Not(
            "reports of what was brought in, kept as files beside the backups; the words are in the document"
        ),
    ),
    "pages": {
        "project_id": "pages.project",
        "page_key": "pages.key",
        "position": "pages.position",
        "text": "pages.text",
        "content": MANY,
        "updated_at": Not("of the row; versions tell when what was saved"),
    },
    "records": {
        "project_id": "characters.project",
        "section": "characters.fields",
        "record_id": "characters.id",
        "position": "characters.position",
        "content": "characters.fields",
        "updated_at": Not("of the row; versions tell when what was saved"),
    },
    "media": {
        "project_id": "pictures.project",
        "sha256": "pictures.sha256",
        "part": MEDIA,
        "parts": MEDIA,
        "mime": "pictures.mime",
        "size": "pictures.size",
        "part_sha256": MEDIA,
        "content": MEDIA,
        "author": Not("who sent a file; who named it in a project is in the document"),
        "created_at": Not("when a file came to the server"),
    },
    "univers_packs": {
        "pack_id": "revisions.project",
        "univers_id": Not("a number of the server's own; another one gives its own"),
        "slug": "revisions.manifest",
        "revision": "revisions.revision",
        "shown": "revisions.shows",
        "is_public": "revisions.is_public",
        "owner": "revisions.author",
        "created_at": "revisions.made_at",
        "updated_at": "revisions.made_at",
    },
    "univers_revisions": {
        "pack_id": "revisions.project",
        "expected_revision": Not("one less than the revision"),
        "request_id": Not("of one request to one server"),
        **{
            name: f"revisions.{name}"
            for name in (
                *("revision", "action", "shows", "is_public", "manifest", "manifest_sha256", "author"),
                "made_at",
            )
        },
    },
    "univers_media": {"pack_id": "revisions.project", "sha256": "revisions.manifest"},
    "univers": dict.fromkeys(
        (
            *("id", "pack_id", "revision", "name", "slug", "description", "theme", "thumbnail_url"),
            *("is_public", "owner", "owner_id", "background_music", "background_color"),
            *("created_at", "updated_at"),
        ),
        PUBLISHED,
    ),
    "univers_translations": dict.fromkeys(("id", "univers_id", "language", "name"), PUBLISHED),
    "univers_prompts": dict.fromkeys(
        ("id", "univers_id", "default_image_prompt", "default_video_prompt", "created_at"), PUBLISHED
    ),
    "univers_music_prompts": dict.fromkeys(
        ("id", "univers_id", "language", "prompt", "lyrics", "created_at"), PUBLISHED
    ),
    "univers_assets": dict.fromkeys(
        (
            *("id", "univers_id", "sort_order", "image_name", "display_name", "kind", "animation_url"),
            *("image_sha256", "clip_sha256", "music_sha256", "created_at", "updated_at"),
        ),
        PUBLISHED,
    ),
    "univers_assets_prompts": dict.fromkeys(
        (
            *("id", "asset_id", "custom_image_prompt", "custom_video_prompt", "generation_count"),
            "last_generated_at",
        ),
        PUBLISHED,
    ),
    "univers_assets_translations": dict.fromkeys(("id", "asset_id", "language", "display_name"), PUBLISHED),
    "generation_queues": dict.fromkeys(("queue", "owner", "provider"), ON_ITS_WAY),
    "generation_jobs": dict.fromkeys(
        (
            *("job_id", "draft_id", "owner", "provider", "request", "queue_id", "status", "progress"),
            *(
                "tries",
                "lost",
                "worker",
                "lease_until",
                "heartbeat_at",
                "cancel_asked",
                "estimate",
                "cost",
                "made",
            ),
            *("error", "due_at", "created_at", "started_at", "finished_at", "collected_at"),
        ),
        ON_ITS_WAY,
    ),
    "generation_results": dict.fromkeys(
        ("job_id", "file", "part", "parts", "mime", "size", "sha256", "part_sha256", "content"), ON_ITS_WAY
    ),
}
VIEWS = {"unified_documents": Not("made of the tables")}

JOURNAL: dict[str, dict[str, str]] = {
    "updates": {"id": Not("only an order"), "body": DOCUMENT},
    "pieces": {"id": Not("only an order"), "body": DOCUMENT},
    "facts": {
        "key": Not("see FACTS"),
        "value": Not("see FACTS"),
        "at": Not("when a fact was put"),
        "proof": Not("a checksum"),
    },
    "acknowledged": dict.fromkeys(("server", "version", "at", "proof"), LOCAL),
    "outbox": {
        "blob": DOCUMENT,
        **dict.fromkeys(
            ("save_id", "version", "frontier", "sha256", "message", "made_at", "details", "proof"),
            Not("a save that is on its way; its words are in the document, and it becomes a version there"),
        ),
    },
}

FACTS: dict[str, str] = {
    "title": "projects.title",
    "edited_at": "projects.edited_at",
    "trashed_at": "projects.trashed_at",
    "words": "projects.words",
    "pages": "projects.pages",
    "panels": MANY,
    "created_at": Not("when the file was made on this machine"),
    "edits_waiting": LOCAL,
    "server_id": LOCAL,
    "saved_at": LOCAL,
    "link": LOCAL,
    "link_intent": LOCAL,
    "source_path": LOCAL,
    "source_sha256": LOCAL,
    "source_frontier": LOCAL,
    "source_dialect": LOCAL,
    "source_language": LOCAL,
    "source_canonical": LOCAL,
    "import:": Not("where the history was before an import, for taking it back on this machine"),
    "brought:": "versions.save_id",
    "goal": Not("a wish for the next days; one keystroke sets it again"),
    "goal_day": Not("of a day"),
    "goal_reached": Not("of a day"),
    **dict.fromkeys(
        ("slug", "theme", "status", "visibility", "assets", "accepted"),
        Not("what lists show of a draft, taken from its document"),
    ),
    **dict.fromkeys(
        ("making.order:", "making.stage:", "making.after:", "making.next:", "making.cancel:"),
        Not("what is on its way from this machine to a server; what was asked for is in the document"),
    ),
}

FILES: dict[str, str] = {
    "config/settings.toml": "settings",
    "config/words.txt": "settings",
    "config/themes": "settings",
    "config/backup-keys.toml": Not("secret keys"),
    "config/backup-lock.age": Not("a key, which every encrypted backup has for itself"),
    "data/kept": "kept",
    "data/projects": "projects.id",
    "data/drafts": "drafts.id",
    "data/published": Not("copies of files that are in the drafts' own folders, which are in the backup"),
    "config/media-keys.toml": Not("secret keys"),
    "data/postgres": Not("the private server; what is in it is backed up through it"),
    "data/backups": Not("the backups themselves"),
    "data/backups.sqlite": Not("the list of backups, made again from them"),
    "data/backups.lock": Not("a lock"),
    "data/backups.daily.lock": Not("a lock"),
    "data/migrations": Not("what was brought from the earlier app, so that a second run does less"),
    "state/import-folders.json": Not("where a file was looked for last"),
    "state/backup-memory": Not("can be made again"),
    "state/links": Not("locks"),
    "state/editor": Not("what is lent to another editor comes home into the project"),
    "state/thumbnails": Not("can be made again"),
    "logs/genko.log": Not("holds no words"),
}
"""By folder of `Paths` and name in it."""
FAMILIES = tuple(name for name in FACTS if name.endswith(":"))
"""Facts of which there may be many, by how their names begin."""


def is_there(where: str) -> bool:
    """Whether a place in an archive exists as it is named here."""
    section, _, name = where.partition(".")
    if not name:
        return section in (DOCUMENT, MEDIA, "settings", "kept")
    return name in LINE_TYPES[section].__struct_fields__
