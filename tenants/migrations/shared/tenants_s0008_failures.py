"""Who tried to sign in and was not let in, as the identity provider told it."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_s0008"
down_revision = "tenants_s0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "failed_sign_in",
        sa.Column("failure_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("failure_id", name=op.f("pk_failed_sign_in")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_failed_sign_in_person_id"),
            ondelete="SET NULL",
        ),
    )
    op.create_index(op.f("ix_failed_sign_in_at"), "failed_sign_in", ["at"])
    op.create_index(op.f("ix_failed_sign_in_person_id"), "failed_sign_in", ["person_id", "at"])
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON failed_sign_in TO app_login")


def downgrade() -> None:
    op.drop_table("failed_sign_in")
