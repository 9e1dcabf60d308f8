"""What can be wrong with a backup; each message says how to mend it."""

from __future__ import annotations


class BackupRefused(Exception):
    """Nothing was changed. The message is a sentence for the administrator."""


class BadBackup(BackupRefused):
    """The file is not a whole, untouched backup of ours."""


class TooNew(BackupRefused):
    """The backup knows migrations that this release does not have."""


class NoRoom(BackupRefused):
    """The disk would be full before the backup is whole."""
