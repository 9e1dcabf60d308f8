"""What must be known of a municipality before it comes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.platform.modularity.registry import current_registry
from obshto.platform.notify.letter import is_address
from obshto.platform.scope import is_slug
from obshto.platform.web.forms import ChoicesField, FlaskForm, UuidField, at_most

NAME, REASON = 80, 300


class WelcomeForm(FlaskForm):
    """Name, address, modules, who answers for it."""

    request_id = UuidField(default=uuid4)
    bg = StringField(_("Име на общината"), [DataRequired(_("Напишете името")), at_most(NAME)])
    en = StringField(_("Име на английски"), [DataRequired(_("Напишете името")), at_most(NAME)])
    ro = StringField(_("Име на румънски"), [Optional(), at_most(NAME)])
    slug = StringField(_("Адрес на портала"), [DataRequired(_("Изберете адрес")), at_most(31)])
    phone = StringField(_("Телефон за граждани"), [Optional(), at_most(NAME)])
    email = StringField(_("Имейл за граждани"), [Optional(), at_most(NAME)])
    modules = ChoicesField(_("Модули, с които започва"), [Optional()], choices=[])
    admin_name = StringField(
        _("Администратор на портала"), [DataRequired(_("Напишете името")), at_most(NAME)]
    )
    admin_email = StringField(
        _("Имейл на този човек"), [DataRequired(_("Напишете имейла")), at_most(NAME)]
    )
    reason = StringField(
        _("Основание"), [DataRequired(_("Въведете основание: остава в дневника")), at_most(REASON)]
    )

    def offer(self) -> None:
        """The modules, all chosen at first."""
        modules = current_registry().modules()
        self.modules.choices = [SelectChoice(it.slug, it.title) for it in modules]
        if not self.is_submitted():
            self.modules.data = [it.slug for it in modules]

    def validate_slug(self, field: StringField) -> None:
        if not is_slug((field.data or "").strip()):
            message = gettext("Само малки латински букви, цифри и тире")
            raise ValidationError(message)

    def validate_admin_email(self, field: StringField) -> None:
        if not is_address((field.data or "").strip()):
            raise ValidationError(gettext("Напишете имейл като ime@obshtina.bg"))

    def validate_email(self, field: StringField) -> None:
        if field.data and not is_address(field.data.strip()):
            raise ValidationError(gettext("Напишете имейл като ime@obshtina.bg"))

    def given(self) -> dict[str, Any]:
        """What is kept of it."""
        bg, en = self.bg.data.strip(), self.en.data.strip()
        ro = (self.ro.data or "").strip() or en
        return {
            "names": {"bg": bg, "en": en, "ro": ro},
            "titles": {"bg": f"Община {bg}", "en": f"{en} Municipality", "ro": f"Comuna {ro}"},
            "phone": (self.phone.data or "").strip(),
            "email": (self.email.data or "").strip(),
            "modules": sorted(self.modules.data or []),
            "admin_name": self.admin_name.data.strip(),
            "admin_email": self.admin_email.data.strip(),
        }
