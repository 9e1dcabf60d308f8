"""What can be wrong with a backup; each message says how to mend it."""

from __future__ import annotations

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from obshto.platform.keys.master import BadMasterKeys


class BackupRefused(Exception):
    """Nothing was changed. The message is a sentence for the administrator at a shell.

    `word` names the kind, for pages that say it in the reader's language.
    """

    word = "refused"


class BadBackup(BackupRefused):
    """The file is not a whole, untouched backup of ours."""

    word = "bad-file"


class NoFile(BackupRefused):
    """The backup is not in the folder any more."""

    word = "no-file"


class KeyGone(BadBackup):
    """The data key that the backup needs was destroyed since."""

    word = "key-gone"


class AlreadyBeside(BackupRefused):
    """Something waits beside the municipality already."""

    word = "already-beside"


class NothingThere(BackupRefused):
    """What was to be swapped in, put back or thrown away is not there."""

    word = "nothing-there"


class Held(BackupRefused):
    """Somebody holds tables of the municipality; in a minute it may go."""

    word = "held"


class ErasedMeanwhile(BackupRefused):
    """Somebody was erased between the look and the lock: it may be repeated at once."""

    word = "erased-meanwhile"


class TooNew(BackupRefused):
    """The backup knows migrations that this release does not have."""

    word = "too-new"


class NoRoom(BackupRefused):
    """The disk would be full before the backup is whole."""

    word = "no-room"


# What ends the work on one municipality and must not end that on the others.
TROUBLES = (BackupRefused, BadMasterKeys, OSError, psycopg.Error, SQLAlchemyError)


def told(trouble: Exception) -> str:
    """What may stand on the board: an error of the database repeats values, so its type alone."""
    if isinstance(trouble, (BackupRefused, BadMasterKeys, OSError)):
        return str(trouble)
    return type(getattr(trouble, "orig", None) or trouble).__name__
