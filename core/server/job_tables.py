"""The tables of jobs as SQLModel classes; their rules, row policies and functions stand in the migration."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Double,
    ForeignKey,
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


def moment(comment: str) -> Column[datetime]:
    """A time that may not have come yet."""
    return Column(DateTime(timezone=True), nullable=True, comment=comment)


def said(comment: str) -> Column[Any]:
    """JSON, if there is any."""
    return Column(JSONB, nullable=True, comment=comment)


class GenerationQueue(SQLModel, table=True):
    """One queue of procrastinate."""

    __tablename__ = "generation_queues"
    __table_args__ = (
        CheckConstraint("octet_length(queue) <= 40", name="generation_queues_name"),
        {
            "comment": "The queues of procrastinate: one for each login and provider, so that a worker takes "
            "what it may and can do."
        },
    )

    queue: str = Field(sa_column=prose("The queue's name.", primary_key=True))
    owner: str = Field(sa_column=prose("The login whose jobs are in it.", "SESSION_USER"))
    provider: str = Field(sa_column=prose("The provider that they are for."))


class GenerationJob(SQLModel, table=True):
    """One attempt at a provider."""

    __tablename__ = "generation_jobs"
    __table_args__ = (
        UniqueConstraint("queue_id", name="generation_jobs_queue_id"),
        Index("generation_jobs_draft_id", "draft_id"),
        Index("generation_jobs_running", "provider", postgresql_where=text("status = 'running'")),
        Index("generation_jobs_finished_at", "finished_at"),
        {"comment": "What providers are to make for drafts: one row for each attempt."},
    )

    job_id: UUID = Field(
        sa_column=Column(
            UuidType, primary_key=True, comment="The attempt's id, by which it is handed over only once."
        )
    )
    draft_id: UUID = Field(sa_column=Column(UuidType, nullable=False, comment="The draft."))
    owner: str = Field(sa_column=prose("The login that handed it over.", "SESSION_USER"))
    provider: str = Field(sa_column=prose("Who is to make it, as the settings of workers name them."))
    request: dict[str, Any] = Field(
        sa_column=Column(JSONB, nullable=False, comment="All that a worker needs; never changed.")
    )
    queue_id: int | None = Field(
        sa_column=Column(
            BigInteger,
            nullable=True,
            comment="Its row in genko_queue.procrastinate_jobs until it has ended.",
        )
    )
    status: str = Field(sa_column=prose("waiting, running; done, failed or cancelled for good.", "'waiting'"))
    progress: float = Field(
        sa_column=Column(
            Double,
            nullable=False,
            server_default=text("0"),
            comment="How far it is, from 0 to 1; it only goes up.",
        )
    )
    tries: int = Field(sa_column=whole("How often it was begun.", "0"))
    lost: int = Field(
        sa_column=whole(
            "How many of the tries ended with their worker: nobody knows whether they were paid for.", "0"
        )
    )
    worker: str | None = Field(sa_column=Column(Text, nullable=True, comment="Who has it, while it runs."))
    lease_until: datetime | None = Field(
        sa_column=moment("Until when its worker has it without another sign of life.")
    )
    heartbeat_at: datetime | None = Field(sa_column=moment("The last sign of life, by the server's clock."))
    cancel_asked: bool = Field(
        sa_column=Column(
            Boolean, nullable=False, server_default=text("false"), comment="Whether it is to be given up."
        )
    )
    estimate: int = Field(sa_column=whole("What a try was said to cost, in millionths.", "0"))
    cost: int = Field(sa_column=whole("What all tries are known to have cost, in millionths.", "0"))
    made: Any = Field(sa_column=said("What was made, without its files; NULL again once collected."))
    error: Any = Field(sa_column=said("What went wrong in the last try."))
    due_at: datetime | None = Field(sa_column=moment("When it is tried again, not earlier."))
    created_at: datetime = Field(sa_column=timestamp("When it was handed over."))
    started_at: datetime | None = Field(sa_column=moment("When it was begun first."))
    finished_at: datetime | None = Field(sa_column=moment("When it was done, failed or cancelled."))
    collected_at: datetime | None = Field(sa_column=moment("When the draft had taken over what came of it."))


class GenerationResult(SQLModel, table=True):
    """A part of a file that a job has made."""

    __tablename__ = "generation_results"
    __table_args__ = (
        CheckConstraint("part_sha256 = sha256(content)", name="generation_results_part_fits"),
        CheckConstraint("parts > 1 OR part_sha256 = sha256", name="generation_results_sha256_fits"),
        CheckConstraint("octet_length(content) <= 4194304", name="generation_results_part_small"),
        {
            "comment": "The files that jobs have made, in parts of up to 4 MiB, until their draft has taken "
            "them over."
        },
    )

    job_id: UUID = Field(
        sa_column=Column(
            UuidType,
            ForeignKey("generation_jobs.job_id", ondelete="CASCADE"),
            primary_key=True,
            comment="The job.",
        )
    )
    file: int = Field(
        sa_column=Column(
            BigInteger, primary_key=True, autoincrement=False, comment="Which of the job's files, from 0."
        )
    )
    part: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False, comment="From 0."))
    parts: int = Field(sa_column=whole("How many parts the file has."))
    mime: str = Field(sa_column=prose("What its maker says it is; nobody has looked yet."))
    size: int = Field(sa_column=whole("Of the whole file, in bytes."))
    sha256: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False, comment="Checksum of the whole file.")
    )
    part_sha256: bytes = Field(
        sa_column=Column(LargeBinary, nullable=False, comment="Checksum of `content`.")
    )
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False, comment="The bytes."))
