"""Whether what people wrote in a case is gone: not every service asks for their number."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0008"
down_revision = "eservices_t0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_emptied = sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("eservices_case", is_emptied)


def downgrade() -> None:
    op.drop_column("eservices_case", "is_emptied")
