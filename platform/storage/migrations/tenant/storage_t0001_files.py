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
    # What comes here is packed already. Said at once: Citus refuses ALTER … SET STORAGE.
    op.execute(
        "CREATE TABLE storage_chunk (file_id uuid NOT NULL, number integer NOT NULL,"
        " content bytea STORAGE EXTERNAL NOT NULL,"
        " CONSTRAINT pk_storage_chunk PRIMARY KEY (file_id, number),"
        " CONSTRAINT fk_storage_chunk_file_id FOREIGN KEY (file_id) REFERENCES storage_file (id))"
    )


def downgrade() -> None:
    op.drop_table("storage_chunk")
    op.drop_table("storage_file")
