"""Those who asked to hear; letters to many, whose words are kept once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "notify_t0002"
down_revision = "notify_t0001"
branch_labels = None
depends_on = None

SEALED = ("recipient", "subject", "text")


def upgrade() -> None:
    _tables()
    table = "notify_message"
    for name in ("subscriber_id", "subject_id", "text_id", "digest_id"):
        op.add_column(table, sa.Column(name, sa.Uuid()))
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    for name in ("is_bulk", "is_urgent"):
        column = sa.Column(name, sa.Boolean(), server_default="false", nullable=False)
        op.add_column(table, column)
    op.add_column(table, sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    op.add_column(table, sa.Column("due_at", sa.DateTime(timezone=True)))
    for name in SEALED:
        op.alter_column(table, name, nullable=True)
    op.create_index(op.f(f"ix_{table}_handed_over_at"), table, ["handed_over_at"])
    op.create_unique_constraint(
        op.f(f"uq_{table}_cause_subscriber_id"), table, ["cause", "subscriber_id"]
    )
    op.create_foreign_key(
        op.f(f"fk_{table}_subscriber_id"),
        *(table, "notify_subscriber", ["subscriber_id"], ["id"]),
        ondelete="SET NULL",
    )
    op.create_foreign_key(op.f(f"fk_{table}_text_id"), table, "notify_text", ["text_id"], ["id"])
    op.create_index(
        "ix_notify_message_waiting",
        table,
        [sa.text("is_urgent DESC"), "accepted_at"],
        postgresql_where=sa.text("is_bulk AND state IN ('accepted', 'handing over')"),
    )


def _tables() -> None:
    op.create_table(
        "notify_subscriber",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("email_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("topics", ARRAY(sa.Text()), nullable=False),
        sa.Column("places", ARRAY(sa.Text()), nullable=False),
        sa.Column("pace", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.Column("digest_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notify_subscriber")),
        sa.UniqueConstraint("email_hash", name=op.f("uq_notify_subscriber_email_hash")),
        sa.UniqueConstraint("person_id", name=op.f("uq_notify_subscriber_person_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_notify_subscriber_token_hash")),
    )
    op.create_table(
        "notify_suppression",
        sa.Column("email_hash", sa.LargeBinary(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("email_hash", name=op.f("pk_notify_suppression")),
    )
    op.create_table(
        "notify_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("places", ARRAY(sa.Text()), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notify_text")),
        sa.UniqueConstraint("cause", "language", name=op.f("uq_notify_text_cause_language")),
    )


def downgrade() -> None:
    # What an older release cannot send has no address of its own.
    op.execute("DELETE FROM notify_message WHERE recipient IS NULL OR subscriber_id IS NOT NULL")
    table = "notify_message"
    op.drop_index("ix_notify_message_waiting", table)
    op.drop_index(op.f(f"ix_{table}_handed_over_at"), table)
    for name in SEALED:
        op.alter_column(table, name, nullable=False)
    for name in ("due_at", "tries", "is_urgent", "is_bulk", "digest_id", "text_id", "subject_id"):
        op.drop_column(table, name)
    op.drop_column(table, "subscriber_id")
    for name in ("notify_text", "notify_suppression", "notify_subscriber"):
        op.drop_table(name)
