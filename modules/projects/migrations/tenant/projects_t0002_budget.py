"""Budget of a year by function; the OCDS id of a project's contract."""

import sqlalchemy as sa
from alembic import op

revision = "projects_t0002"
down_revision = "projects_t0001"
branch_labels = None
depends_on = None

SUMS = tuple(
    f"{name}_{kind}" for name in ("plan", "changes", "done") for kind in ("cents", "given")
)


def upgrade() -> None:
    op.create_table(
        "projects_budget",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects_budget")),
        sa.UniqueConstraint("year", name=op.f("uq_projects_budget_year")),
    )
    op.create_table(
        "projects_budget_line",
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("function", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS),
        sa.PrimaryKeyConstraint("budget_id", "position", name=op.f("pk_projects_budget_line")),
        sa.ForeignKeyConstraint(
            ["budget_id"],
            ["projects_budget.id"],
            name=op.f("fk_projects_budget_line_budget_id_projects_budget"),
        ),
    )
    ocid = sa.Column("contract_ocid", sa.Text(), server_default="", nullable=False)
    op.add_column("projects_project", ocid)


def downgrade() -> None:
    op.drop_column("projects_project", "contract_ocid")
    op.drop_table("projects_budget_line")
    op.drop_table("projects_budget")
