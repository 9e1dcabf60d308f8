"""Tables of reports: reports, their history, looks, photographs, the counter."""

import sqlalchemy as sa
from alembic import op

revision = "reports_t0001"
down_revision = None
branch_labels = ("reports",)
depends_on = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "reports_report",
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
        sa.Column("settlement", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("place", sa.LargeBinary()),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("email", sa.LargeBinary()),
        sa.Column("phone", sa.LargeBinary()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("is_signal", sa.Boolean(), nullable=False),
        sa.Column("public_words", sa.Text(), nullable=False),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("shows_photos", sa.Boolean(), nullable=False),
        sa.Column("fixed_at", AT),
        sa.Column("disputed_at", AT),
        sa.Column("hidden_at", AT),
        sa.Column("hidden_why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_report")),
        sa.UniqueConstraint("request_id", name=op.f("uq_reports_report_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_reports_report_code_index")),
        sa.UniqueConstraint("year", "sequence", name=op.f("uq_reports_report_year_sequence")),
    )
    for column in ("person_id", "assignee_id", "entered_by_id"):
        op.create_index(op.f(f"ix_reports_report_{column}"), "reports_report", [column])
    op.create_index("ix_reports_report_queue", "reports_report", ["state", "due_on", "id"])
    op.create_index("ix_reports_report_place", "reports_report", ["settlement", "kind", "sent_at"])
    op.create_table(
        "reports_line",
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_line")),
        sa.UniqueConstraint("request_id", name=op.f("uq_reports_line_request_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["reports_report.id"], name=op.f("fk_reports_line_case_id")
        ),
    )
    op.create_table(
        "reports_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_look")),
        sa.UniqueConstraint("request_id", name=op.f("uq_reports_look_request_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["reports_report.id"], name=op.f("fk_reports_look_case_id")
        ),
    )
    for table in ("line", "look"):
        op.create_index(f"ix_reports_{table}_case", f"reports_{table}", ["case_id", "at"])
        op.create_index(op.f(f"ix_reports_{table}_by_id"), f"reports_{table}", ["by_id"])
    op.create_table(
        "reports_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_reports_counter")),
    )
    op.create_table(
        "reports_photo",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("is_after", sa.Boolean(), nullable=False),
        sa.Column("added_at", AT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_photo")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports_report.id"], name=op.f("fk_reports_photo_report_id")
        ),
    )
    op.create_index(op.f("ix_reports_photo_report_id"), "reports_photo", ["report_id"])


def downgrade() -> None:
    for table in ("photo", "counter", "look", "line", "report"):
        op.drop_table(f"reports_{table}")
