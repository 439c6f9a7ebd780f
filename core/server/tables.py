"""The tables as SQLModel classes; what only SQL can say (triggers, views) stands in the migrations."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    LargeBinary,
    Numeric,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

NOW = text("now()")
EMPTY_OBJECT = text("'{}'::jsonb")


def project_column(comment: str = "The project.", *, primary_key: bool = False) -> Column[UUID]:
    """The foreign key that every table of a project's things has."""
    key = ForeignKey("projects.project_id", ondelete="CASCADE")
    return Column("project_id", UuidType, key, primary_key=primary_key, nullable=False, comment=comment)


def timestamp(comment: str) -> Column[datetime]:
    """A time with its zone, set by the server's clock."""
    return Column(DateTime(timezone=True), nullable=False, server_default=NOW, comment=comment)


def whole(comment: str, default: str | None = None) -> Column[int]:
    """A count or a running number."""
    server_default = None if default is None else text(default)
    return Column(BigInteger, nullable=False, server_default=server_default, comment=comment)


def prose(comment: str, default: str | None = None, *, primary_key: bool = False) -> Column[str]:
    """Text of any length."""
    server_default = None if default is None else text(default)
    return Column(
        Text, primary_key=primary_key, nullable=False, server_default=server_default, comment=comment
    )


def json_object(comment: str) -> Column[dict[str, Any]]:
    """A JSON object, empty unless given."""
    return Column(JSONB, nullable=False, server_default=EMPTY_OBJECT, comment=comment)


class ServerIdentityRow(SQLModel, table=True):
    """Who this server is."""

    __tablename__ = "server_identity"
    __table_args__ = (
        CheckConstraint("only_row", name="server_identity_one_row"),
        {"comment": "One row: the identity of this database. Acknowledgements are given in its name."},
    )

    only_row: bool = Field(
        default=True,
        primary_key=True,
        sa_column_kwargs={"server_default": text("true"), "comment": "Always true: there is one row."},
    )
    server_id: UUID = Field(
        sa_column=Column(
            UuidType,
            nullable=False,
            server_default=text("gen_random_uuid()"),
            comment="Made by the first migration; a dump and its restore keep it.",
        )
    )
    created_at: datetime = Field(sa_column=timestamp("When the schema was made."))


class Project(SQLModel, table=True):
    """One manuscript."""

    __tablename__ = "projects"
    __table_args__ = (
        CheckConstraint("kind IN ('project', 'draft')", name="projects_kind_known"),
        {"comment": "One row per manuscript. Its row is locked for the length of a save."},
    )

    project_id: UUID = Field(
        sa_column=Column(UuidType, primary_key=True, comment="Made on the writer's machine with the project.")
    )
    title: str = Field(sa_column=prose("The title; titles may repeat.", "''"))
    kind: str = Field(sa_column=prose("project, or draft for a pack of assets.", "'project'"))
    meta: dict[str, Any] = Field(sa_column=json_object("Language, reading direction, format and the like."))
    statistics: dict[str, Any] = Field(sa_column=json_object("Counts over the script, of the last save."))
    held: bytes = Field(
        sa_column=Column(
            LargeBinary,
            nullable=False,
            server_default=text("'\\x'::bytea"),
            comment="Which operations `updates` adds up to: an encoded Loro version vector.",
        )
    )
    save_number: int = Field(sa_column=whole("The number of the last save.", "0"))
    created_by: str = Field(sa_column=prose("Who saved it first.", "SESSION_USER"))
    updated_by: str = Field(sa_column=prose("Who saved it last.", "SESSION_USER"))
    shared: bool = Field(
        sa_column=Column(
            Boolean,
            nullable=False,
            server_default=text("false"),
            comment="Of a draft: whether other logins than created_by see it, which its visibility says. "
            "Kept by a trigger.",
        )
    )
    created_at: datetime = Field(sa_column=timestamp("When it first arrived."))
    updated_at: datetime = Field(sa_column=timestamp("Kept by a trigger."))


