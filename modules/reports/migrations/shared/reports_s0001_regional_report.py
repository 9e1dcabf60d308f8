"""Table of the reports of the region."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "reports_s0001"
down_revision = None
branch_labels = ("reports",)
depends_on = None

TEXTS = ("municipality", "number", "kind", "settlement", "state", "words")


def upgrade() -> None:
    op.create_table(
        "regional_report",
        sa.Column("report_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("place", JSONB(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("borders", ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "report_id", name=op.f("pk_regional_report")),
    )
    op.create_index(op.f("ix_regional_report_sent_at"), "regional_report", ["sent_at"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON regional_report TO app_login")


def downgrade() -> None:
    op.drop_table("regional_report")
