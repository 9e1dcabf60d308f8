"""Where somebody works, as the identity provider said at their last sign-in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "tenants_s0006"
down_revision = "tenants_s0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("works_in", ARRAY(sa.Text()), server_default="{}", nullable=False)
    op.add_column("person", column)


def downgrade() -> None:
    op.drop_column("person", "works_in")
