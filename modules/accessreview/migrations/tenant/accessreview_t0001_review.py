"""Tables of the review of access."""

import sqlalchemy as sa
from alembic import op

revision = "accessreview_t0001"
down_revision = None
branch_labels = ("accessreview",)
depends_on = None

AT = sa.DateTime(timezone=True)
REVIEW, LINE = "accessreview_review", "accessreview_line"


def upgrade() -> None:
    op.create_table(
        REVIEW,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("is_open", sa.Boolean()),
        sa.Column("begun_at", AT, nullable=False),
        sa.Column("begun_by_id", sa.Uuid()),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("ended_at", AT),
        sa.Column("ended_by_id", sa.Uuid()),
        sa.Column("ended_by", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessreview_review")),
        sa.UniqueConstraint("request_id", name=op.f("uq_accessreview_review_request_id")),
        sa.UniqueConstraint("is_open", name=op.f("uq_accessreview_review_is_open")),
    )
    op.create_index("ix_accessreview_review_begun", REVIEW, ["begun_at", "id"])
    op.create_index(op.f("ix_accessreview_review_ended_at"), REVIEW, ["ended_at"])
    op.create_table(
        LINE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("role_name", sa.Text(), nullable=False),
        sa.Column("given_at", AT, nullable=False),
        sa.Column("used_at", AT),
        sa.Column("decision", sa.Text()),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_at", AT),
        sa.Column("decided_by_id", sa.Uuid()),
        sa.Column("decided_by", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            [f"{REVIEW}.id"],
            name=op.f("fk_accessreview_line_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessreview_line")),
        sa.UniqueConstraint(
            "review_id",
            "person_id",
            "role",
            name=op.f("uq_accessreview_line_review_id_person_id_role"),
        ),
    )
    op.create_index("ix_accessreview_line_list", LINE, ["review_id", "name", "id"])
    op.create_index(op.f("ix_accessreview_line_person_id"), LINE, ["person_id"])


def downgrade() -> None:
    op.drop_table(LINE)
    op.drop_table(REVIEW)
