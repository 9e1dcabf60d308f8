"""The command line: each file of this folder is one command of the same name."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import click

from obshto.ops.gc_tuning import gc_frozen

with gc_frozen():
    from obshto.ops.backup.errors import BackupRefused
    from obshto.ops.bootstrap_db import NotPreparable
    from obshto.ops.config import ConfigError
    from obshto.ops.keycloak.distribution import KeycloakNotHad
    from obshto.ops.local import ServerFailed, ServerInUse, ServerNotInstalled
    from obshto.ops.migrate import MigrationFailed
    from obshto.ops.supervise import AlreadyRunning, ChildEnded, PortTaken
    from obshto.platform.db.pooler import PoolerRefused
    from obshto.platform.keys.master import BadMasterKeys

# Refusals that carry their own remedy; a person sees the sentence, not a traceback.
REFUSALS = (
    AlreadyRunning,
    BackupRefused,
    BadMasterKeys,
    ChildEnded,
    ConfigError,
    KeycloakNotHad,
    MigrationFailed,
    NotPreparable,
    PoolerRefused,
    PortTaken,
    ServerFailed,
    ServerInUse,
    ServerNotInstalled,
)


#: Names of before 0.10: they still work for one release and say what they are called now.
RENAMED = {
    "words": ("i18n",),
    "letters": ("mail", "outbox"),
    "bounce": ("mail", "ingest-bounce"),
}


class CommandsOfThisFolder(click.Group):
    """Finds commands by their file, so that none has to be listed; imports only what is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(found.name for found in pkgutil.iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in RENAMED:
            return self._renamed(ctx, cmd_name)
        if cmd_name not in self.list_commands(ctx):
            return None
        with gc_frozen():
            command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command), f"{cmd_name}.py needs a command {cmd_name}"
        return command

    def _renamed(self, ctx: click.Context, old: str) -> click.Command | None:
        name, *inner = RENAMED[old]
        click.echo(f"`obshto {old}` is called `obshto {' '.join((name, *inner))}` now.", err=True)
        command = self.get_command(ctx, name)
        for word in inner:
            command = command.get_command(ctx, word) if isinstance(command, click.Group) else None
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except REFUSALS as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.group(cls=CommandsOfThisFolder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="obshto")
def main() -> None:
    """Obshto: one platform that small municipalities share."""
