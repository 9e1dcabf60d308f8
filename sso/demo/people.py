"""Who the eight are."""

from __future__ import annotations

from dataclasses import dataclass

from obshto.platform.permissions import Role
from obshto.platform.scope import Scope
from obshto.platform.work import Principal, working
from obshto.tenants.api import Profile, appoint, register_person

TWO = frozenset({"kula", "vidin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody invented. `only` names the municipalities where the roles are held; None is all."""

    key: str
    name: str
    roles: tuple[Role, ...] = ()
    only: frozenset[str] | None = None
    is_regional: bool = False

    @property
    def profile(self) -> Profile:
        return Profile(subject=f"demo:{self.key}", name=self.name, email=f"{self.key}@demo.example")

    def works_in(self, municipality: str) -> bool:
        return self.only is None or municipality in self.only


PEOPLE = (
    DemoPerson(key="mayor", name="Ивайло Демирев", roles=(Role.MAYOR, Role.ADMIN)),
    DemoPerson(key="editor", name="Росица Пенкова", roles=(Role.EDITOR,)),
    DemoPerson(key="clerk", name="Мая Тошева", roles=(Role.REGISTRY_CLERK,)),
    DemoPerson(key="clerk-of-two", name="Людмил Ганчев", roles=(Role.REGISTRY_CLERK,), only=TWO),
    DemoPerson(key="finance", name="Снежана Илчева", roles=(Role.FINANCE_OFFICER,)),
    DemoPerson(key="dpo", name="Огнян Радев", roles=(Role.DATA_PROTECTION_OFFICER,)),
    DemoPerson(key="operator", name="Десислава Митова", is_regional=True),
    DemoPerson(key="citizen", name="Цветан Лазаров"),
)
BY_KEY = {person.key: person for person in PEOPLE}


def seed_people(scope: Scope) -> None:
    """Everybody exists; those who work in this municipality hold their roles in it."""
    known = {person: register_person(person.profile) for person in PEOPLE}
    with working(scope, Principal.system("seed")) as work:
        for person, person_id in known.items():
            for role in person.roles if person.works_in(scope.slug) else ():
                appoint(work, person_id, role)
