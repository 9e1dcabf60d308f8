"""That a sender asked staff to cover faces and number plates."""

import sqlalchemy as sa
from alembic import op

revision = "reports_t0008"
down_revision = "reports_t0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    asked = sa.Column("wants_cover", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("reports_report", asked)


def downgrade() -> None:
    op.drop_column("reports_report", "wants_cover")
