"""Alembic over many schemas: the same steps in each municipality, another chain for the region.

Migrations name no schema: the runner sets the search path of each schema's transaction, because
most operations of Alembic do not heed `schema_translate_map`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData
from sqlalchemy.sql.schema import BLANK_SCHEMA, SchemaItem

from obshto.platform.db.base import RETIRED, SharedModel, TenantModel

LIMITS = "SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '60s'"


class Target(StrEnum):
    """Where a chain of migrations runs; also the folder below a part's `migrations/`."""

    SHARED = "shared"
    TENANT = "tenant"


@dataclass(frozen=True)
class Chain:
    """The migrations of every part for one target: a branch each, so `heads` is their end."""

    target: Target
    folders: tuple[Path, ...]

    @cached_property
    def config(self) -> Config:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "scripts"))
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", "\n".join(map(str, self.folders)))
        return config

    @cached_property
    def scripts(self) -> ScriptDirectory:
        return ScriptDirectory.from_config(self.config)

    @cached_property
    def metadata(self) -> MetaData:
        """The tables of the target as models, without their schema."""
        plain = MetaData(naming_convention=self._models.naming_convention)
        for table in self._models.sorted_tables:
            table.to_metadata(
                plain,
                schema=None,  # type: ignore[arg-type]  # no schema; the annotation forgets it
                referred_schema_fn=lambda *args: BLANK_SCHEMA,  # type: ignore[arg-type]
            )
        return plain

    @property
    def retired(self) -> frozenset[tuple[str, str]]:
        """(table, column) that no model has any more and the next release drops."""
        tables = self._models.tables.values()
        return frozenset((one.name, name) for one in tables for name in one.info.get(RETIRED, ()))

    @property
    def _models(self) -> MetaData:
        model = SharedModel if self.target is Target.SHARED else TenantModel
        return model.metadata

    @property
    def heads(self) -> frozenset[str]:
        return frozenset(self.scripts.get_heads())

    @property
    def state(self) -> str:
        """One word for „everything has run“, kept beside each municipality."""
        return " ".join(sorted(self.heads))


def chain(target: Target, part_folders: Iterable[Path]) -> Chain:
    """The chain of those parts that have migrations for the target."""
    folders = (folder / "migrations" / target for folder in part_folders)
    return Chain(target, tuple(folder for folder in folders if folder.is_dir()))


def upgrade(connection: Connection, schema: str, of: Chain, to: str = "heads") -> None:
    """Run what is missing, inside the caller's transaction, in one schema."""
    _run(connection, schema, of, to, lambda rev, ctx: of.scripts._upgrade_revs(to, rev))


def downgrade(connection: Connection, schema: str, of: Chain, to: str = "base") -> None:
    """Undo down to a revision. For tests and for a release that is taken back."""
    _run(connection, schema, of, to, lambda rev, ctx: of.scripts._downgrade_revs(to, rev))


def revisions(connection: Connection, schema: str) -> frozenset[str]:
    """What has run in a schema."""
    _enter(connection, schema)
    return frozenset(MigrationContext.configure(connection).get_current_heads())


def differences(connection: Connection, schema: str, of: Chain) -> list[Any]:
    """What Alembic would still change for the tables to be as the models say; empty when clean."""
    _enter(connection, schema)
    retired = of.retired

    def is_compared(item: SchemaItem, name: str | None, kind: str, *more: Any) -> bool:
        return not (isinstance(item, Column) and (item.table.name, name) in retired)

    options = {"compare_type": True, "compare_server_default": True, "include_object": is_compared}
    context = MigrationContext.configure(connection, opts=options)
    found: list[Any] = compare_metadata(context, of.metadata)
    return found


def _run(
    connection: Connection, schema: str, of: Chain, to: str, steps: Callable[[Any, Any], Any]
) -> None:
    _enter(connection, schema)
    with EnvironmentContext(of.config, of.scripts, fn=steps, destination_rev=to) as environment:
        environment.configure(
            connection=connection, target_metadata=of.metadata, transaction_per_migration=False
        )
        environment.run_migrations()


def _enter(connection: Connection, schema: str) -> None:
    for statement in (*LIMITS.split("; "), f'SET LOCAL search_path = "{schema}"'):
        connection.exec_driver_sql(statement)
    # Alembic asks the dialect which schema a nameless table lies in.
    connection.dialect.default_schema_name = schema
