"""What can be wrong with a backup; each message says how to mend it."""

from __future__ import annotations

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from obshto.platform.keys.master import BadMasterKeys


class BackupRefused(Exception):
    """Nothing was changed. The message is a sentence for the administrator."""


class BadBackup(BackupRefused):
    """The file is not a whole, untouched backup of ours."""


class TooNew(BackupRefused):
    """The backup knows migrations that this release does not have."""


class NoRoom(BackupRefused):
    """The disk would be full before the backup is whole."""


# What ends the work on one municipality and must not end that on the others.
TROUBLES = (BackupRefused, BadMasterKeys, OSError, psycopg.Error, SQLAlchemyError)


def told(trouble: Exception) -> str:
    """What may stand on the board: an error of the database repeats values, so its type alone."""
    if isinstance(trouble, (BackupRefused, BadMasterKeys, OSError)):
        return str(trouble)
    return type(getattr(trouble, "orig", None) or trouble).__name__
