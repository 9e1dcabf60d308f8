"""Taxes and fees: who owes what, files that say so, what is paid together, terms of years."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "payments_t0001"
down_revision = None
branch_labels = ("payments",)
depends_on = None


def upgrade() -> None:
    _payer()
    _import()
    _obligation()
    _trace()
    _bundle()
    _piece()
    _term()


def downgrade() -> None:
    for table in ("term", "piece", "bundle", "trace", "obligation", "import", "payer"):
        op.drop_table(f"payments_{table}")


def _payer() -> None:
    op.create_table(
        "payments_payer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("number", sa.LargeBinary(), nullable=False),
        sa.Column("number_index", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments_payer")),
        sa.UniqueConstraint("code", name=op.f("uq_payments_payer_code")),
        sa.UniqueConstraint("number_index", name=op.f("uq_payments_payer_number_index")),
    )


def _import() -> None:
    op.create_table(
        "payments_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.Text(), nullable=False),
        sa.Column("read_by_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments_import")),
        sa.UniqueConstraint("request_id", name=op.f("uq_payments_import_request_id")),
    )
    op.create_index(op.f("ix_payments_import_read_by_id"), "payments_import", ["read_by_id"])
    op.create_index(op.f("ix_payments_import_state"), "payments_import", ["state"])


def _obligation() -> None:
    op.create_table(
        "payments_obligation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("instalment", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("paid_cents", sa.BigInteger(), nullable=False),
        sa.Column("forgiven_cents", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_payments_obligation_sum")),
        sa.CheckConstraint(
            "paid_cents >= 0 AND forgiven_cents >= 0", name=op.f("ck_payments_obligation_paid")
        ),
        sa.ForeignKeyConstraint(
            ["payer_id"], ["payments_payer.id"], name=op.f("fk_payments_obligation_payer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments_obligation")),
        sa.UniqueConstraint(
            "payer_id",
            "kind",
            "thing",
            "year",
            "instalment",
            name=op.f("uq_payments_obligation_payer_id_kind_thing_year_instalment"),
        ),
    )


def _trace() -> None:
    op.create_table(
        "payments_trace",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("was_cents", sa.BigInteger(), nullable=True),
        sa.Column("was_due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["payments_import.id"],
            name=op.f("fk_payments_trace_import_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["payments_obligation.id"],
            name=op.f("fk_payments_trace_obligation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "obligation_id", name=op.f("pk_payments_trace")),
    )
    op.create_index(op.f("ix_payments_trace_obligation_id"), "payments_trace", ["obligation_id"])


def _bundle() -> None:
    op.create_table(
        "payments_bundle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("payer_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("cents > 0", name=op.f("ck_payments_bundle_positive")),
        sa.ForeignKeyConstraint(
            ["payer_id"], ["payments_payer.id"], name=op.f("fk_payments_bundle_payer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments_bundle")),
        sa.UniqueConstraint("charge_id", name=op.f("uq_payments_bundle_charge_id")),
        sa.UniqueConstraint("request_id", name=op.f("uq_payments_bundle_request_id")),
    )
    op.create_index(op.f("ix_payments_bundle_paid_on"), "payments_bundle", ["paid_on"])
    op.create_index("ix_payments_bundle_payer", "payments_bundle", ["payer_id", "state"])
    op.create_index(op.f("ix_payments_bundle_state"), "payments_bundle", ["state"])


def _piece() -> None:
    op.create_table(
        "payments_piece",
        sa.Column("bundle_id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("discount_cents", sa.BigInteger(), nullable=False),
        sa.Column("interest_cents", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bundle_id"],
            ["payments_bundle.id"],
            name=op.f("fk_payments_piece_bundle_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"],
            ["payments_obligation.id"],
            name=op.f("fk_payments_piece_obligation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("bundle_id", "obligation_id", name=op.f("pk_payments_piece")),
    )
    op.create_index(op.f("ix_payments_piece_obligation_id"), "payments_piece", ["obligation_id"])


def _term() -> None:
    op.create_table(
        "payments_term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("due_on", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("discount_percent", sa.Integer(), nullable=False),
        sa.Column("discount_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "discount_percent BETWEEN 0 AND 50", name=op.f("ck_payments_term_discount")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments_term")),
        sa.UniqueConstraint("kind", "year", name=op.f("uq_payments_term_kind_year")),
    )
