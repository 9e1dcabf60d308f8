"""Day on which the council was told of a proposal: by the law of that day it goes to the end."""

import sqlalchemy as sa
from alembic import op

revision = "referendum_t0004"
down_revision = "referendum_t0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("referendum_proposal", sa.Column("begun_on", sa.Date()))
    op.execute(
        "UPDATE referendum_proposal SET begun_on = ("
        "SELECT min(happened_on) FROM referendum_step"
        " WHERE proposal_id = referendum_proposal.id AND name IN ('start', 'submit'))"
    )


def downgrade() -> None:
    op.drop_column("referendum_proposal", "begun_on")
