"""Files and their pieces."""

import sqlalchemy as sa
from alembic import op

revision = "storage_t0001"
down_revision = None
branch_labels = ("storage",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "storage_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("copy_of", sa.Uuid()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_by", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_storage_file")),
        sa.ForeignKeyConstraint(
            ["copy_of"], ["storage_file.id"], name=op.f("fk_storage_file_copy_of")
        ),
    )
    op.create_index(op.f("ix_storage_file_copy_of"), "storage_file", ["copy_of"])
    op.create_index(op.f("ix_storage_file_stored_by"), "storage_file", ["stored_by"])
    op.create_table(
        "storage_chunk",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_storage_chunk")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["storage_file.id"], name=op.f("fk_storage_chunk_file_id")
        ),
    )
    # What comes here is packed already.
    op.execute("ALTER TABLE storage_chunk ALTER COLUMN content SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.drop_table("storage_chunk")
    op.drop_table("storage_file")
