"""The tables of published packs as SQLModel classes; row-level rules and triggers stand in the migration."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from core.server.tables import prose, timestamp, whole

LANGUAGE = r"language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'"


def maybe(comment: str) -> Column[str]:
    """Text that may be missing."""
    return Column(Text, nullable=True, comment=comment)


def sha(comment: str) -> Column[bytes]:
    """A checksum that may be missing."""
    return Column(LargeBinary, nullable=True, comment=comment)


def number(comment: str) -> Column[int]:
    """A running number as key."""
    return Column(BigInteger, Identity(always=True), primary_key=True, comment=comment)


def made_id(comment: str) -> Column[UUID]:
    """An id that the server makes."""
    return Column(UuidType, primary_key=True, server_default=text("gen_random_uuid()"), comment=comment)


def _flag(comment: str) -> Column[bool]:
    return Column(Boolean, nullable=False, server_default=text("false"), comment=comment)


def _pack() -> Column[UUID]:
    key = ForeignKey("univers_packs.pack_id", ondelete="CASCADE")
    return Column("pack_id", UuidType, key, primary_key=True, nullable=False, comment="The pack.")


def univers() -> Column[int]:
    """The foreign key to a published pack."""
    key = ForeignKey("univers.id", ondelete="CASCADE")
    return Column("univers_id", BigInteger, key, nullable=False, comment="The pack.")


class PackRow(SQLModel, table=True):
    """A pack that was ever published."""

    __tablename__ = "univers_packs"
    __table_args__ = (
        UniqueConstraint("univers_id", name="univers_packs_univers_id"),
        UniqueConstraint("slug", name="univers_packs_slug"),
        CheckConstraint(
            "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80", name="univers_packs_slug_plain"
        ),
        CheckConstraint("shown BETWEEN 1 AND revision", name="univers_packs_shown"),
        {
            "comment": "Every pack that was ever published, whether it is now or not. "
            "Its row is locked while one publishes."
        },
    )

    pack_id: UUID = Field(
        sa_column=Column(UuidType, primary_key=True, comment="The draft that it is made of.")
    )
    univers_id: int = Field(
        sa_column=Column(
            BigInteger,
            Identity(always=True),
            nullable=False,
            comment="Its id in `univers`: the same again after unpublishing.",
        )
    )
    slug: str = Field(sa_column=prose("Its name in addresses; no two packs have the same."))
    revision: int = Field(sa_column=whole("The number of the last row of `univers_revisions`.", "0"))
    shown: int | None = Field(
        sa_column=Column(
            BigInteger,
            nullable=True,
            comment="The revision whose manifest is what the other tables hold; NULL: it is not published.",
        )
    )
    is_public: bool = Field(sa_column=_flag("Whether other logins than its owner see it."))
    owner: str = Field(sa_column=prose("The login that published it first.", "SESSION_USER"))
    created_at: datetime = Field(sa_column=timestamp("When it was published first."))
    updated_at: datetime = Field(sa_column=timestamp("Kept by a trigger."))


class RevisionRow(SQLModel, table=True):
    """Something that was done to a published pack."""

    __tablename__ = "univers_revisions"
    __table_args__ = (
        UniqueConstraint("request_id", name="univers_revisions_request_id"),
        {
            "comment": "What was done to published packs, with all that each publication held. "
            "Rows are added, never changed."
        },
    )

    pack_id: UUID = Field(sa_column=_pack())
    revision: int = Field(
        sa_column=Column(
            BigInteger,
            primary_key=True,
            autoincrement=False,
            comment="From 1, without gaps, for each pack.",
        )
    )
    action: str = Field(sa_column=prose("publish, return (to an older manifest), unpublish, or visibility."))
    shows: int | None = Field(
        sa_column=Column(
            BigInteger,
            nullable=True,
            comment="The revision whose manifest is current from then on; NULL: none, it is not published.",
        )
    )
    is_public: bool = Field(
        sa_column=Column(Boolean, nullable=False, comment="Whether others saw the pack from then on.")
    )
    expected_revision: int = Field(sa_column=whole("The last revision that its author had seen."))
    request_id: UUID = Field(
        sa_column=Column(
            UuidType,
            nullable=False,
            comment="Made by the writer's machine: the same request sent again is done once.",
        )
    )
    manifest: dict[str, Any] | None = Field(
        sa_column=Column(
            JSONB,
            nullable=True,
            comment="The whole pack: names, texts, prompts, assets in their order, files by their SHA-256.",
        )
    )
    manifest_sha256: bytes | None = Field(
        sa_column=sha("Checksum of the manifest as JSON with sorted keys and no spaces.")
    )
    author: str = Field(sa_column=prose("The login that did it.", "SESSION_USER"))
    made_at: datetime = Field(sa_column=timestamp("When, by the server's clock."))


class NamedFileRow(SQLModel, table=True):
    """A file that some revision of a pack names."""

    __tablename__ = "univers_media"
    __table_args__ = (
        CheckConstraint("octet_length(sha256) = 32", name="univers_media_sha256"),
        Index("univers_media_by_sha256", "sha256"),
        {
            "comment": "The files that any revision of a pack names: what is named here is never "
            "cleared from the media store."
        },
    )

    pack_id: UUID = Field(sa_column=_pack())
    sha256: bytes = Field(
        sa_column=Column(
            LargeBinary,
            primary_key=True,
            comment="Checksum of the file, which is its name in the media store.",
        )
    )


class UniversRow(SQLModel, table=True):
    """A pack that is published now."""

    __tablename__ = "univers"
    __table_args__ = (
        UniqueConstraint("pack_id", name="univers_pack_id"),
        UniqueConstraint("slug", name="univers_slug"),
        ForeignKeyConstraint(
            ["pack_id", "revision"],
            ["univers_revisions.pack_id", "univers_revisions.revision"],
            name="univers_is_a_revision",
            ondelete="CASCADE",
        ),
        CheckConstraint("name <> ''", name="univers_name_given"),
        CheckConstraint("background_color ~ '^#[0-9a-f]{6}$'", name="univers_background_color"),
        {"comment": "The packs that are published now, one row each."},
    )

    id: int = Field(
        sa_column=Column(
            BigInteger,
            ForeignKey("univers_packs.univers_id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
            comment="A number that stays with the pack.",
        )
    )
    pack_id: UUID = Field(sa_column=Column(UuidType, nullable=False, comment="The draft that it is made of."))
    revision: int = Field(sa_column=whole("The revision whose manifest these rows were made from."))
    name: str = Field(sa_column=prose("Its name, in its first language."))
    slug: str = Field(sa_column=prose("Its name in addresses, and the folder of its files in an export."))
    description: str = Field(sa_column=prose("What it is about.", "''"))
    theme: str = Field(sa_column=prose("The key of its theme.", "''"))
    thumbnail_url: str | None = Field(
        sa_column=maybe("The picture of its cover: slug and image_name. NULL: none.")
    )
    is_public: bool = Field(
        sa_column=_flag("Whether other logins than its owner see it, and what belongs to it.")
    )
    owner: str = Field(sa_column=prose("The login that published it first."))
    owner_id: UUID | None = Field(
        sa_column=Column(
            UuidType, nullable=True, comment="Of the earlier program, which knew people by UUIDs; NULL."
        )
    )
    background_music: str | None = Field(
        sa_column=maybe("Its music in the first language: slug and file. NULL: none.")
    )
    background_color: str | None = Field(sa_column=maybe("#rrggbb; NULL: none."))
    created_at: datetime = Field(sa_column=timestamp("When the pack was made visible here."))
    updated_at: datetime = Field(sa_column=timestamp("Kept by a trigger."))


class UniversTranslationRow(SQLModel, table=True):
    """A pack's name in a language."""

    __tablename__ = "univers_translations"
    __table_args__ = (
        UniqueConstraint("univers_id", "language", name="univers_translations_once"),
        CheckConstraint(LANGUAGE, name="valid_language"),
        {"comment": "The names of packs in each of their languages."},
    )

    id: int = Field(sa_column=number("A number."))
    univers_id: int = Field(sa_column=univers())
    language: str = Field(sa_column=prose("A language code: fr, en, ja, pt-BR."))
    name: str = Field(sa_column=prose("The name in it."))


