"""Charges, the money that came for them, the books."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "billing_t0001"
down_revision = None
branch_labels = ("billing",)
depends_on = None


def upgrade() -> None:
    _close()
    _event()
    _kind()
    _posting()
    _charge()
    _attempt()
    _payment()
    _dispute()
    _refund()
    # The books can be added to and read; the role of the municipality bears its schema's name.
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    op.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON billing_posting FROM "{schema}"')


def downgrade() -> None:
    for table in (
        "billing_refund",
        "billing_dispute",
        "billing_payment",
        "billing_attempt",
        "billing_charge",
        "billing_posting",
        "billing_kind",
        "billing_event",
        "billing_close",
    ):
        op.drop_table(table)


def _close() -> None:
    op.create_table(
        "billing_close",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Uuid()),
        sa.Column("expected_cents", sa.BigInteger(), nullable=False),
        sa.Column("counted_cents", sa.BigInteger(), nullable=False),
        sa.Column("pos_cents", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_close")),
        sa.UniqueConstraint("request_id", name=op.f("uq_billing_close_request_id")),
    )
    op.create_index(
        op.f("ix_billing_close_closed_at"), "billing_close", ["closed_at"], unique=False
    )
    op.create_index(
        op.f("ix_billing_close_closed_by_id"), "billing_close", ["closed_by_id"], unique=False
    )


def _event() -> None:
    op.create_table(
        "billing_event",
        sa.Column("gateway", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("gateway", "event_id", name=op.f("pk_billing_event")),
    )


def _kind() -> None:
    op.create_table(
        "billing_kind",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_kind")),
        sa.UniqueConstraint("code", name=op.f("uq_billing_kind_code")),
        sa.UniqueConstraint("request_id", name=op.f("uq_billing_kind_request_id")),
    )


def _posting() -> None:
    op.create_table(
        "billing_posting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("debit", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("charge_id", sa.Uuid()),
        sa.CheckConstraint("cents > 0", name=op.f("ck_billing_posting_positive")),
        sa.CheckConstraint("debit <> credit", name=op.f("ck_billing_posting_two_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_posting")),
        sa.UniqueConstraint("key", name=op.f("uq_billing_posting_key")),
    )
    op.create_index(op.f("ix_billing_posting_at"), "billing_posting", ["at"], unique=False)
    op.create_index("ix_billing_posting_charge", "billing_posting", ["charge_id"], unique=False)


def _charge() -> None:
    op.create_table(
        "billing_charge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind_id", sa.Uuid(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("payer", sa.LargeBinary()),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("lines", JSONB(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True)),
        sa.Column("received_cents", sa.BigInteger(), nullable=False),
        sa.Column("settled_cents", sa.BigInteger(), nullable=False),
        sa.Column("returned_cents", sa.BigInteger(), nullable=False),
        sa.Column("refunded_cents", sa.BigInteger(), nullable=False),
        sa.Column("allocations", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_billing_charge_positive")),
        sa.CheckConstraint(
            "settled_cents BETWEEN 0 AND cents", name=op.f("ck_billing_charge_settled")
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"], ["billing_kind.id"], name=op.f("fk_billing_charge_kind_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_charge")),
        sa.UniqueConstraint("code", name=op.f("uq_billing_charge_code")),
        sa.UniqueConstraint("reference", name=op.f("uq_billing_charge_reference")),
    )
    op.create_index(op.f("ix_billing_charge_kind_id"), "billing_charge", ["kind_id"], unique=False)
    op.create_index(
        op.f("ix_billing_charge_person_id"), "billing_charge", ["person_id"], unique=False
    )
    op.create_index("ix_billing_charge_state", "billing_charge", ["state", "id"], unique=False)


def _attempt() -> None:
    op.create_table(
        "billing_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("gateway", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("person_id", sa.Uuid()),
        sa.ForeignKeyConstraint(
            ["charge_id"], ["billing_charge.id"], name=op.f("fk_billing_attempt_charge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_attempt")),
        sa.UniqueConstraint(
            "charge_id", "number", name=op.f("uq_billing_attempt_charge_id_number")
        ),
        sa.UniqueConstraint(
            "gateway", "provider_id", name=op.f("uq_billing_attempt_gateway_provider_id")
        ),
    )
    op.create_index(
        op.f("ix_billing_attempt_person_id"), "billing_attempt", ["person_id"], unique=False
    )
    op.create_index(
        "ix_billing_attempt_step", "billing_attempt", ["step", "started_at"], unique=False
    )


def _payment() -> None:
    op.create_table(
        "billing_payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("fee_cents", sa.BigInteger(), nullable=False),
        sa.Column("back_cents", sa.BigInteger(), nullable=False),
        sa.Column("given_cents", sa.BigInteger()),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=False),
        sa.Column("taken_by_id", sa.Uuid()),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("close_id", sa.Uuid()),
        sa.Column("reversed_at", sa.DateTime(timezone=True)),
        sa.Column("reversed_because", sa.Text()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_billing_payment_positive")),
        sa.ForeignKeyConstraint(
            ["charge_id"], ["billing_charge.id"], name=op.f("fk_billing_payment_charge_id")
        ),
        sa.ForeignKeyConstraint(
            ["close_id"], ["billing_close.id"], name=op.f("fk_billing_payment_close_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_payment")),
        sa.UniqueConstraint("number", name=op.f("uq_billing_payment_number")),
        sa.UniqueConstraint("way", "provider_id", name=op.f("uq_billing_payment_way_provider_id")),
    )
    op.create_index(
        op.f("ix_billing_payment_charge_id"), "billing_payment", ["charge_id"], unique=False
    )
    op.create_index(
        op.f("ix_billing_payment_close_id"), "billing_payment", ["close_id"], unique=False
    )
    op.create_index(
        "ix_billing_payment_drawer", "billing_payment", ["taken_by_id", "close_id"], unique=False
    )
    op.create_index(
        op.f("ix_billing_payment_person_id"), "billing_payment", ["person_id"], unique=False
    )
    op.create_index(
        op.f("ix_billing_payment_received_on"), "billing_payment", ["received_on"], unique=False
    )


def _dispute() -> None:
    op.create_table(
        "billing_dispute",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gateway", sa.Text(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("fee_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["billing_payment.id"], name=op.f("fk_billing_dispute_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_dispute")),
        sa.UniqueConstraint(
            "gateway", "provider_id", name=op.f("uq_billing_dispute_gateway_provider_id")
        ),
    )
    op.create_index(
        op.f("ix_billing_dispute_payment_id"), "billing_dispute", ["payment_id"], unique=False
    )


def _refund() -> None:
    op.create_table(
        "billing_refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("provider_id", sa.Text()),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("paid_out_by", sa.Text()),
        sa.Column("paid_out_by_id", sa.Uuid()),
        sa.Column("close_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_billing_refund_positive")),
        sa.ForeignKeyConstraint(
            ["charge_id"], ["billing_charge.id"], name=op.f("fk_billing_refund_charge_id")
        ),
        sa.ForeignKeyConstraint(
            ["close_id"], ["billing_close.id"], name=op.f("fk_billing_refund_close_id")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["billing_payment.id"], name=op.f("fk_billing_refund_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_refund")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_billing_refund_provider_id")),
        sa.UniqueConstraint("request_id", name=op.f("uq_billing_refund_request_id")),
    )
    op.create_index(
        op.f("ix_billing_refund_asked_by_id"), "billing_refund", ["asked_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_billing_refund_charge_id"), "billing_refund", ["charge_id"], unique=False
    )
    op.create_index(
        op.f("ix_billing_refund_close_id"), "billing_refund", ["close_id"], unique=False
    )
    op.create_index(
        op.f("ix_billing_refund_decided_by_id"), "billing_refund", ["decided_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_billing_refund_paid_out_by_id"), "billing_refund", ["paid_out_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_billing_refund_payment_id"), "billing_refund", ["payment_id"], unique=False
    )
    op.create_index("ix_billing_refund_state", "billing_refund", ["state", "id"], unique=False)
