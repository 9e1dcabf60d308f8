"""The day on which a request for more was served: the days to cure run from it."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0009"
down_revision = "eservices_t0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("eservices_case", sa.Column("served_on", sa.Date()))


def downgrade() -> None:
    op.drop_column("eservices_case", "served_on")
