"""Nothing looked anybody up by the keyed hash of their number, so it is not kept."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_t0005"
down_revision = "tenants_t0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_tenants_identity_number_index"), "tenants_identity")
    op.drop_column("tenants_identity", "number_index")


def downgrade() -> None:
    op.add_column("tenants_identity", sa.Column("number_index", sa.LargeBinary()))
    op.create_index(op.f("ix_tenants_identity_number_index"), "tenants_identity", ["number_index"])
