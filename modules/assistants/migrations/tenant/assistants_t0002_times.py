"""When a visit suits who asks for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "assistants_t0002"
down_revision = "assistants_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    times = sa.Column("times", ARRAY(sa.Text()), server_default="{}", nullable=False)
    op.add_column("assistants_request", times)


def downgrade() -> None:
    op.drop_column("assistants_request", "times")
