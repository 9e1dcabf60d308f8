"""Projects with their versions, files, stages, news, money and questions."""

import sqlalchemy as sa
from alembic import op

revision = "projects_t0001"
down_revision = None
branch_labels = ("projects",)
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moments(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, MOMENT, nullable=nullable) for name in names]


def _days(*names: str, nullable: bool = True) -> list[sa.Column]:
    return [sa.Column(name, sa.Date(), nullable=nullable) for name in names]


def _ids(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.Uuid(), nullable=nullable) for name in names]


def _sums(*names: str, nullable: bool = False) -> list[sa.Column]:
    return [sa.Column(name, sa.BigInteger(), nullable=nullable) for name in names]


def _version_column() -> sa.Column:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def _primary_key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_projects_{table}"))


def _once(table: str, column: str = "request_id") -> sa.UniqueConstraint:
    return sa.UniqueConstraint(column, name=op.f(f"uq_projects_{table}_{column}"))


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_projects_{table}_{column}_projects_{target}")
    return sa.ForeignKeyConstraint([column], [f"projects_{target}.id"], name=name)


def upgrade() -> None:
    _project()
    _version()
    _attachment()
    _stage()
    _news()
    _money()
    _question()


def _project() -> None:
    op.create_table(
        "projects_project",
        *_ids("id", "request_id"),
        *_ids("translation_of", "author_id", "changed_by_id", "consultation_id", nullable=True),
        *_texts("language", "title", "summary", "markdown", "html", "changed_by"),
        *_texts("number", "subject", "ekatte", "address", "reason", "sum_note"),
        *_texts("contractor", "contract_number", "contract_url"),
        *_texts("total_currency", "contract_currency"),
        *_sums("total_cents", "total_given", "contract_cents", "contract_given", nullable=True),
        *_days("starts_on", "ends_on", "promised_on", "ended_on", "stopped_on", "contract_on"),
        *_moments("written_at", "changed_at"),
        *_moments("heard_at", "confirmed_at", "reminded_at", nullable=True),
        *_moments("published_at", "until", "deleted_at", nullable=True),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        _version_column(),
        _primary_key("project"),
        _once("project"),
        _of("project", "translation_of", "project"),
    )
    for name in ("deleted_at", "author_id", "changed_by_id"):
        op.create_index(op.f(f"ix_projects_project_{name}"), "projects_project", [name])
    op.create_index(
        "uq_projects_project_translation",
        "projects_project",
        ["translation_of", "language"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "uq_projects_project_number",
        "projects_project",
        ["number"],
        unique=True,
        postgresql_where=sa.text("number <> '' AND deleted_at IS NULL"),
    )
    op.create_index(
        "ix_projects_project_shown",
        "projects_project",
        [sa.text("published_at DESC")],
        postgresql_where=sa.text("deleted_at IS NULL AND translation_of IS NULL"),
    )


def _version() -> None:
    op.create_table(
        "projects_version",
        *_ids("id", "project_id"),
        *_texts("title", "summary", "markdown", "saved_by"),
        *_moments("saved_at", "replaced_at"),
        *_ids("saved_by_id", nullable=True),
        _primary_key("version"),
        _of("version", "project_id", "project"),
    )
    newest_first = ["project_id", sa.text("replaced_at DESC")]
    op.create_index("ix_projects_version_project", "projects_version", newest_first)
    op.create_index(op.f("ix_projects_version_saved_by_id"), "projects_version", ["saved_by_id"])


def _attachment() -> None:
    op.create_table(
        "projects_attachment",
        *_ids("id", "request_id", "project_id", "file_id"),
        *_texts("title"),
        sa.Column("is_picture", sa.Boolean(), nullable=False),
        *_moments("added_at"),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("moment", sa.Text(), server_default="", nullable=False),
        _version_column(),
        _primary_key("attachment"),
        _once("attachment"),
        _of("attachment", "project_id", "project"),
    )
    op.create_index(
        op.f("ix_projects_attachment_project_id"), "projects_attachment", ["project_id"]
    )


def _stage() -> None:
    op.create_table(
        "projects_stage",
        *_ids("id", "request_id", "project_id"),
        *_texts("title"),
        *_days("due_on", "promised_on", nullable=False),
        *_days("reached_on"),
        *_moments("heard_at"),
        *_moments("late_told_at", nullable=True),
        _version_column(),
        _primary_key("stage"),
        _once("stage"),
        _of("stage", "project_id", "project"),
    )
    op.create_index("ix_projects_stage_project", "projects_stage", ["project_id", "due_on"])
    waiting = sa.text("reached_on IS NULL")
    op.create_index("ix_projects_stage_due", "projects_stage", ["due_on"], postgresql_where=waiting)


def _news() -> None:
    op.create_table(
        "projects_news",
        *_ids("id", "request_id", "project_id"),
        *_ids("stage_id", "attachment_id", nullable=True),
        *_texts("text"),
        *_moments("at"),
        _primary_key("news"),
        _once("news"),
        _of("news", "project_id", "project"),
    )
    newest_first = ["project_id", sa.text("at DESC")]
    op.create_index("ix_projects_news_project", "projects_news", newest_first)
    op.create_index(op.f("ix_projects_news_stage_id"), "projects_news", ["stage_id"])


def _money() -> None:
    op.create_table(
        "projects_programme",
        *_ids("id", "request_id"),
        *_texts("name", "name_key", "source"),
        _version_column(),
        _primary_key("programme"),
        _once("programme"),
        _once("programme", "name_key"),
    )
    op.create_table(
        "projects_share",
        *_ids("project_id", "programme_id"),
        *_sums("cents", "given"),
        *_texts("currency"),
        _primary_key("share", "project_id", "programme_id"),
        _of("share", "project_id", "project"),
        _of("share", "programme_id", "programme"),
    )
    op.create_table(
        "projects_payment",
        *_ids("id", "request_id", "project_id", "programme_id"),
        *_days("paid_on", nullable=False),
        *_texts("document", "currency"),
        *_sums("cents", "given"),
        _primary_key("payment"),
        _once("payment"),
        _of("payment", "project_id", "project"),
        _of("payment", "programme_id", "programme"),
    )
    for name in ("project", "programme"):
        columns = [f"{name}_id", "paid_on"]
        op.create_index(f"ix_projects_payment_{name}", "projects_payment", columns)


def _question() -> None:
    op.create_table(
        "projects_question",
        *_ids("id", "request_id", "project_id"),
        *_texts("channel", "language", "asked", "answer"),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        *_ids("person_id", nullable=True),
        *_moments("sent_at"),
        *_moments("decided_at", nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        _version_column(),
        _primary_key("question"),
        _once("question"),
        _of("question", "project_id", "project"),
    )
    op.create_index(op.f("ix_projects_question_person_id"), "projects_question", ["person_id"])
    newest_first = ["project_id", sa.text("decided_at DESC")]
    op.create_index("ix_projects_question_project", "projects_question", newest_first)
    waiting = sa.text("decided_at IS NULL")
    op.create_index(
        "ix_projects_question_waiting", "projects_question", ["sent_at"], postgresql_where=waiting
    )


def downgrade() -> None:
    tables = ("question", "payment", "share", "programme", "news", "stage", "attachment")
    for table in (*tables, "version", "project"):
        op.drop_table(f"projects_{table}")
