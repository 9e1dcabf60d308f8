"""What the operations board shows: runs of backups, restored municipalities, readings, requests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "ops_s0001"
down_revision = None
branch_labels = ("ops",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _backups()
    _measured()
    op.execute("GRANT SELECT, INSERT ON backup_run TO app_login")
    op.execute("GRANT SELECT ON restoration TO app_login")
    op.execute(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON reading, request_minute, request_hour TO app_login"
    )


def _backups() -> None:
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_run")),
    )
    op.create_index(
        op.f("ix_backup_run_municipality_kind_at"), "backup_run", ["municipality", "kind", "at"]
    )
    op.create_table(
        "restoration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("schema", sa.Text(), nullable=False),
        sa.Column("found", JSONB(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("swapped_at", MOMENT),
        sa.Column("kept", sa.Text()),
        sa.Column("keep_until", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restoration")),
    )
    op.create_index(
        op.f("ix_restoration_municipality_begun_at"), "restoration", ["municipality", "begun_at"]
    )


def _measured() -> None:
    op.create_table(
        "reading",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "word", "day", name=op.f("pk_reading")),
    )
    for table, moment, *more in (
        ("request_minute", "minute"),
        ("request_hour", "hour", sa.Column("endpoint", sa.Text(), nullable=False)),
    ):
        op.create_table(
            table,
            sa.Column("municipality", sa.Text(), nullable=False),
            sa.Column(moment, MOMENT, nullable=False),
            *more,
            sa.Column("requests", sa.Integer(), nullable=False),
            sa.Column("errors", sa.Integer(), nullable=False),
            sa.Column("buckets", ARRAY(sa.Integer()), nullable=False),
            sa.PrimaryKeyConstraint(
                "municipality", moment, *(column.name for column in more), name=op.f(f"pk_{table}")
            ),
        )
        op.create_index(op.f(f"ix_{table}_{moment}"), table, [moment])


def downgrade() -> None:
    for table in ("request_hour", "request_minute", "reading", "restoration", "backup_run"):
        op.drop_table(table)
