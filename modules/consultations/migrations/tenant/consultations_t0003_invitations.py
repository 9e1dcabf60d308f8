"""Invitations: organisations by name, subscribers of other topics and places by count."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "consultations_t0003"
down_revision = "consultations_t0002"
branch_labels = None
depends_on = None

TABLE, PARENT = "consultations_invitation", "consultations_consultation"
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for name in ("invited_topics", "invited_places"):
        column = sa.Column(name, ARRAY(sa.Text()), server_default="{}", nullable=False)
        op.add_column(PARENT, column)
        op.alter_column(PARENT, name, server_default=None)
    op.add_column(PARENT, sa.Column("invited_readers", sa.Integer()))
    op.add_column("consultations_opinion", sa.Column("invitation_id", sa.Uuid()))
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("email_hash", sa.LargeBinary()),
        sa.Column("added_at", AT, nullable=False),
        sa.Column("sent_at", AT),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            [f"{PARENT}.id"],
            name=op.f(f"fk_{TABLE}_consultation_id_{PARENT}"),
        ),
        sa.UniqueConstraint("request_id", name=op.f(f"uq_{TABLE}_request_id")),
        sa.UniqueConstraint(
            "consultation_id", "email_hash", name=op.f(f"uq_{TABLE}_consultation_id_email_hash")
        ),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_column("consultations_opinion", "invitation_id")
    for name in ("invited_readers", "invited_places", "invited_topics"):
        op.drop_column(PARENT, name)
