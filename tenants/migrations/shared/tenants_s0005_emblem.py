"""The coat of arms that a municipality wears, and the one that it wore before."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_s0005"
down_revision = "tenants_s0004"
branch_labels = None
depends_on = None

COLUMNS = ("emblem", "emblem_before")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("tenant", sa.Column(name, sa.Text()))
    op.create_table(
        "emblem",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "tag", "width", name="pk_emblem"),
    )
    op.execute(f"GRANT UPDATE ({', '.join(COLUMNS)}) ON tenant TO app_login")
    op.execute("GRANT SELECT, INSERT, DELETE ON emblem TO app_login")


def downgrade() -> None:
    op.drop_table("emblem")
    for name in COLUMNS:
        op.drop_column("tenant", name)
