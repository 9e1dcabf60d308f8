"""Prices of courses, who pays less, what is owed for an enrolment; the programme that pays."""

import sqlalchemy as sa
from alembic import op

revision = "courses_t0002"
down_revision = "courses_t0001"
branch_labels = None
depends_on = None

AT, TEXT, UUID, NUMBER = sa.DateTime(timezone=True), sa.Text(), sa.Uuid(), sa.Integer()


def _all(kind, *names):
    return (sa.Column(name, kind, nullable=False) for name in names)


def upgrade() -> None:
    price = sa.Column("price_cents", NUMBER, server_default="0", nullable=False)
    op.add_column("courses_course", price)
    op.add_column(
        "courses_course", sa.Column("income_kind", TEXT, server_default="", nullable=False)
    )
    op.add_column("courses_group", sa.Column("programme", TEXT, server_default="", nullable=False))
    op.create_table(
        "courses_exemption",
        *_all(UUID, "id", "request_id"),
        *_all(TEXT, "name", "proof"),
        *_all(NUMBER, "percent", "cents"),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", NUMBER, server_default="1", nullable=False),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_courses_exemption_percent")),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_courses_exemption_cents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses_exemption")),
        sa.UniqueConstraint("request_id", name=op.f("uq_courses_exemption_request_id")),
    )
    op.create_table(
        "courses_fee",
        *_all(UUID, "booking_id", "group_id"),
        *_all(TEXT, "kind", "proof", "state", "reference", "path", "desk", "code"),
        *_all(NUMBER, "full_cents", "cents", "refunded_cents"),
        sa.Column("exemption", sa.LargeBinary()),
        sa.Column("charge_id", UUID),
        sa.Column("made_at", AT, nullable=False),
        *(sa.Column(name, AT) for name in ("proof_seen_at", "hold_until", "reminded_at")),
        sa.Column("returned_at", AT),
        sa.Column("paid_on", sa.Date()),
        sa.Column("version", NUMBER, server_default="1", nullable=False),
        sa.CheckConstraint("cents BETWEEN 0 AND full_cents", name=op.f("ck_courses_fee_cents")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["courses_group.id"], name=op.f("fk_courses_fee_group_id_courses_group")
        ),
        sa.PrimaryKeyConstraint("booking_id", name=op.f("pk_courses_fee")),
    )
    op.create_index("ix_courses_fee_state", "courses_fee", ["state", "booking_id"])
    op.create_index(op.f("ix_courses_fee_group_id"), "courses_fee", ["group_id"])
    op.create_index(op.f("ix_courses_fee_charge_id"), "courses_fee", ["charge_id"])


def downgrade() -> None:
    op.drop_table("courses_fee")
    op.drop_table("courses_exemption")
    op.drop_column("courses_group", "programme")
    op.drop_column("courses_course", "income_kind")
    op.drop_column("courses_course", "price_cents")
