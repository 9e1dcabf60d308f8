"""Large files are looked at, brought in and taken back by jobs."""

import sqlalchemy as sa
from alembic import op

revision = "payments_t0004"
down_revision = "payments_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("payments_import", sa.Column("told", sa.LargeBinary()))
    for name, kind, default in (("done", sa.Integer(), "0"), ("trouble", sa.Text(), "")):
        column = sa.Column(name, kind, nullable=False, server_default=default)
        op.add_column("payments_import", column)


def downgrade() -> None:
    for name in ("trouble", "done", "told"):
        op.drop_column("payments_import", name)
