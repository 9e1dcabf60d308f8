"""The port to the embedded provider's people: the same promises as the real one's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid4, uuid5

import requests

from obshto.sso.embedded.book import Account, Book, Contents, Try, joined, parted
from obshto.sso.oidc import SECONDS, ProviderConfig
from obshto.sso.organizations import REGION
from obshto.tenants.ports import (
    Credential,
    CredentialKind,
    DirectoryUnavailable,
    Failure,
    Member,
    Trouble,
)


class EmbeddedDirectory:
    """Changes the book; asks the provider itself only to end sessions."""

    def __init__(self, book: Book, provider: ProviderConfig) -> None:
        self._book, self._provider = book, provider

    def ensure_organization(self, municipality: str, titles: Mapping[str, str]) -> str:
        with self._book.changing() as contents:
            # The same id after the data were reset: rows of ours may still name it.
            made = str(uuid5(NAMESPACE_URL, f"obshto:{municipality}"))
            return contents.organizations.setdefault(municipality, made)

    def remove_organization(self, municipality: str) -> None:
        with self._book.changing() as contents:
            contents.organizations.pop(municipality, None)
            for account in list(contents.accounts.values()):
                if municipality in account.belongs_to:
                    _part(contents, account, municipality)

    def members(self, municipality: str) -> Collection[Member]:
        contents = self._book.read()
        return [
            Member(
                name=account.name,
                email=account.email,
                subject=account.subject if account.has_answered else None,
                has_second_factor=account.has_second_factor,
            )
            for account in contents.accounts.values()
            if municipality in contents.organizations_of(account, REGION)
        ]

    def belongs(self, municipality: str, subject: str) -> bool:
        contents = self._book.read()
        account = contents.accounts.get(subject)
        return bool(account and municipality in contents.organizations_of(account, REGION))

    def invite(self, municipality: str, *, email: str, name: str, language: str) -> None:
        with self._book.changing() as contents:
            account = _by_email(contents, email) or Account(
                subject=f"invited:{uuid4()}",
                name=name,
                email=email.casefold(),
                language=language,
                has_answered=False,
            )
            contents.accounts[account.subject] = joined(account, municipality)

    def remove(self, municipality: str, *, email: str = "", subject: str = "") -> None:
        with self._book.changing() as contents:
            by_subject = contents.accounts.get(subject)
            if account := by_subject if subject else _by_email(contents, email):
                _part(contents, account, municipality)

    def ways(self, subject: str) -> Collection[Credential]:
        account = self._book.read().accounts.get(subject)
        return [
            Credential(
                kind=CredentialKind(way.kind),
                way_id=way.way_id,
                label="",
                made_at=datetime.fromisoformat(way.made_at),
            )
            for way in (account.ways if account else ())
        ]

    def forget_second_factor(self, subject: str) -> None:
        with self._book.changing() as contents:
            if account := contents.accounts.get(subject):
                contents.accounts[subject] = replace(account, ways=())

    def end_sessions(self, subject: str) -> None:
        self._end(subject=subject)

    def end_session(self, session: str) -> None:
        self._end(sid=session)

    def failures(self, since: datetime) -> Iterator[Sequence[Failure]]:
        found = [_failure(one) for one in self._book.read().tries]
        yield [one for one in found if one.at >= since]

    def new_addresses(self, since: datetime) -> Mapping[str, str]:
        return {
            account.subject: account.email
            for account in self._book.read().accounts.values()
            if account.moved_at and datetime.fromisoformat(account.moved_at) >= since
        }

    def _end(self, **which: str) -> None:
        us = (self._provider.client_id, self._provider.client_secret)
        address = f"{self._provider.issuer}/end-sessions"
        try:
            answer = requests.post(address, which, auth=us, timeout=SECONDS)
            answer.raise_for_status()
        except requests.RequestException as error:
            raise DirectoryUnavailable from error


def _failure(kept: Try) -> Failure:
    return Failure(
        failure_id=kept.try_id,
        at=datetime.fromisoformat(kept.at),
        why=Trouble(kept.why),
        subject=kept.subject,
    )


def _part(contents: Contents, account: Account, alias: str) -> None:
    municipalities = set(contents.organizations) - {REGION}
    contents.accounts[account.subject] = parted(account, alias, municipalities)


def _by_email(contents: Contents, email: str) -> Account | None:
    same = (a for a in contents.accounts.values() if a.email.casefold() == email.casefold())
    return next(same, None)
