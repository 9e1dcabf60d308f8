"""Since when another body has a report, and the neighbour to which it went with consent."""

import sqlalchemy as sa
from alembic import op

revision = "reports_t0007"
down_revision = "reports_t0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reports_report", sa.Column("body_on", sa.Date()))
    op.add_column(
        "reports_report",
        sa.Column("may_be_passed", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    for name in ("neighbour", "neighbour_number"):
        column = sa.Column(name, sa.Text(), server_default="", nullable=False)
        op.add_column("reports_report", column)
    op.add_column("reports_report", sa.Column("neighbour_code", sa.LargeBinary()))


def downgrade() -> None:
    for name in ("neighbour_code", "neighbour_number", "neighbour", "may_be_passed", "body_on"):
        op.drop_column("reports_report", name)
