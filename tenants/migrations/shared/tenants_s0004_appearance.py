"""What a municipality says at the top of its pages, and how it arranges its home page."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "tenants_s0004"
down_revision = "tenants_s0003"
branch_labels = None
depends_on = None

OLD, NEW = "titles, names, sort_key, languages, colour, contact", "notice, home_order, edits"


def upgrade() -> None:
    op.add_column("tenant", sa.Column("notice", JSONB()))
    order = sa.Column("home_order", ARRAY(sa.Text()), server_default="{}", nullable=False)
    op.add_column("tenant", order)
    op.add_column("tenant", sa.Column("edits", sa.Integer(), server_default="0", nullable=False))
    op.execute(f"GRANT UPDATE ({OLD}, {NEW}) ON tenant TO app_login")


def downgrade() -> None:
    op.execute(f"REVOKE UPDATE ({OLD}) ON tenant FROM app_login")
    for name in ("edits", "home_order", "notice"):
        op.drop_column("tenant", name)
