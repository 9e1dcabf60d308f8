"""Table of the calendar of the region."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "events_s0001"
down_revision = None
branch_labels = ("events",)
depends_on = None

TEXTS = ("municipality", "subject", "settlement", "address", "repeats", "note", "path")
MOMENTS = ("starts_at", "ends_at", "published_at", "changed_at")
OPTIONAL = ("last_at", "moved_from", "cancelled_at", "until")


def upgrade() -> None:
    op.create_table(
        "regional_event",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in MOMENTS),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in OPTIONAL),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("is_all_day", sa.Boolean(), nullable=False),
        sa.Column("repeats_until", sa.Date()),
        sa.Column("exceptions", ARRAY(sa.Text()), nullable=False),
        *(sa.Column(name, JSONB(), nullable=False) for name in ("changes", "words", "place")),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "event_id", name=op.f("pk_regional_event")),
    )
    for name in ("starts_at", "last_at"):
        op.create_index(op.f(f"ix_regional_event_{name}"), "regional_event", [name])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_event TO app_login")


def downgrade() -> None:
    op.drop_table("regional_event")
