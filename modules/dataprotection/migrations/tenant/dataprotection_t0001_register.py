"""Tables of data protection: register, looks that were examined, findings, incidents, contracts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "dataprotection_t0001"
down_revision = None
branch_labels = ("dataprotection",)
depends_on = None

AT = sa.DateTime(timezone=True)
TABLES = ("activity", "register", "cursor", "examined", "finding")
TABLES += ("incident", "line", "counter", "processor")


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _table(name: str, *columns: sa.Column | sa.Constraint, is_versioned: bool = True) -> None:
    own = f"dataprotection_{name}"
    version = sa.Column("version", sa.Integer(), server_default="1", nullable=False)
    op.create_table(
        own,
        sa.Column("id", sa.Uuid(), nullable=False),
        *columns,
        *((version,) if is_versioned else ()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{own}")),
    )


def _unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names, name=op.f(f"uq_dataprotection_{table}_{'_'.join(names)}"))


def _request(table: str, *, nullable: bool = False) -> list[sa.Column | sa.Constraint]:
    return [sa.Column("request_id", sa.Uuid(), nullable=nullable), _unique(table, "request_id")]


def upgrade() -> None:
    _register()
    _findings()
    _incidents()
    _table(
        "processor",
        *_request("processor"),
        *_texts("name", "service", "contact"),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("removed_at", AT),
    )


def _register() -> None:
    _table(
        "activity",
        *_request("activity"),
        *_texts("part", "word", "title", "purpose", "ground", "kinds", "kept"),
        *_texts("people", "recipients", "transfers", "protection"),
        sa.Column("removed_at", AT),
    )
    op.create_index(
        "uq_dataprotection_activity_declared",
        "dataprotection_activity",
        ["part", "word"],
        unique=True,
        postgresql_where=sa.text("part <> ''"),
    )
    _table(
        "register",
        *_request("register"),
        sa.Column("number", sa.Integer()),
        sa.Column("is_waiting", sa.Boolean()),
        sa.Column("entries", JSONB(), nullable=False),
        *_texts("words"),
        sa.Column("proposed_at", AT, nullable=False),
        sa.Column("proposed_by_id", sa.Uuid()),
        *_texts("proposed_by"),
        sa.Column("approved_at", AT),
        sa.Column("approved_by_id", sa.Uuid()),
        *_texts("approved_by"),
        sa.Column("returned_at", AT),
        *_texts("returned_why"),
        _unique("register", "number"),
        _unique("register", "is_waiting"),
    )


def _findings() -> None:
    op.create_table(
        "dataprotection_cursor",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reached_at", AT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_dataprotection_cursor")),
    )
    op.create_table(
        "dataprotection_examined",
        sa.Column("look_id", sa.Uuid(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.PrimaryKeyConstraint("look_id", name=op.f("pk_dataprotection_examined")),
    )
    op.create_index(op.f("ix_dataprotection_examined_at"), "dataprotection_examined", ["at"])
    _table(
        "finding",
        *_texts("key", "kind"),
        sa.Column("look_id", sa.Uuid(), nullable=False),
        *_texts("part"),
        sa.Column("by_id", sa.Uuid()),
        *_texts("by_name", "office"),
        sa.Column("first_at", AT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("raised_at", AT, nullable=False),
        *_texts("outcome"),
        sa.Column("explanation", sa.LargeBinary()),
        sa.Column("decided_at", AT),
        sa.Column("decided_by_id", sa.Uuid()),
        *_texts("decided_by"),
        _unique("finding", "key"),
    )
    index = "ix_dataprotection_finding_queue"
    op.create_index(index, "dataprotection_finding", ["outcome", "raised_at"])
    op.create_index(op.f("ix_dataprotection_finding_by_id"), "dataprotection_finding", ["by_id"])


def _incidents() -> None:
    _table(
        "incident",
        *_request("incident"),
        sa.Column("finding_id", sa.Uuid()),
        sa.Column("about_id", sa.Uuid()),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("is_drill", sa.Boolean(), nullable=False),
        *_texts("title"),
        sa.Column("detected_at", AT, nullable=False),
        sa.Column("due_at", AT, nullable=False),
        *_texts("happened", "people"),
        sa.Column("how_many", sa.Integer()),
        sa.Column("kinds", sa.ARRAY(sa.Text()), nullable=False),
        *_texts("consequences", "measures", "authority", "authority_why", "authority_number"),
        sa.Column("authority_told_at", AT),
        *_texts("persons", "persons_why"),
        sa.Column("persons_told_at", AT),
        *_texts("lessons"),
        sa.Column("closed_at", AT),
        sa.Column("warned", sa.Integer(), nullable=False),
        _unique("incident", "finding_id"),
        _unique("incident", "year", "sequence"),
    )
    index = "ix_dataprotection_incident_queue"
    op.create_index(index, "dataprotection_incident", ["closed_at", "due_at"])
    index = op.f("ix_dataprotection_incident_about_id")
    op.create_index(index, "dataprotection_incident", ["about_id"])
    _table(
        "line",
        *_request("line", nullable=True),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("at", AT, nullable=False),
        *_texts("name", "words"),
        sa.Column("by_id", sa.Uuid()),
        *_texts("by_name"),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["dataprotection_incident.id"],
            name=op.f("fk_dataprotection_line_incident_id_dataprotection_incident"),
        ),
        is_versioned=False,
    )
    op.create_index("ix_dataprotection_line_incident", "dataprotection_line", ["incident_id", "at"])
    op.create_table(
        "dataprotection_counter",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_dataprotection_counter")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(f"dataprotection_{table}")
