"""Files of people lie sealed; those of pages stay as they are."""

import sqlalchemy as sa
from alembic import op

revision = "storage_t0002"
down_revision = "storage_t0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("is_sealed", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("storage_file", column)
    op.alter_column("storage_file", "is_sealed", server_default=None)


def downgrade() -> None:
    """Nobody could open them any more."""
    op.execute("DELETE FROM storage_chunk USING storage_file f WHERE f.id = file_id AND is_sealed")
    op.execute("DELETE FROM storage_file WHERE is_sealed AND copy_of IS NOT NULL")
    op.execute("DELETE FROM storage_file WHERE is_sealed")
    op.drop_column("storage_file", "is_sealed")
