"""Incidents, maintenance, and what was said about them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "incidents_s0001"
down_revision = None
branch_labels = ("incidents",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("texts", JSONB(), nullable=False),
        sa.Column("municipalities", ARRAY(sa.Text()), nullable=False),
        sa.Column("is_read_only", sa.Boolean(), nullable=False),
        sa.Column("announced_at", MOMENT, nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("request_id", name=op.f("uq_incident_request_id")),
    )
    op.create_index(op.f("ix_incident_closed_at"), "incident", ["closed_at"])
    op.create_table(
        "incident_update",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("texts", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_update")),
        sa.UniqueConstraint("request_id", name=op.f("uq_incident_update_request_id")),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_update_incident_id")
        ),
    )
    op.create_index(
        op.f("ix_incident_update_incident_id_id"), "incident_update", ["incident_id", "id"]
    )
    op.execute("GRANT SELECT, INSERT, UPDATE ON incident TO app_login")
    op.execute("GRANT SELECT, INSERT ON incident_update TO app_login")


def downgrade() -> None:
    for table in ("incident_update", "incident"):
        op.drop_table(table)
