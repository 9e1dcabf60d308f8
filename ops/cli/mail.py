"""`obshto mail`: the outbox of a municipality, and reports of letters that came back."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import BinaryIO

import click
import psycopg
from sqlalchemy.exc import DBAPIError

from obshto.ops.config import ConfigError, read_config
from obshto.ops.db_session import at_work
from obshto.platform.keys.master import BadMasterKeys
from obshto.platform.notify.bounces.report_parser import LARGEST, Verdict, read_verdict
from obshto.platform.notify.bounces.services import take_verdict
from obshto.platform.notify.delivery_stats import outbox_numbers
from obshto.platform.notify.settings import NotifySettings, letters_settings
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.tenants.api import municipalities, scope_named

MOST = 1_000_000
BY = Principal.system("obshto mail")


@click.group()
def mail() -> None:
    """See how letters leave; take in the reports of those that came back."""


@mail.command()
@click.argument("tenant")
@click.option("--a-day", type=click.IntRange(1, MOST), help="How many may leave a day at most.")
@click.option(
    "--only-to-staff/--to-everybody",
    default=None,
    help="While the portal is tried out only those who work there get letters.",
)
def outbox(*, tenant: str, a_day: int | None, only_to_staff: bool | None) -> None:
    """Show the outbox of TENANT by state; set what is given, the change stands in its log."""
    config = read_config()
    with at_work(config):
        scope = scope_named(tenant)
        if scope is None:
            raise click.ClickException(
                f"There is no municipality {tenant}: see `obshto tenants list`."
            )
        with open_uow(scope, BY) as uow:
            before = letters_settings(uow)
            after = replace(
                before,
                letters_a_day=a_day or before.letters_a_day,
                only_to_staff=before.only_to_staff if only_to_staff is None else only_to_staff,
            )
            save_settings(uow, "notify", after, expected_version=version_of(uow, "notify"))
            uow.session.flush()
            _tell(uow, after)


def _tell(uow: UnitOfWork, settings: NotifySettings) -> None:
    for word, number in outbox_numbers(uow).items():
        told = f"{number / 100:.2f} %" if word == "letters.prompt" else f"{number}"
        click.echo(f"{word.removeprefix('letters.'):10} {told}")
    if settings.only_to_staff:
        click.echo("Only staff get letters.")


@mail.command("ingest-bounce")
@click.argument("recipient", required=False)
def ingest_bounce(*, recipient: str | None) -> None:
    """Read one letter from standard input: the report of a mail server that one of ours did not
    arrive (RFC 3464), or somebody's complaint (RFC 5965).

    RECIPIENT is the address it came to, if the mail server knows. What is no such report is
    dropped. Exit code 75 asks the mail server to come again: the database was away.
    """
    verdict = read_verdict(_read(sys.stdin.buffer), recipient or "")
    if verdict is None:
        click.echo("Nothing to do: no report that says anything of a letter of ours.")
        return
    try:
        is_taken = _take(verdict)
    except (BadMasterKeys, ConfigError, DBAPIError, psycopg.Error) as trouble:
        click.echo(f"Not now: {type(trouble).__name__}", err=True)
        sys.exit(os.EX_TEMPFAIL)
    click.echo("Noted." if is_taken else "Nothing to do: not signed by us, known already, or old.")


def _read(letter: BinaryIO) -> bytes:
    """As much as is looked at; the rest is taken too, or the mail server thinks we broke off."""
    read = letter.read(LARGEST)
    while letter.read(LARGEST):
        pass
    return read


def _take(verdict: Verdict) -> bool:
    config = read_config()
    with at_work(config):
        scopes = [one.slug for one in municipalities() if verdict.about.may_be_of(one.slug)]
        return any(_take_in(slug, verdict) for slug in scopes)


def _take_in(slug: str, verdict: Verdict) -> bool:
    scope = scope_named(slug)
    if scope is None:  # gone in this very moment
        return False
    with open_uow(scope, BY) as uow:
        return take_verdict(uow, verdict)