class Update(SQLModel, table=True):
    """Operations of the document, as they were sent."""

    __tablename__ = "updates"
    __table_args__ = (
        UniqueConstraint("save_id", "part", name="updates_save_id_part"),
        CheckConstraint("sha256 = sha256(blob)", name="updates_sha256_fits"),
        {"comment": "The document itself: Loro updates as they came. Rows are added, never changed."},
    )

    project_id: UUID = Field(sa_column=project_column(primary_key=True))
    update_id: int = Field(
        sa_column=Column(
            BigInteger, Identity(always=True), primary_key=True, comment="In the order of arrival."
        )
    )
    save_id: UUID = Field(sa_column=Column(UuidType, nullable=False, comment="The save that brought it."))
    part: int = Field(sa_column=whole("0, unless a save had to be repaired.", "0"))
    covers: bytes = Field(
        sa_column=Column(
            LargeBinary, nullable=False, comment="Where the operations in it end: a version vector."
        )
    )
    sha256: bytes = Field(sa_column=Column(LargeBinary, nullable=False, comment="Checksum of `blob`."))
    blob: bytes = Field(sa_column=Column(LargeBinary, nullable=False, comment="A Loro update or snapshot."))
    author: str = Field(sa_column=prose("The login that sent it.", "SESSION_USER"))
    created_at: datetime = Field(sa_column=timestamp("When it came."))


class SavedVersionRow(SQLModel, table=True):
    """One save."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("save_id", name="versions_save_id"),
        CheckConstraint("(brought_by IS NULL) = (import_id IS NULL)", name="versions_brought_whole"),
        {"comment": "The history: one row per save. Rows are added, never changed."},
    )

    project_id: UUID = Field(sa_column=project_column(primary_key=True))
    number: int = Field(
        sa_column=Column(
            BigInteger,
            primary_key=True,
            autoincrement=False,
            comment="From 1, without gaps, for each project.",
        )
    )
    save_id: UUID = Field(sa_column=Column(UuidType, nullable=False, comment="Made by the writer's machine."))
    author: str = Field(sa_column=prose("The login that saved.", "SESSION_USER"))
    saved_at: datetime = Field(sa_column=timestamp("When it was saved, by the server's clock."))
    message: str = Field(sa_column=prose("What the writer said about it.", "''"))
    frontier: bytes = Field(
        sa_column=Column(
            LargeBinary,
            nullable=False,
            comment="The point in the history, after merging: encoded Loro frontiers.",
        )
    )
    pages: int = Field(sa_column=whole("Pages in the script."))
    words: int = Field(sa_column=whole("Words in the script."))
    update_bytes: int = Field(sa_column=whole("Size of the operations it brought, in bytes."))
    pages_changed: int = Field(sa_column=whole("Rows of `pages` it wrote or removed."))
    records_changed: int = Field(sa_column=whole("Rows of `records` it wrote or removed."))
    brought_by: str | None = Field(
        sa_column=Column(
            Text,
            nullable=True,
            comment="The login that brought a version made elsewhere; author and time are as that place "
            "said. Else NULL.",
        )
    )
    import_id: UUID | None = Field(
        sa_column=Column(
            UuidType, nullable=True, comment="The import that brought it; NULL for a save made here."
        )
    )


class ImportRow(SQLModel, table=True):
    """What one import did to one project."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(report) = 'object'", name="imports_report_object"),
        CheckConstraint("octet_length(report_sha256) = 32", name="imports_report_sha256"),
        CheckConstraint("versions >= 0", name="imports_versions_count"),
        {"comment": "What imports have done to projects, item by item. Rows are added, never changed."},
    )

    project_id: UUID = Field(sa_column=project_column(primary_key=True))
    import_id: UUID = Field(
        sa_column=Column(
            UuidType,
            primary_key=True,
            nullable=False,
            comment="Made by the writer's machine; the same for all projects of one import.",
        )
    )
    done_at: datetime = Field(
        sa_column=Column(
            DateTime(timezone=True),
            nullable=False,
            comment="When it was done, by the clock of the writer's machine.",
        )
    )
    report: dict[str, Any] = Field(
        sa_column=Column(JSONB, nullable=False, comment="Where it came from, and what became of each item.")
    )
    report_sha256: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False, comment="Checksum of the report as it was sent.")
    )
    versions: int = Field(sa_column=whole("How many versions it brought."))
    author: str = Field(sa_column=prose("The login that sent it.", "SESSION_USER"))
    created_at: datetime = Field(sa_column=timestamp("When it came."))


