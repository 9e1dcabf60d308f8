"""Tables of voters: registrations, the municipality's list, rolls of votes."""

import sqlalchemy as sa
from alembic import op

revision = "voters_t0001"
down_revision = None
branch_labels = ("voters",)
depends_on = None

LIVE = sa.text("state IN ('asked', 'accepted')")


def upgrade() -> None:
    _registrations()
    op.create_table(
        "voters_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voters_upload")),
        sa.UniqueConstraint("request_id", name=op.f("uq_voters_upload_request_id")),
    )
    op.create_table(
        "voters_listed",
        sa.Column("egn_index", sa.LargeBinary(), nullable=False),
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("egn_index", name=op.f("pk_voters_listed")),
    )
    _rolls()
    for table, columns in (
        ("registration", ("person_id", "entered_by_id", "decided_by_id", "ended_at")),
        ("upload", ("uploaded_at", "uploaded_by_id")),
        ("roll", ("closes_at", "frozen_by_id")),
        ("entry", ("registration_id", "paper_by_id")),
    ):
        for column in columns:
            op.create_index(op.f(f"ix_voters_{table}_{column}"), f"voters_{table}", [column])


def _registrations() -> None:
    op.create_table(
        "voters_registration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        *(sa.Column(name, sa.LargeBinary()) for name in ("egn_index", "name", "address", "phone")),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("settlement", "delivery", "channel", "proof", "state", "reason")
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voters_registration")),
        sa.UniqueConstraint("request_id", name=op.f("uq_voters_registration_request_id")),
        sa.UniqueConstraint("number", name=op.f("uq_voters_registration_number")),
    )
    for name, column in (("egn", "egn_index"), ("person", "person_id")):
        op.create_index(
            f"uq_voters_registration_{name}",
            "voters_registration",
            [column],
            unique=True,
            postgresql_where=LIVE,
        )
    op.create_index("ix_voters_registration_state", "voters_registration", ["state", "number"])


def _rolls() -> None:
    op.create_table(
        "voters_roll",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voters_roll")),
        sa.UniqueConstraint("vote_id", name=op.f("uq_voters_roll_vote_id")),
    )
    op.create_table(
        "voters_entry",
        sa.Column("roll_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("paper_at", sa.DateTime(timezone=True)),
        sa.Column("paper_by_id", sa.Uuid()),
        sa.Column("paper_request_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("roll_id", "registration_id", name=op.f("pk_voters_entry")),
        sa.ForeignKeyConstraint(
            ["roll_id"], ["voters_roll.id"], name=op.f("fk_voters_entry_roll_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["voters_registration.id"],
            name=op.f("fk_voters_entry_registration_id"),
        ),
    )


def downgrade() -> None:
    for table in ("entry", "roll", "listed", "upload", "registration"):
        op.drop_table(f"voters_{table}")
