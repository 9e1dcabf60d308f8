"""The command line: each file of this folder is one command of the same name."""

from __future__ import annotations

import ast
import pkgutil
from importlib import import_module
from pathlib import Path

import click

from obshto.ops.gc_tuning import gc_frozen

# Refusals that carry their own remedy; a person sees the sentence, not a traceback. They are known
# by name: whoever only asks for help waits for none of what raises them.
REFUSALS = frozenset(
    {
        "obshto.ops.backup.errors.BackupRefused",
        "obshto.ops.bootstrap_db.NotPreparable",
        "obshto.ops.config.ConfigError",
        "obshto.ops.keycloak.distribution.KeycloakNotHad",
        "obshto.ops.local.ServerFailed",
        "obshto.ops.local.ServerInUse",
        "obshto.ops.local.ServerNotInstalled",
        "obshto.ops.migrate.MigrationFailed",
        "obshto.ops.supervise.AlreadyRunning",
        "obshto.ops.supervise.ChildEnded",
        "obshto.ops.supervise.PortTaken",
        "obshto.platform.db.pooler.PoolerRefused",
        "obshto.platform.keys.master.BadMasterKeys",
    }
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
        except Exception as error:
            if is_refusal(error):
                raise click.ClickException(str(error)) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of the help, out of the files as they are written: nothing is imported."""
        names = self.list_commands(ctx)
        most = formatter.width - 6 - max(map(len, names))
        with formatter.section("Commands"):
            formatter.write_dl([(name, said_in_file(name, most)) for name in names])


def is_refusal(error: Exception) -> bool:
    """Whether it, or what it is a kind of, is one of `REFUSALS`."""
    return any(f"{kind.__module__}.{kind.__qualname__}" in REFUSALS for kind in type(error).__mro__)


def said_in_file(name: str, most: int) -> str:
    """What the command of this file says of itself, cut to so many characters as click does."""
    tree = ast.parse((Path(__path__[0]) / f"{name}.py").read_text("utf-8"))
    functions = (part for part in tree.body if isinstance(part, ast.FunctionDef))
    said = next((ast.get_docstring(one) for one in functions if one.name == name), None)
    return click.Command(name, help=said).get_short_help_str(most)


@click.group(cls=CommandsOfThisFolder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="obshto")
def main() -> None:
    """Obshto: one platform that small municipalities share."""
