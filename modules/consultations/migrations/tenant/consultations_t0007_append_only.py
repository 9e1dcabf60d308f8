"""Lines of the record and versions of a text are added to: nobody changes one that stands."""

import sqlalchemy as sa
from alembic import op

revision = "consultations_t0007"
down_revision = "consultations_t0006"
branch_labels = None
depends_on = None

TABLES = ("consultations_record", "consultations_version")


def upgrade() -> None:
    # The role of the municipality carries the name of its schema.
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    for table in TABLES:
        op.execute(f'REVOKE UPDATE, TRUNCATE ON {table} FROM "{schema}"')


def downgrade() -> None:
    schema = op.get_bind().scalar(sa.text("SELECT current_schema()"))
    for table in TABLES:
        op.execute(f'GRANT UPDATE ON {table} TO "{schema}"')
