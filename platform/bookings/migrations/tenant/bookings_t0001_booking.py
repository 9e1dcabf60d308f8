"""Tables of bookings: resources, slots, bookings, looks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "bookings_t0001"
down_revision = None
branch_labels = ("bookings",)
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "bookings_resource",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("most_slots", sa.Integer(), nullable=False),
        sa.Column("lead_minutes", sa.Integer(), nullable=False),
        sa.Column("ahead_days", sa.Integer(), nullable=False),
        sa.Column("hours", JSONB(), nullable=False),
        sa.Column("retired_at", AT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings_resource")),
        sa.UniqueConstraint("request_id", name=op.f("uq_bookings_resource_request_id")),
    )
    op.create_index("ix_bookings_resource_object", "bookings_resource", ["part", "object_id", "id"])
    op.create_table(
        "bookings_slot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", AT, nullable=False),
        sa.Column("ends_at", AT, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings_slot")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["bookings_resource.id"], name=op.f("fk_bookings_slot_resource_id")
        ),
        sa.UniqueConstraint(
            "resource_id", "starts_at", name=op.f("uq_bookings_slot_resource_id_starts_at")
        ),
    )
    op.create_index("ix_bookings_slot_starts", "bookings_slot", ["starts_at", "id"])
    op.create_table(
        "bookings_booking",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary()),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("phone", sa.LargeBinary()),
        sa.Column("email_index", sa.LargeBinary()),
        sa.Column("phone_index", sa.LargeBinary()),
        sa.Column("wish", sa.LargeBinary()),
        sa.Column("manner", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("offered_until", AT),
        sa.Column("attended", sa.Boolean()),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("reminded_at", AT),
        sa.Column("called_at", AT),
        sa.Column("ended_at", AT),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings_booking")),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["bookings_slot.id"], name=op.f("fk_bookings_booking_slot_id")
        ),
        sa.UniqueConstraint("request_id", name=op.f("uq_bookings_booking_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_bookings_booking_code_index")),
    )
    for column in ("person_id", "entered_by_id"):
        op.create_index(op.f(f"ix_bookings_booking_{column}"), "bookings_booking", [column])
    for name, columns in (
        ("slot", ["slot_id", "state", "position"]),
        ("group", ["group_id", "id"]),
        ("phone", ["phone_index"]),
        ("email", ["email_index"]),
    ):
        op.create_index(f"ix_bookings_booking_{name}", "bookings_booking", columns)
    op.create_index(
        "ix_bookings_booking_offers",
        "bookings_booking",
        ["offered_until"],
        postgresql_where=sa.text("state = 'offered'"),
    )


def downgrade() -> None:
    for table in ("booking", "slot", "resource"):
        op.drop_table(f"bookings_{table}")
