"""Teams, who is in them, which of them has a report."""

import sqlalchemy as sa
from alembic import op

revision = "reports_t0005"
down_revision = "reports_t0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reports_team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports_team")),
        sa.UniqueConstraint("request_id", name=op.f("uq_reports_team_request_id")),
    )
    op.create_table(
        "reports_member",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "person_id", name=op.f("pk_reports_member")),
        sa.ForeignKeyConstraint(
            ["team_id"], ["reports_team.id"], name=op.f("fk_reports_member_team_id")
        ),
    )
    op.create_index(op.f("ix_reports_member_person_id"), "reports_member", ["person_id"])
    op.add_column("reports_report", sa.Column("team_id", sa.Uuid()))
    op.create_index(op.f("ix_reports_report_team_id"), "reports_report", ["team_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_reports_report_team_id"), "reports_report")
    op.drop_column("reports_report", "team_id")
    op.drop_table("reports_member")
    op.drop_table("reports_team")
