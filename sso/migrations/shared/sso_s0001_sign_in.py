"""The steps of a sign-in; the organizations of the identity provider."""

import sqlalchemy as sa
from alembic import op

revision = "sso_s0001"
down_revision = None
branch_labels = ("sso",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sso_attempt",
        sa.Column("state_hash", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("back", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("within", sa.Integer()),
        sa.Column("is_shared_computer", sa.Boolean(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_sso_attempt")),
    )
    op.create_index(op.f("ix_sso_attempt_ends_at"), "sso_attempt", ["ends_at"])
    op.create_table(
        "sso_hand_off",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("back", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.Column("assured_at", MOMENT, nullable=False),
        sa.Column("idp_session", sa.Text(), nullable=False),
        sa.Column("id_token", sa.Text(), nullable=False),
        sa.Column("is_shared_computer", sa.Boolean(), nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_sso_hand_off")),
    )
    op.create_index(op.f("ix_sso_hand_off_ends_at"), "sso_hand_off", ["ends_at"])
    op.create_table(
        "sso_organization",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_sso_organization")),
        sa.UniqueConstraint("organization_id", name=op.f("uq_sso_organization_organization_id")),
    )
    op.execute("GRANT SELECT, INSERT, DELETE ON sso_attempt, sso_hand_off TO app_login")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON sso_organization TO app_login")


def downgrade() -> None:
    for table in ("sso_organization", "sso_hand_off", "sso_attempt"):
        op.drop_table(table)
