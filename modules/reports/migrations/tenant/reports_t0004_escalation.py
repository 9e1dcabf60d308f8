"""How far a report past its term has come, and since which day."""

import sqlalchemy as sa
from alembic import op

revision = "reports_t0004"
down_revision = "reports_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    step = sa.Column("escalation", sa.Integer(), server_default="0", nullable=False)
    op.add_column("reports_report", step)
    op.add_column("reports_report", sa.Column("escalated_on", sa.Date()))
    # Head and mayor have been told of these, and everybody's list has them.
    op.execute(
        "UPDATE reports_report SET escalation = 3, escalated_on = late_for WHERE late_for = due_on"
        " AND state IN ('received', 'reopened', 'in_work', 'asked', 'handed_over')"
    )


def downgrade() -> None:
    op.drop_column("reports_report", "escalated_on")
    op.drop_column("reports_report", "escalation")
