"""By which name a payment provider knows a municipality."""

import sqlalchemy as sa
from alembic import op

revision = "billing_s0001"
down_revision = None
branch_labels = ("billing",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "billing_merchant",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("gateway", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "gateway", name=op.f("pk_billing_merchant")),
        sa.UniqueConstraint("gateway", "account", name=op.f("uq_billing_merchant_gateway_account")),
    )
    # Read by web and worker; where card payments go is changed by the owner's login alone.
    op.execute("GRANT SELECT ON billing_merchant TO app_login")


def downgrade() -> None:
    op.drop_table("billing_merchant")
