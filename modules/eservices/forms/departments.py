"""Forms of departments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from obshto.modules.eservices.services.catalogue import Service
from obshto.platform.web.forms import (
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)
from obshto.platform.web.language import SOURCE


class _DepartmentFields(FlaskForm):
    name = StringField(_("Име на отдела"), [DataRequired(_("Напишете името")), at_most(60)])
    services = ChoicesField(_("Услуги"), [DataRequired(_("Изберете поне една услуга"))])
    members = ChoicesField(_("Хора"))

    def offer(self, services: Iterable[Service], people: Mapping[UUID, str]) -> None:
        """What it may work on, who may be in it."""
        self.services.choices = [
            SelectChoice(one.key, one.title, render_kw={"lang": SOURCE}) for one in services
        ]
        self.members.choices = [SelectChoice(str(key), name) for key, name in people.items()]

    def department(self) -> tuple[str, Collection[str], Collection[UUID]]:
        """As typed. Only for a form that has passed its checks."""
        members = [UUID(one) for one in self.members.data or ()]
        return " ".join(self.name.data.split()), self.services.data, members


class DepartmentForm(_DepartmentFields):
    """A new department: its name, its services, who is in it."""

    request_id = UuidField(default=uuid4)


class DepartmentChangeForm(_DepartmentFields):
    """The same of a department that is there."""

    expected_version = ExpectedVersionField()
