"""Days on which staff are away; planned drills, and numbers of drills apart from the others."""

import sqlalchemy as sa
from alembic import op

revision = "dataprotection_t0005"
down_revision = "dataprotection_t0004"
branch_labels = None
depends_on = None

INCIDENT, NUMBER = "dataprotection_incident", ("year", "sequence")
UNIQUE = "uq_dataprotection_incident_year_sequence"
# Drills of before keep their numbers: those that follow count on from the last one of the year.
COUNT_ON = """
INSERT INTO dataprotection_counter (kind, year, last)
SELECT 'drill', year, max(sequence) FROM dataprotection_incident WHERE is_drill GROUP BY year
"""


def upgrade() -> None:
    _leaves()
    _drills()
    op.drop_constraint(op.f(UNIQUE), INCIDENT)
    op.create_unique_constraint(op.f(f"{UNIQUE}_is_drill"), INCIDENT, [*NUMBER, "is_drill"])
    op.execute(COUNT_ON)


def _leaves() -> None:
    op.create_table(
        "dataprotection_leave",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataprotection_leave")),
        sa.UniqueConstraint("request_id", name=op.f("uq_dataprotection_leave_request_id")),
    )
    op.create_index(
        "ix_dataprotection_leave_person", "dataprotection_leave", ["person_id", "ends_on"]
    )


def _drills() -> None:
    op.create_table(
        "dataprotection_drill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("is_open", sa.Boolean()),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("planned_by_id", sa.Uuid()),
        sa.Column("planned_by", sa.Text(), nullable=False),
        sa.Column("incident_id", sa.Uuid()),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["dataprotection_incident.id"],
            name=op.f("fk_dataprotection_drill_incident_id_dataprotection_incident"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataprotection_drill")),
        sa.UniqueConstraint("request_id", name=op.f("uq_dataprotection_drill_request_id")),
        sa.UniqueConstraint("is_open", name=op.f("uq_dataprotection_drill_is_open")),
    )


def downgrade() -> None:
    op.execute("DELETE FROM dataprotection_counter WHERE kind = 'drill'")
    op.drop_constraint(op.f(f"{UNIQUE}_is_drill"), INCIDENT)
    op.create_unique_constraint(op.f(UNIQUE), INCIDENT, [*NUMBER])
    op.drop_table("dataprotection_drill")
    op.drop_table("dataprotection_leave")
