"""What the notification to the authority asks for besides: nature, when, records, contact."""

import sqlalchemy as sa
from alembic import op

revision = "dataprotection_t0004"
down_revision = "dataprotection_t0003"
branch_labels = None
depends_on = None

TABLE = "dataprotection_incident"


def upgrade() -> None:
    op.add_column(
        TABLE, sa.Column("nature", sa.ARRAY(sa.Text()), nullable=False, server_default="{}")
    )
    for name in ("happened_when", "contact"):
        op.add_column(TABLE, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column(TABLE, sa.Column("records", sa.Integer()))


def downgrade() -> None:
    for name in ("records", "contact", "happened_when", "nature"):
        op.drop_column(TABLE, name)
