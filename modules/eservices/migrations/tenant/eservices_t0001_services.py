"""Services, applications, documents."""

import sqlalchemy as sa
from alembic import op

revision = "eservices_t0001"
down_revision = None
branch_labels = ("eservices",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _offers()
    _drafts()
    _cases()
    _steps()
    _looks()
    _documents()


def _offers() -> None:
    op.create_table(
        "eservices_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("fee_cents", sa.Integer()),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_offer")),
        sa.UniqueConstraint("service", name=op.f("uq_eservices_offer_service")),
    )
    op.create_table(
        "eservices_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_eservices_counter")),
    )


def _drafts() -> None:
    op.create_table(
        "eservices_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary()),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_draft")),
        sa.UniqueConstraint("request_id", name=op.f("uq_eservices_draft_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_eservices_draft_code_index")),
    )
    for column in ("person_id", "saved_at"):
        op.create_index(op.f(f"ix_eservices_draft_{column}"), "eservices_draft", [column])


def _cases() -> None:
    op.create_table(
        "eservices_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("code_index", sa.LargeBinary()),
        sa.Column("number_index", sa.LargeBinary()),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("applicant", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("cure_until", sa.Date()),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("fee_cents", sa.Integer()),
        sa.Column("ended_at", MOMENT),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_case")),
        sa.UniqueConstraint("request_id", name=op.f("uq_eservices_case_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_eservices_case_code_index")),
        sa.UniqueConstraint("year", "sequence", name=op.f("uq_eservices_case_year_sequence")),
    )
    for column in ("person_id", "number_index", "sent_at", "assignee_id"):
        op.create_index(op.f(f"ix_eservices_case_{column}"), "eservices_case", [column])
    queue = ("state", "due_on", "id"), ("service", "state", "due_on")
    for name, columns in zip(("queue", "service"), queue, strict=True):
        op.create_index(f"ix_eservices_case_{name}", "eservices_case", list(columns))
    op.create_index(
        "ix_eservices_case_open",
        "eservices_case",
        [sa.text("due_on")],
        postgresql_where=sa.text("state IN ('sent', 'in_work')"),
    )


def _steps() -> None:
    op.create_table(
        "eservices_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary()),
        sa.Column("is_internal", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_step")),
        sa.UniqueConstraint("request_id", name=op.f("uq_eservices_step_request_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["eservices_case.id"], name=op.f("fk_eservices_step_case_id")
        ),
    )
    op.create_index("ix_eservices_step_case", "eservices_step", ["case_id", "at"])
    op.create_index(op.f("ix_eservices_step_by_id"), "eservices_step", ["by_id"])


def _looks() -> None:
    op.create_table(
        "eservices_look",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid()),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", sa.Uuid()),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_look")),
        sa.UniqueConstraint("request_id", name=op.f("uq_eservices_look_request_id")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["eservices_case.id"], name=op.f("fk_eservices_look_case_id")
        ),
    )
    op.create_index("ix_eservices_look_case", "eservices_look", ["case_id", "at"])
    op.create_index(op.f("ix_eservices_look_by_id"), "eservices_look", ["by_id"])


def _documents() -> None:
    op.create_table(
        "eservices_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("official", sa.Text(), nullable=False),
        sa.Column("is_refusal", sa.Boolean(), nullable=False),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eservices_document")),
        sa.UniqueConstraint("case_id", name=op.f("uq_eservices_document_case_id")),
        sa.UniqueConstraint("code", name=op.f("uq_eservices_document_code")),
        sa.UniqueConstraint("year", "sequence", name=op.f("uq_eservices_document_year_sequence")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["eservices_case.id"], name=op.f("fk_eservices_document_case_id")
        ),
    )


def downgrade() -> None:
    for name in ("document", "look", "step", "case", "draft", "counter", "offer"):
        op.drop_table(f"eservices_{name}")
