"""Questions under a proposal, to its author or to the municipality."""

import sqlalchemy as sa
from alembic import op

revision = "proposals_t0004"
down_revision = "proposals_t0003"
branch_labels = None
depends_on = None

AT = sa.DateTime(timezone=True)
TABLE = "proposals_question"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        *(sa.Column(name, sa.Uuid()) for name in ("person_id", "entered_by_id", "answered_by_id")),
        *(sa.Column(name, sa.LargeBinary()) for name in ("code_index", "hidden_words")),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in (
                *("addressee", "words", "language", "channel", "entered_by"),
                *("answer", "answered_by"),
            )
        ),
        sa.Column("asked_at", AT, nullable=False),
        *(
            sa.Column(name, AT)
            for name in ("confirmed_at", "hidden_at", "checked_at", "answered_at")
        ),
        sa.Column("is_official", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals_question")),
        sa.UniqueConstraint("request_id", name=op.f("uq_proposals_question_request_id")),
        sa.UniqueConstraint("code_index", name=op.f("uq_proposals_question_code_index")),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposals_proposal.id"],
            name=op.f("fk_proposals_question_proposal_id"),
        ),
    )
    op.create_index(op.f("ix_proposals_question_proposal"), TABLE, ["proposal_id", "asked_at"])
    op.create_index(op.f("ix_proposals_question_queue"), TABLE, ["answered_at", "asked_at"])
    for name in ("person_id", "entered_by_id", "answered_by_id"):
        op.create_index(op.f(f"ix_proposals_question_{name}"), TABLE, [name])


def downgrade() -> None:
    op.drop_table(TABLE)
