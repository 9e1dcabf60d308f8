"""How each municipality is asked for the money of its invoices; what a collector was told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "billing_s0003"
down_revision = "billing_s0002"
branch_labels = None
depends_on = None

CHANGED = ("collection", "meter_event", "asked_bill")


def upgrade() -> None:
    op.add_column(
        "billing_remittance",
        sa.Column("came_by", sa.Text(), server_default="bank", nullable=False),
    )
    _collection()
    _meter_event()
    _asked_bill()
    op.create_table(
        "billing_collector_event",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_billing_collector_event")),
    )
    for name in CHANGED:
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON billing_{name} TO app_login")
    op.execute("GRANT DELETE ON billing_asked_bill TO app_login")  # a draft that is gone there
    op.execute("GRANT SELECT, INSERT ON billing_collector_event TO app_login")


def downgrade() -> None:
    for name in ("collector_event", *reversed(CHANGED)):
        op.drop_table(f"billing_{name}")
    op.drop_column("billing_remittance", "came_by")


def _collection() -> None:
    op.create_table(
        "billing_collection",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("choice_id", sa.Uuid(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_billing_collection")),
        sa.UniqueConstraint("choice_id", name=op.f("uq_billing_collection_choice_id")),
    )
    op.create_index(
        op.f("ix_billing_collection_customer_id"), "billing_collection", ["customer_id"]
    )


def _meter_event() -> None:
    op.create_table(
        "billing_meter_event",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "key", name=op.f("pk_billing_meter_event")),
    )
    op.create_index(
        op.f("ix_billing_meter_event_municipality_state"),
        "billing_meter_event",
        ["municipality", "state"],
    )


def _asked_bill() -> None:
    op.create_table(
        "billing_asked_bill",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("came_cents", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_asked_bill")),
    )
    op.create_index(
        op.f("ix_billing_asked_bill_municipality"), "billing_asked_bill", ["municipality"]
    )