class Page(SQLModel, table=True):
    """One page of the script, for readers."""

    __tablename__ = "pages"
    __table_args__ = (
        UniqueConstraint(
            "project_id", "position", name="pages_position", deferrable=True, initially="DEFERRED"
        ),
        {"comment": "The merged script, one row per page: `text` by `position` is the whole of it, exactly."},
    )

    project_id: UUID = Field(sa_column=project_column(primary_key=True))
    page_key: str = Field(
        sa_column=prose(
            "The identity of the heading's first character; 'front' for what stands before the first page.",
            primary_key=True,
        )
    )
    position: Decimal = Field(
        sa_column=Column(Numeric, nullable=False, comment="Order only; a new page takes a number in between.")
    )
    text: str = Field(sa_column=prose("The page's text, heading and line ends included."))
    content: dict[str, Any] = Field(sa_column=json_object("Heading, number and counts, from the same text."))
    updated_at: datetime = Field(sa_column=timestamp("Kept by a trigger."))


class RecordRow(SQLModel, table=True):
    """One record of the bible or the assembly, for readers."""

    __tablename__ = "records"
    __table_args__ = (
        UniqueConstraint(
            "project_id",
            "section",
            "position",
            name="records_position",
            deferrable=True,
            initially="DEFERRED",
        ),
        {"comment": "Characters, backgrounds, scenes and assembly pages, merged, one row each."},
    )

    project_id: UUID = Field(sa_column=project_column(primary_key=True))
    section: str = Field(sa_column=prose("characters, backgrounds, scenes or assembly.", primary_key=True))
    record_id: str = Field(sa_column=prose("The record's own id.", primary_key=True))
    position: Decimal = Field(sa_column=Column(Numeric, nullable=False, comment="Order within the section."))
    content: dict[str, Any] = Field(sa_column=json_object("The record."))
    updated_at: datetime = Field(sa_column=timestamp("Kept by a trigger."))


class MediaPart(SQLModel, table=True):
    """A part of a picture's file."""

    __tablename__ = "media"
    __table_args__ = (
        CheckConstraint("part_sha256 = sha256(content)", name="media_part_fits"),
        CheckConstraint("parts > 1 OR part_sha256 = sha256", name="media_sha256_fits"),
        CheckConstraint("part >= 0 AND part < parts AND parts <= 64", name="media_part_counts"),
        CheckConstraint("octet_length(content) <= 4194304", name="media_part_small"),
        {"comment": "The files of pictures that the document names, in parts of up to 4 MiB."},
    )

    project_id: UUID = Field(sa_column=project_column(primary_key=True))
    sha256: bytes = Field(
        sa_column=Column(
            LargeBinary,
            primary_key=True,
            nullable=False,
            comment="Checksum of the whole file: its name in the document.",
        )
    )
    part: int = Field(
        sa_column=Column(BigInteger, primary_key=True, autoincrement=False, nullable=False, comment="From 0.")
    )
    parts: int = Field(sa_column=whole("How many parts the file has."))
    mime: str = Field(sa_column=prose("What kind of picture it is."))
    size: int = Field(sa_column=whole("Of the whole file, in bytes."))
    part_sha256: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False, comment="Checksum of `content`.")
    )
    content: bytes = Field(
        sa_column=Column(
            LargeBinary,
            nullable=False,
            comment="The bytes; put together in the order of the parts they are the file.",
        )
    )
    author: str = Field(sa_column=prose("The login that sent it.", "SESSION_USER"))
    created_at: datetime = Field(sa_column=timestamp("When it came."))