class UniversPromptRow(SQLModel, table=True):
    """The prompts of a pack."""

    __tablename__ = "univers_prompts"
    __table_args__ = (
        UniqueConstraint("univers_id", name="univers_prompts_once"),
        {"comment": "What assets without a prompt of their own are made from."},
    )

    id: UUID = Field(sa_column=made_id("An id."))
    univers_id: int = Field(sa_column=univers())
    default_image_prompt: str | None = Field(sa_column=maybe("For pictures; {concept} stands for the asset."))
    default_video_prompt: str | None = Field(sa_column=maybe("For clips; {concept} stands for the asset."))
    created_at: datetime = Field(sa_column=timestamp("When it was published."))


class UniversMusicPromptRow(SQLModel, table=True):
    """A song of a pack."""

    __tablename__ = "univers_music_prompts"
    __table_args__ = (
        UniqueConstraint("univers_id", "language", name="unique_music_prompt_per_lang"),
        CheckConstraint(LANGUAGE, name="valid_music_language"),
        {"comment": "The songs of packs, one for a language."},
    )

    id: int = Field(sa_column=number("A number."))
    univers_id: int = Field(sa_column=univers())
    language: str = Field(sa_column=prose("A language code."))
    prompt: str = Field(sa_column=prose("How the music is to be."))
    lyrics: str = Field(sa_column=prose("The words that are sung."))
    created_at: datetime = Field(sa_column=timestamp("When it was published."))
