"""The way of a command into the database, whose troubles become sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from flask import Flask
from psycopg.errors import InvalidSchemaName, UndefinedTable
from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.exc import DBAPIError

from obshto.ops.compose import compose
from obshto.ops.config import Config, ConfigError

NO_TABLES = "The database has no tables yet: run `obshto migrate` first."


@contextmanager
def reached(address: URL) -> Iterator[Engine]:
    """An engine over the address, disposed of at the end.

    Raises ConfigError when the server does not answer, or when nothing was migrated.
    """
    engine = create_engine(address)
    try:
        yield engine
    except psycopg.Error as error:  # the reader of hosts goes past SQLAlchemy
        _explain(error, address)
        raise
    except DBAPIError as error:
        _explain(error.orig, address)
        raise
    finally:
        engine.dispose()


@contextmanager
def at_work(config: Config) -> Iterator[Flask]:
    """The app within its context, for a command that acts as a page would.

    Raises ConfigError as `reached` does.
    """
    with reached(config.database), (app := compose(config)).app_context():
        yield app


def _explain(error: BaseException | None, address: URL) -> None:
    if isinstance(error, (UndefinedTable, InvalidSchemaName)):
        raise ConfigError(NO_TABLES) from error
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        where = f"{address.host or 'localhost'}, database {address.database}"
        raise ConfigError(
            f"{address.username} does not get in ({where}): start PostgreSQL, or mend the address."
        ) from error
