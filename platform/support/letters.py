"""Letters that ask for support: the link of one counts who has no account, the same takes it back.

Nothing is kept of an address before its reader presses the button behind the link.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import gettext

from obshto.platform.keys.link_tokens import NoSuchLink, make_token, read_token
from obshto.platform.notify.outbox import put_letter
from obshto.platform.support.errors import LinkTooOld
from obshto.platform.support.services import Supporter
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

UNCONFIRMED = timedelta(days=7)  # then it was no wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Supportable:
    """A public thing of a part, as the letter calls it: `name` in its subject, `title` in it.

    `path` is where the links of the part open, below the host: „/proposals/support“. `fact` is
    the event by whose name the outbox says why the letter was written.
    """

    part: str
    object_id: UUID
    name: str
    title: str
    path: str
    fact: str


@dataclass(frozen=True, slots=True)
class SupportLink:
    """A link of a letter, opened: which thing, which address, whether it still confirms."""

    object_id: UUID
    supporter: Supporter
    is_stale: bool

    def expect_fresh(self) -> None:
        """Raises LinkTooOld."""
        if self.is_stale:
            raise LinkTooOld


def ask_to_support(uow: UnitOfWork, thing: Supportable, email: str, *, language: str) -> None:
    """A letter to the address, with the link that counts it; one an hour."""
    supporter = Supporter(email=email, language=language)
    hour = f"{uow.now:%Y%m%d%H}"
    cause = uuid5(NAMESPACE_URL, f"{thing.object_id}|{supporter.known_by}|{hour}")
    with speaking(language):
        subject = gettext("Потвърдете подкрепата си: %(thing)s", thing=thing.name)
        text = gettext(
            "Някой, вероятно Вие, поиска да подкрепи „%(title)s“. Ако сте Вие, отворете тази"
            " страница и натиснете бутона: %(page)s",
            title=thing.title,
            page=support_page(uow, thing.part, thing.path, thing.object_id, supporter),
        )
        end = gettext("Ако не сте Вие, не правете нищо. Никой няма да види имейла.")
    put_letter(
        uow,
        id=cause,
        cause=cause,
        fact=thing.fact,
        language=language,
        words=(subject, f"{text}\n\n{end}\n"),
        recipient=email.strip(),
    )


def support_page(
    uow: UnitOfWork, part: str, path: str, object_id: UUID, supporter: Supporter
) -> str:
    """The address of the page where who has no account gives support and takes it back."""
    values = {
        "id": str(object_id),
        "email": supporter.email.strip(),
        "language": supporter.language,
    }
    prefix = "" if supporter.language == SOURCE else f"/{supporter.language}"
    token = make_token(_purpose(part), values, at=uow.now)
    return f"{uow.scope.address}{prefix}{path}/{token}"


def opened_support_link(uow: UnitOfWork, part: str, token: str) -> SupportLink:
    """Raises NoSuchLink."""
    values, at = read_token(_purpose(part), token)
    try:
        supporter = Supporter(email=values["email"], language=values["language"])
        return SupportLink(UUID(values["id"]), supporter, uow.now - at > UNCONFIRMED)
    except (KeyError, ValueError):
        raise NoSuchLink from None


def _purpose(part: str) -> str:
    return f"{part}_support.link"
