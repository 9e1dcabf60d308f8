"""The money of the shared service: formula, use, invoices, books, the account of a year."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "billing_s0002"
down_revision = "billing_s0001"
branch_labels = None
depends_on = None

ADDED_TO = (
    "membership",
    "use",
    "invoice",
    "remittance",
    "reminder",
    "regional_posting",
    "outlay",
    "year_account",
)
CHANGED = ("tariff", "issuer", "customer")

# What municipalities pay by is not altered behind them, whoever's hand it is.
KEEP = """
CREATE FUNCTION billing_keep_tariff() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$
BEGIN
    IF OLD.in_force_on <= (now() AT TIME ZONE 'Europe/Sofia')::date THEN
        RAISE EXCEPTION 'a formula that is in force is never changed';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    _tariff()
    _membership()
    _use()
    _issuer()
    _customer()
    _invoice()
    _remittance()
    _reminder()
    _regional_posting()
    _outlay()
    _year_account()
    op.execute(KEEP)
    op.execute(
        "CREATE TRIGGER billing_keep_tariff BEFORE UPDATE ON billing_tariff"
        " FOR EACH ROW EXECUTE FUNCTION billing_keep_tariff()"
    )
    for name in ADDED_TO:  # what was done can be added to and read
        op.execute(f"GRANT SELECT, INSERT ON billing_{name} TO app_login")
    for name in CHANGED:
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON billing_{name} TO app_login")


def downgrade() -> None:
    for name in (
        "year_account",
        "outlay",
        "regional_posting",
        "reminder",
        "remittance",
        "invoice",
        "customer",
        "issuer",
        "use",
        "membership",
        "tariff",
    ):
        op.drop_table(f"billing_{name}")
    op.execute("DROP FUNCTION billing_keep_tariff()")


def _tariff() -> None:
    op.create_table(
        "billing_tariff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=False),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "extract(day FROM in_force_on) = 1", name=op.f("ck_billing_tariff_first_day")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_tariff")),
        sa.UniqueConstraint("in_force_on", name=op.f("uq_billing_tariff_in_force_on")),
        sa.UniqueConstraint("request_id", name=op.f("uq_billing_tariff_request_id")),
    )


def _membership() -> None:
    op.create_table(
        "billing_membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_membership")),
        sa.UniqueConstraint("request_id", name=op.f("uq_billing_membership_request_id")),
    )
    op.create_index(
        op.f("ix_billing_membership_municipality_since"),
        "billing_membership",
        ["municipality", "since"],
        unique=False,
    )


def _use() -> None:
    op.create_table(
        "billing_use",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "key", name=op.f("pk_billing_use")),
    )
    op.create_index(op.f("ix_billing_use_day"), "billing_use", ["day"], unique=False)


def _issuer() -> None:
    op.create_table(
        "billing_issuer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("eik", sa.Text(), nullable=False),
        sa.Column("vat_number", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("bic", sa.Text(), nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("vat_percent", sa.Integer(), nullable=False),
        sa.Column("exempt_because", sa.Text(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_issuer")),
    )


def _customer() -> None:
    op.create_table(
        "billing_customer",
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("eik", sa.Text(), nullable=False),
        sa.Column("vat_number", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("municipality", name=op.f("pk_billing_customer")),
    )


def _invoice() -> None:
    op.create_table(
        "billing_invoice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("issuer", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("buyer", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("net_cents", sa.BigInteger(), nullable=False),
        sa.Column("vat_percent", sa.Integer(), nullable=False),
        sa.Column("vat_cents", sa.BigInteger(), nullable=False),
        sa.Column("exempt_because", sa.Text(), nullable=False),
        sa.Column("credits_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "net_cents > 0 AND vat_cents >= 0", name=op.f("ck_billing_invoice_positive")
        ),
        sa.CheckConstraint(
            "number BETWEEN 1 AND 9999999999", name=op.f("ck_billing_invoice_ten_digits")
        ),
        sa.ForeignKeyConstraint(
            ["credits_id"], ["billing_invoice.id"], name=op.f("fk_billing_invoice_credits_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_invoice")),
        sa.UniqueConstraint("key", name=op.f("uq_billing_invoice_key")),
        sa.UniqueConstraint("number", name=op.f("uq_billing_invoice_number")),
    )
    op.create_index(
        op.f("ix_billing_invoice_municipality_number"),
        "billing_invoice",
        ["municipality", "number"],
        unique=False,
    )


def _remittance() -> None:
    op.create_table(
        "billing_remittance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_by", sa.Text(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_billing_remittance_some")),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["billing_remittance.id"],
            name=op.f("fk_billing_remittance_reverses_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_remittance")),
        sa.UniqueConstraint("request_id", name=op.f("uq_billing_remittance_request_id")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_billing_remittance_reverses_id")),
    )
    op.create_index(
        op.f("ix_billing_remittance_municipality"),
        "billing_remittance",
        ["municipality"],
        unique=False,
    )


def _reminder() -> None:
    op.create_table(
        "billing_reminder",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["billing_invoice.id"], name=op.f("fk_billing_reminder_invoice_id")
        ),
        sa.PrimaryKeyConstraint("invoice_id", "day", name=op.f("pk_billing_reminder")),
    )


def _regional_posting() -> None:
    op.create_table(
        "billing_regional_posting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("debit", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.CheckConstraint("cents > 0", name=op.f("ck_billing_regional_posting_positive")),
        sa.CheckConstraint(
            "debit <> credit", name=op.f("ck_billing_regional_posting_two_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_regional_posting")),
        sa.UniqueConstraint("key", name=op.f("uq_billing_regional_posting_key")),
    )
    op.create_index(
        op.f("ix_billing_regional_posting_at"), "billing_regional_posting", ["at"], unique=False
    )
    op.create_index(
        op.f("ix_billing_regional_posting_municipality"),
        "billing_regional_posting",
        ["municipality"],
        unique=False,
    )


def _outlay() -> None:
    op.create_table(
        "billing_outlay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_income", sa.Boolean(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("cents > 0", name=op.f("ck_billing_outlay_positive")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["billing_outlay.id"], name=op.f("fk_billing_outlay_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_outlay")),
        sa.UniqueConstraint("request_id", name=op.f("uq_billing_outlay_request_id")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_billing_outlay_reverses_id")),
    )
    op.create_index(op.f("ix_billing_outlay_day"), "billing_outlay", ["day"], unique=False)


def _year_account() -> None:
    op.create_table(
        "billing_year_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_year_account")),
        sa.UniqueConstraint("request_id", name=op.f("uq_billing_year_account_request_id")),
    )
    op.create_index(
        op.f("ix_billing_year_account_year_id"),
        "billing_year_account",
        ["year", "id"],
        unique=False,
    )
