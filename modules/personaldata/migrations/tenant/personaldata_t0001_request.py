"""Tables of requests about personal data: requests, their history, the counter, copies."""

import sqlalchemy as sa
from alembic import op

revision = "personaldata_t0001"
down_revision = None
branch_labels = ("personaldata",)
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "personaldata_request"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary()),
        sa.Column("applicant", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_at", AT, nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("late_for", sa.Date()),
        sa.Column("ended_at", AT),
        sa.Column("is_emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("behalf", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("phone", sa.LargeBinary()),
        sa.Column("address", sa.LargeBinary()),
        sa.Column("answer", sa.LargeBinary()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid()),
        sa.Column("open_key", sa.LargeBinary()),
        sa.Column("asked_again", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("extended_at", AT),
        sa.Column("identified_at", AT),
        sa.Column("identified_how", sa.Text(), nullable=False),
        sa.Column("identified_by", sa.Text(), nullable=False),
        sa.Column("warned_for", sa.Date()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("request_id", name=op.f(f"uq_{TABLE}_request_id")),
        sa.UniqueConstraint("code_index", name=op.f(f"uq_{TABLE}_code_index")),
        sa.UniqueConstraint("year", "sequence", name=op.f(f"uq_{TABLE}_year_sequence")),
        sa.UniqueConstraint("open_key", name=op.f(f"uq_{TABLE}_open_key")),
    )
    for column in ("person_id", "assignee_id", "entered_by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    op.create_index(f"ix_{TABLE}_queue", TABLE, ["state", "due_on", "id"])
    op.create_index(f"ix_{TABLE}_about", TABLE, ["about_id"])
    op.create_table(
        "personaldata_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personaldata_line")),
        sa.UniqueConstraint("request_id", name=op.f("uq_personaldata_line_request_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], [f"{TABLE}.id"], name=op.f("fk_personaldata_line_case_id")
        ),
    )
    op.create_index("ix_personaldata_line_case", "personaldata_line", ["case_id", "at"])
    op.create_index(op.f("ix_personaldata_line_by_id"), "personaldata_line", ["by_id"])
    op.create_table(
        "personaldata_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_personaldata_counter")),
    )
    op.create_table(
        "personaldata_copy",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", AT, nullable=False),
        sa.Column("until", AT, nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_personaldata_copy")),
        sa.ForeignKeyConstraint(
            ["case_id"], [f"{TABLE}.id"], name=op.f("fk_personaldata_copy_case_id")
        ),
    )


def downgrade() -> None:
    for table in ("copy", "counter", "line", "request"):
        op.drop_table(f"personaldata_{table}")
