"""Values of law for the whole region, entered once, read by every municipality."""

import sqlalchemy as sa
from alembic import op

revision = "legal_s0001"
down_revision = None
branch_labels = ("legal",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legal_value",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("hundredths", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_value")),
        sa.UniqueConstraint("name", "from_on", name=op.f("uq_legal_value_name_from_on")),
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON legal_value TO app_login")


def downgrade() -> None:
    op.drop_table("legal_value")
