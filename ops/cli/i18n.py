"""`obshto i18n`: message catalogues, extracted, translated, compiled, checked."""

from __future__ import annotations

import click

from obshto.ops import i18n as catalogues
from obshto.ops.catalogues import messages


@click.group()
def i18n() -> None:
    """Collect, translate, compile or check the texts for people."""


@i18n.command()
def extract() -> None:
    """Say how many texts each part has."""
    for folder, template in catalogues.extract().items():
        click.echo(f"{len(messages(template)):5}  {folder}")


@i18n.command()
def update() -> None:
    """Bring the catalogues to what code and templates say now."""
    catalogues.update()


@i18n.command("compile")
def compile_() -> None:
    """Compile the catalogues that changed."""
    for path in catalogues.compile_all():
        click.echo(str(path.relative_to(catalogues.ROOT)))


@i18n.command()
def check() -> None:
    """Print every fault; exit code 1 if there is any."""
    faults = catalogues.check()
    for fault in faults or ["Nothing is missing."]:
        click.echo(fault)
    raise SystemExit(bool(faults))
