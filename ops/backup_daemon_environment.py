"""What the keeper is told, and no other process: the logins that own and that read everything."""

from __future__ import annotations

from obshto.ops.config import Config, child_environment


def backup_daemon_environment(config: Config) -> dict[str, str]:
    """The environment of `python -m obshto.ops.backup_daemon`."""
    return child_environment(config) | {
        "MIGRATOR_URL": config.migrator_url,
        "BACKUP_URL": config.backup_url,
        "BACKUP_DIR": str(config.backup_dir),
    }
