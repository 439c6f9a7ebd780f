"""What all parts of a draft's facade stand on: the document, its index, the pack itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from core.colours import is_colour
from core.drafts.errors import DraftError
from core.drafts.languages import language_code, language_codes
from core.drafts.pack.index import PackIndex
from core.drafts.slugs import check_slug
from core.drafts.status import Status, as_status, check_move
from core.story import PACK_ID, Asset, Pack, ProjectStore, Section
from core.workspace.shelf import clean_title

LONGEST_TEXT = 20_000
"""Characters of a description or a style."""
VISIBILITIES = ("private", "public")


class DraftBase:
    """Belongs to one open document and its thread."""

    def __init__(self, store: ProjectStore) -> None:
        self.store = store
        self.index = PackIndex.of(store)

    # the pack

    @property
    def pack(self) -> Pack:
        """What holds for the draft as a whole."""
        return self.index.pack

    @property
    def name(self) -> str:
        """What it is called."""
        return self.store.title

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes; the first is the one that names and prompts are written in."""
        return self.pack.languages or (self.store.meta.language or "en",)

    @property
    def is_public(self) -> bool:
        """Whether others may see it once it is published; private unless said."""
        return self.pack.visibility == "public"

    def rename(self, name: str) -> None:
        """Call it otherwise; its slug stays. Undoable. Raises UsageError, DraftError."""
        self.store.checkpoint()
        self.store.set_meta(title=needed_name(name, "A draft"))

    def update_pack(self, **fields: Any) -> None:
        """Change what the writer decides of the draft, as one undo step. Raises DraftError.

        names, description, theme, style, languages, colour, cover, visibility, budget, notes, tags.
        """
        unknown = fields.keys() - _WRITERS
        if unknown:
            raise DraftError(f"{min(unknown)} can't be set so.", safe="Nothing was changed.")
        cleaned = {key: self._checked(key, value) for key, value in fields.items()}
        self.store.checkpoint()
        self.store.change_records(Section.PACK, {PACK_ID: cleaned})

    def set_slug(self, slug: str) -> None:
        """Give it another slug, which the shelf has found to be free. Undoable. Raises DraftError."""
        self.store.checkpoint()
        self.store.change_records(Section.PACK, {PACK_ID: {"slug": check_slug(slug)}})

    def _checked(self, key: str, value: Any) -> Any:
        if key == "languages":
            return language_codes(value)
        if key == "names":
            return clean_names(value)
        if key == "colour" and value and not is_colour(value):
            raise DraftError("A colour is written #rrggbb.", safe="Nothing was changed.")
        if key == "visibility" and value not in VISIBILITIES:
            raise DraftError("A draft is private or public.", safe="Nothing was changed.")
        if key == "cover" and value and value not in self.index.assets:
            raise no_asset()
        if key == "budget" and (not isinstance(value, int) or value < 0):
            raise DraftError("A budget is a whole number of millionths, or 0.", safe="Nothing was changed.")
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise DraftError(
                f"A {key} may have {LONGEST_TEXT:,} characters; this one has {len(value):,}.",
                safe="Nothing was changed.",
            )
        return value

    # where it stands

    @property
    def status(self) -> Status:
        """Where it stands now. What was published and edited since is MODIFIED."""
        stored = as_status(self.pack.status)
        edited = stored is Status.PUBLISHED and self.pack.published.get("content", "") != self.content
        return Status.MODIFIED if edited else stored

    @property
    def content(self) -> str:
        """What a publication of it as it is now would be of: a digest, equal for equal content."""
        raise NotImplementedError

    def move_status(self, to: Status, *, published: Mapping[str, Any] | None = None) -> None:
        """Say where it stands; no undo step. Raises DraftError for a move that is not allowed.

        `published` is what this machine knows of the publication, put in the same commit.
        """
        check_move(self.status, to)
        stored = Status.PUBLISHED if to is Status.MODIFIED else to
        fields: dict[str, Any] = {"status": stored.value}
        if published is not None:
            fields["published"] = dict(published)
        self.store.put_records({Section.PACK: {PACK_ID: fields}})

    # assets, as all parts look them up

    def asset(self, asset_id: str) -> Asset | None:
        """One asset, be it in the trash; None if there is none such."""
        return self.index.assets.get(asset_id)

    def _needed(self, asset_id: str) -> Asset:
        found = self.asset(asset_id)
        if found is None:
            raise no_asset()
        return found


_WRITERS = frozenset(
    (
        *("names", "description", "theme", "style", "languages", "colour", "cover", "visibility", "budget"),
        *("notes", "tags"),
    )
)
"""What a writer decides of a pack; status and publications are said otherwise."""


def clean_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names by language code, each on one line; empty ones are left out. Raises DraftError, UsageError."""
    cleaned = {language_code(code): clean_title(name) for code, name in names.items()}
    return {code: name for code, name in cleaned.items() if name}


def needed_name(name: str, whose: str) -> str:
    """A name on one line. Raises DraftError when nothing is left of it, UsageError when it is too long."""
    cleaned = clean_title(name)
    if not cleaned:
        raise DraftError(f"{whose} needs a name.", safe="Nothing was changed.")
    return cleaned


def moment_after(last: str) -> str:
    """Now, or right after `last` where a clock was set back: what comes later is sorted behind."""
    now = datetime.now(UTC)
    try:
        before = datetime.fromisoformat(last) if last else None
    except ValueError:
        before = None
    if before is not None and before.tzinfo is not None and before >= now:
        now = before + timedelta(microseconds=1)
    return now.isoformat(timespec="microseconds")


def no_asset() -> DraftError:
    """The sentence for an asset that isn't there."""
    return DraftError(
        "There is no such asset in this draft.", safe="Nothing was changed.", todo="It may be deleted."
    )


EMPTY: Mapping[str, Any] = MappingProxyType({})
