"""The tables of published assets as SQLModel classes; rules and triggers stand in the migration."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, UniqueConstraint
from sqlalchemy import Uuid as UuidType
from sqlmodel import Field, SQLModel

from core.server.published_tables import LANGUAGE, made_id, maybe, number, sha, univers
from core.server.tables import prose, timestamp, whole


def _asset() -> Column[UUID]:
    key = ForeignKey("univers_assets.id", ondelete="CASCADE")
    return Column("asset_id", UuidType, key, nullable=False, comment="The asset.")


class UniversAssetRow(SQLModel, table=True):
    """An asset of a published pack."""

    __tablename__ = "univers_assets"
    __table_args__ = (
        UniqueConstraint(
            "univers_id", "sort_order", name="univers_assets_order", deferrable=True, initially="DEFERRED"
        ),
        UniqueConstraint("univers_id", "image_name", name="univers_assets_image_name"),
        CheckConstraint("sort_order >= 0", name="univers_assets_order_counts"),
        CheckConstraint(r"image_name ~ '^[0-9a-z_-]+(\.[0-9a-z]+)?$'", name="univers_assets_plain_name"),
        {"comment": "The assets of the packs that are published now."},
    )

    id: UUID = Field(
        sa_column=Column(
            UuidType,
            primary_key=True,
            comment="Made of the ids of pack and asset: the same at each publication.",
        )
    )
    univers_id: int = Field(sa_column=univers())
    sort_order: int = Field(sa_column=whole("From 0, without gaps."))
    image_name: str = Field(
        sa_column=prose("The name of its picture below the slug; another picture has another name.")
    )
    display_name: str = Field(sa_column=prose("Its name in the pack's first language."))
    kind: str = Field(sa_column=prose("character, background, prop, cover or other.", "'other'"))
    animation_url: str | None = Field(
        sa_column=maybe(
            "Its clip below the slug, where that can not be told from image_name; NULL otherwise."
        )
    )
    image_sha256: bytes | None = Field(sa_column=sha("Its picture in the media store; NULL: none."))
    clip_sha256: bytes | None = Field(sa_column=sha("Its clip in the media store; NULL: none."))
    music_sha256: bytes | None = Field(sa_column=sha("Its music in the media store; NULL: none."))
    created_at: datetime = Field(sa_column=timestamp("When it was published first."))
    updated_at: datetime = Field(sa_column=timestamp("Kept by a trigger."))


class UniversAssetPromptRow(SQLModel, table=True):
    """What an asset was made from."""

    __tablename__ = "univers_assets_prompts"
    __table_args__ = (
        UniqueConstraint("asset_id", name="univers_assets_prompts_once"),
        CheckConstraint("generation_count >= 0", name="univers_assets_prompts_count"),
        {"comment": "What assets were made from."},
    )

    id: UUID = Field(sa_column=made_id("An id."))
    asset_id: UUID = Field(sa_column=_asset())
    custom_image_prompt: str | None = Field(
        sa_column=maybe("For its picture, as it was sent; without placeholders.")
    )
    custom_video_prompt: str | None = Field(
        sa_column=maybe("For its clip, as it was sent; without placeholders.")
    )
    generation_count: int = Field(sa_column=whole("How often something was made for it.", "1"))
    last_generated_at: datetime | None = Field(
        sa_column=Column(DateTime(timezone=True), nullable=True, comment="When the last time was.")
    )


class UniversAssetTranslationRow(SQLModel, table=True):
    """An asset's name in a language."""

    __tablename__ = "univers_assets_translations"
    __table_args__ = (
        UniqueConstraint("asset_id", "language", name="univers_assets_translations_once"),
        CheckConstraint(LANGUAGE, name="valid_asset_language"),
        {"comment": "The names of assets in each language."},
    )

    id: int = Field(sa_column=number("A number."))
    asset_id: UUID = Field(sa_column=_asset())
    language: str = Field(sa_column=prose("A language code."))
    display_name: str = Field(sa_column=prose("The name in it."))
