"""Events with their versions and files, and what citizens suggest."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "events_t0001"
down_revision = None
branch_labels = ("events",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, MOMENT, nullable=nullable) for name in names]


def _ids(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _version_column() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def upgrade() -> None:
    _event()
    _version()
    _attachment()
    _suggestion()


def _event() -> None:
    op.create_table(
        "events_event",
        *_ids("id", "request_id"),
        *_ids("translation_of", "author_id", "changed_by_id", nullable=True),
        *_texts("language", "title", "summary", "markdown", "html", "changed_by"),
        *_texts("subject", "settlement", "address", "price", "access", "organizer", "contact"),
        *_texts("website", "repeats", "note"),
        *_moments("starts_at", "ends_at", "written_at", "changed_at"),
        *_moments("last_at", "moved_from", "cancelled_at", "announced_at", nullable=True),
        *_moments("published_at", "until", "deleted_at", nullable=True),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=False),
        sa.Column("repeats_until", sa.Date()),
        sa.Column("exceptions", ARRAY(sa.Text()), nullable=False),
        sa.Column("changes", JSONB(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_event")),
        sa.UniqueConstraint("request_id", name=op.f("uq_events_event_request_id")),
        sa.ForeignKeyConstraint(
            ["translation_of"], ["events_event.id"], name=op.f("fk_events_event_translation_of")
        ),
    )
    for name in ("starts_at", "last_at", "deleted_at", "author_id", "changed_by_id"):
        op.create_index(op.f(f"ix_events_event_{name}"), "events_event", [name])
    op.create_index(
        "uq_events_event_translation",
        "events_event",
        ["translation_of", "language"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "ix_events_event_waiting",
        "events_event",
        ["published_at"],
        postgresql_where=sa.text("announced_at IS NULL AND published_at IS NOT NULL"),
    )


def _of_event(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_events_{table}_event_id")
    return sa.ForeignKeyConstraint(["event_id"], ["events_event.id"], name=name)


def _version() -> None:
    op.create_table(
        "events_version",
        *_ids("id", "event_id"),
        *_texts("title", "summary", "markdown", "saved_by"),
        *_moments("saved_at", "replaced_at"),
        *_ids("saved_by_id", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_version")),
        _of_event("version"),
    )
    newest_first = ["event_id", sa.text("replaced_at DESC")]
    op.create_index("ix_events_version_event", "events_version", newest_first)
    op.create_index(op.f("ix_events_version_saved_by_id"), "events_version", ["saved_by_id"])


def _attachment() -> None:
    op.create_table(
        "events_attachment",
        *_ids("id", "request_id", "event_id", "file_id"),
        *_texts("title"),
        sa.Column("is_picture", sa.Boolean(), nullable=False),
        *_moments("added_at"),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_attachment")),
        sa.UniqueConstraint("request_id", name=op.f("uq_events_attachment_request_id")),
        _of_event("attachment"),
    )
    op.create_index(op.f("ix_events_attachment_event_id"), "events_attachment", ["event_id"])


def _suggestion() -> None:
    op.create_table(
        "events_suggestion",
        *_ids("id", "request_id"),
        *_texts("title", "text", "settlement", "address", "organizer", "language"),
        *_texts("reason"),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        *_moments("starts_at", "ends_at", "sent_at"),
        *_moments("decided_at", nullable=True),
        *_ids("sent_by_id", "event_id", nullable=True),
        _version_column(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events_suggestion")),
        sa.UniqueConstraint("request_id", name=op.f("uq_events_suggestion_request_id")),
    )
    for name in ("sent_by_id", "event_id"):
        op.create_index(op.f(f"ix_events_suggestion_{name}"), "events_suggestion", [name])
    op.create_index(
        "ix_events_suggestion_waiting",
        "events_suggestion",
        ["sent_at"],
        postgresql_where=sa.text("decided_at IS NULL"),
    )


def downgrade() -> None:
    for table in ("suggestion", "attachment", "version", "event"):
        op.drop_table(f"events_{table}")
