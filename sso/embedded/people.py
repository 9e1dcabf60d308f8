"""The invented people of development, and what each may do where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from obshto.platform.permissions import Role
from obshto.platform.scope import Scope
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.embedded.book import EVERYWHERE, Account
from obshto.sso.organizations import REGION
from obshto.tenants.api import Profile, appoint, appoint_in_region, register_person

NAME = "embedded"  # what stands for the issuer, whose address follows the port
TWO = ("kula", "vidin")


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody invented, with the roles held wherever they belong."""

    key: str
    name: str
    note: str
    roles: tuple[Role, ...] = ()
    belongs_to: tuple[str, ...] = ()
    identifier: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@demo.example"

    @property
    def account(self) -> Account:
        return Account(
            subject=f"demo:{self.key}",
            name=self.name,
            email=self.email,
            note=self.note,
            belongs_to=self.belongs_to,
            identifier=self.identifier,
        )

    @property
    def profile(self) -> Profile:
        account = self.account
        return Profile(issuer=NAME, subject=account.subject, name=self.name, email=self.email)

    def works_in(self, place: str) -> bool:
        """Whoever belongs everywhere belongs to all municipalities, not to the region's team."""
        everywhere = EVERYWHERE in self.belongs_to and place != REGION
        return everywhere or place in self.belongs_to


PEOPLE = (
    DemoPerson(
        key="mayor",
        name="Ивайло Демирев",
        note="кмет, отговаря и за портала",
        roles=(Role.MAYOR, Role.ADMIN),
        belongs_to=(EVERYWHERE,),
    ),
    DemoPerson(
        key="secretary",
        name="Калина Вълева",
        note="секретар на общината, води и заседанията на съвета",
        roles=(Role.SECRETARY,),
        belongs_to=(EVERYWHERE,),
    ),
    DemoPerson(
        key="editor",
        name="Росица Пенкова",
        note="редактор",
        roles=(Role.EDITOR,),
        belongs_to=(EVERYWHERE,),
    ),
    DemoPerson(
        key="clerk",
        name="Мая Тошева",
        note="деловодител",
        roles=(Role.REGISTRY_CLERK,),
        belongs_to=(EVERYWHERE,),
    ),
    DemoPerson(
        key="clerk-of-two",
        name="Людмил Ганчев",
        note="деловодител в Кула и във Видин",
        roles=(Role.REGISTRY_CLERK,),
        belongs_to=TWO,
    ),
    DemoPerson(
        key="finance",
        name="Снежана Илчева",
        note="служител „Местни данъци и такси“",
        roles=(Role.FINANCE_OFFICER,),
        belongs_to=(EVERYWHERE,),
    ),
    DemoPerson(
        key="dpo",
        name="Огнян Радев",
        note="длъжностно лице по защита на данните",
        roles=(Role.DATA_PROTECTION_OFFICER,),
        belongs_to=(EVERYWHERE,),
    ),
    DemoPerson(
        key="operator",
        name="Десислава Митова",
        note="ИТ екип на областта",
        roles=(Role.OPERATOR,),
        belongs_to=(REGION,),
    ),
    DemoPerson(key="citizen", name="Цветан Лазаров", note="жител"),
    DemoPerson(
        key="citizen-eid",
        name="Невена Радулова",
        note="жителка, влиза с еАвтентикация",
        identifier="PNOBG-7501010010",
    ),
)


def seed_people(scope: Scope) -> None:
    """Everybody exists; those who work in this municipality hold their roles in it."""
    appoint_people(scope, {person: register_person(person.profile) for person in PEOPLE})


def appoint_people(scope: Scope, known: Mapping[DemoPerson, UUID]) -> None:
    """Those who work in this municipality hold their roles in it."""
    with open_uow(scope, Principal.system("seed")) as uow:
        for person, person_id in known.items():
            for role in person.roles if person.works_in(scope.slug) else ():
                appoint(uow, person_id, role)


def seed_region_team() -> None:
    """The region's own team may work on the operations host."""
    for person in PEOPLE:
        if REGION in person.belongs_to:
            for role in person.roles:
                appoint_in_region(register_person(person.profile), role)
