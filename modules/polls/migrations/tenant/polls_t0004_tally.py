"""What was counted goes into one field of the poll's row, which the application seals.

The numbers of before wait in `counted`, since no migration has the key; the polls' own job seals
them within ten minutes. Those shown to everybody stay readable.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "polls_t0004"
down_revision = "polls_t0003"
branch_labels = None
depends_on = None
CHANNELS, DIVISIONS = ("online", "paper"), ("by_age", "by_place")
TABLES = ("poll", "question", "option")
POLL = sa.table(
    "polls_poll",
    sa.column("id", sa.Uuid()),
    sa.column("counted", postgresql.JSONB()),
    sa.column("shown", postgresql.JSONB()),
)

# Of one poll: a number of each of its rows by the row's id.
COUNTS = """(
    SELECT jsonb_object_agg(replace(id::text, '-', ''), counts) FROM (
        SELECT id, {column} AS counts FROM polls_poll WHERE id = p.id
        {others}
    ) AS rows
)"""
OTHER = "UNION ALL SELECT id, {column} FROM polls_{table} WHERE poll_id = p.id"


def _counts(column: str, *tables: str) -> str:
    others = " ".join(OTHER.format(column=column, table=table) for table in tables)
    return COUNTS.format(column=column, others=others)


def upgrade() -> None:
    op.add_column("polls_poll", sa.Column("tally", sa.LargeBinary(), nullable=True))
    op.add_column("polls_poll", sa.Column("counted", postgresql.JSONB(), nullable=True))
    shown = sa.Column("shown", postgresql.JSONB(), server_default="{}", nullable=False)
    op.add_column("polls_poll", shown)
    counted = [f"'{name}', {_counts(name, 'question', 'option')}" for name in CHANNELS]
    counted += [f"'{name}', {_counts(name, 'option')}" for name in DIVISIONS]
    told = [f"'{name}', {_counts(f'shown_{name}', 'question', 'option')}" for name in CHANNELS]
    # Read, then written back: in an UPDATE jsonb_build_object over columns is refused by Citus.
    numbers = sa.text(
        f"SELECT id, jsonb_build_object({', '.join(counted)}) AS counted,"
        f" jsonb_build_object({', '.join(told)}) AS shown FROM polls_poll p"
        " WHERE online + paper > 0"
    )
    connection = op.get_bind()
    for row in connection.execute(numbers).all():
        connection.execute(sa.update(POLL).where(POLL.c.id == row.id).values(row._mapping))
    for table in TABLES:
        for name in CHANNELS:
            op.drop_column(f"polls_{table}", f"shown_{name}")
            if table != "poll":
                op.drop_column(f"polls_{table}", name)
    for table in ("poll", "option"):
        for name in DIVISIONS:
            op.drop_column(f"polls_{table}", name)


def downgrade() -> None:
    """The numbers stay behind: nobody could open them any more."""
    for table in TABLES:
        names = [f"shown_{name}" for name in CHANNELS] + [*(CHANNELS if table != "poll" else ())]
        for name in names:
            column = sa.Column(name, sa.Integer(), server_default="0", nullable=False)
            op.add_column(f"polls_{table}", column)
        for name in DIVISIONS if table != "question" else ():
            column = sa.Column(name, postgresql.JSONB(), server_default="{}", nullable=False)
            op.add_column(f"polls_{table}", column)
    for name in ("shown", "counted", "tally"):
        op.drop_column("polls_poll", name)
