"""`obshto bounce`: what a mail server hands on of letters that came back."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

import click
import psycopg
from sqlalchemy.exc import DBAPIError

from obshto.ops.config import ConfigError, read_config
from obshto.ops.db_session import at_work
from obshto.platform.keys.master import BadMasterKeys
from obshto.platform.notify.bounces.report_parser import LARGEST, Verdict, read_verdict
from obshto.platform.notify.bounces.services import take_verdict
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import municipalities, scope_named

BY = Principal.system("obshto bounce")


@click.command()
@click.argument("recipient", required=False)
def bounce(*, recipient: str | None) -> None:
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
