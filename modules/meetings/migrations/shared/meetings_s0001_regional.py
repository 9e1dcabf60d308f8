"""Table of the meetings of the region."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "meetings_s0001"
down_revision = None
branch_labels = ("meetings",)
depends_on = None

TEXTS = ("municipality", "title", "summary", "path", "kind", "settlement", "address", "note")
MOMENTS = ("published_at", "changed_at", "starts_at", "ends_at")
OPTIONAL = ("until", "moved_from", "cancelled_at")


def upgrade() -> None:
    op.create_table(
        "regional_meeting",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in MOMENTS),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in OPTIONAL),
        sa.Column("place", JSONB(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "meeting_id", name=op.f("pk_regional_meeting")),
    )
    op.create_index(op.f("ix_regional_meeting_starts_at"), "regional_meeting", ["starts_at"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_meeting TO app_login")


def downgrade() -> None:
    op.drop_table("regional_meeting")
