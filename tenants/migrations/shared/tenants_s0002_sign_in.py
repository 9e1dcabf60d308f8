"""What sign-in with an identity provider needs to know of people and their sessions."""

import sqlalchemy as sa
from alembic import op

revision = "tenants_s0002"
down_revision = "tenants_s0001"
branch_labels = None
depends_on = None

EMBEDDED = "embedded"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # Until now there were the people of development alone; their sessions end.
    op.execute("DELETE FROM session")
    op.add_column("person", sa.Column("issuer", sa.Text(), nullable=False, server_default=EMBEDDED))
    op.alter_column("person", "issuer", server_default=None)
    op.add_column("person", sa.Column("phone", sa.Text()))
    op.drop_constraint(op.f("uq_person_subject"), "person")
    op.create_unique_constraint(op.f("uq_person_issuer_subject"), "person", ["issuer", "subject"])
    _session()
    _region()
    op.execute("GRANT SELECT, INSERT, DELETE ON regional_appointment TO app_login")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON step_in TO app_login")


def _session() -> None:
    for column in (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("assured_at", MOMENT, nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("id_token", sa.Text()),
    ):
        op.add_column("session", column)
    op.create_unique_constraint(op.f("uq_session_id"), "session", ["id"])


def _region() -> None:
    person = ["person_id"], ["person.id"]
    op.create_table(
        "regional_appointment",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_regional_appointment")),
        sa.ForeignKeyConstraint(
            *person, name=op.f("fk_regional_appointment_person_id"), ondelete="CASCADE"
        ),
    )
    op.create_table(
        "step_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_in")),
        sa.UniqueConstraint("request_id", name=op.f("uq_step_in_request_id")),
        sa.ForeignKeyConstraint(*person, name=op.f("fk_step_in_person_id"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_step_in_person_id"), "step_in", ["person_id"])


def downgrade() -> None:
    op.drop_table("step_in")
    op.drop_table("regional_appointment")
    for name in ("id", "is_member", "assured_at", "device", "id_token"):
        op.drop_column("session", name)
    op.drop_constraint(op.f("uq_person_issuer_subject"), "person")
    op.create_unique_constraint(op.f("uq_person_subject"), "person", ["subject"])
    op.drop_column("person", "phone")
    op.drop_column("person", "issuer")
