"""What the region's team fills in when something breaks or will be off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.ops.incidents.models import IncidentKind, Word, in_words
from obshto.ops.incidents.services import Announcement
from obshto.platform.clock import now
from obshto.platform.web.forms import (
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    MomentField,
    UuidField,
    at_most,
)

TEXT, REASON = 300, 300
AHEAD = timedelta(hours=24)  # maintenance is told a day before
WORDS = {
    Word.LOOKING: _("Търсим причината"),
    Word.FOUND: _("Намерихме причината"),
    Word.WATCHING: _("Наблюдаваме"),
    Word.RESOLVED: _("Готово"),
    Word.CANCELLED: _("Отменено"),
}


class InThreeLanguages(FlaskForm):
    """The same words in Bulgarian and, where somebody wrote them, in the others."""

    bg = TextAreaField(
        _("Съобщение на български"),
        [DataRequired(_("Напишете какво да прочетат хората")), at_most(TEXT)],
    )
    en = TextAreaField(_("На английски"), [Optional(), at_most(TEXT)])
    ro = TextAreaField(_("На румънски"), [Optional(), at_most(TEXT)])

    @property
    def texts(self) -> Mapping[str, str]:
        return in_words(self.bg.data, self.en.data, self.ro.data)


class AnnounceForm(InThreeLanguages):
    """An incident, or maintenance that is told a day before."""

    request_id = UuidField(default=uuid4)
    kind = RadioField(
        _("Какво съобщавате"),
        [DataRequired(_("Изберете"))],
        choices=[
            SelectChoice(IncidentKind.INCIDENT.value, _("Авария: нещо не работи сега")),
            SelectChoice(IncidentKind.MAINTENANCE.value, _("Профилактика: поне 24 часа по-рано")),
        ],
    )
    places = ChoicesField(_("Общини"), [Optional()], choices=[])
    starts_at = MomentField(_("Начало"), [Optional()])
    ends_at = MomentField(_("Край"), [Optional()])
    is_read_only = BooleanField(_("През това време порталът да е само за четене"))

    def offer(self, everyone: Iterable[Any], language: str) -> None:
        """The municipalities to choose from."""
        self.places.choices = [
            SelectChoice(it.slug, it.names.get(language) or it.names["bg"]) for it in everyone
        ]

    def validate_starts_at(self, field: MomentField) -> None:
        if self.kind.data != IncidentKind.MAINTENANCE:
            return
        if field.moment is None:
            raise ValidationError(gettext("Кога започва профилактиката"))
        if field.moment < now() + AHEAD:
            raise ValidationError(gettext("Предупредете поне 24 часа по-рано или изберете авария"))

    def validate_ends_at(self, field: MomentField) -> None:
        if self.kind.data == IncidentKind.MAINTENANCE and field.moment is None:
            raise ValidationError(gettext("Кога свършва профилактиката"))
        start = max(self.starts_at.moment or now(), now())
        if field.moment and field.moment <= start:
            raise ValidationError(gettext("Краят е след началото и след този момент"))

    def announcement(self) -> Announcement:
        """What was told."""
        is_planned = self.kind.data == IncidentKind.MAINTENANCE
        return Announcement(
            kind=IncidentKind(self.kind.data),
            texts=self.texts,
            municipalities=self.places.data or [],
            starts_at=(self.starts_at.moment if is_planned else None) or now(),
            ends_at=self.ends_at.moment,
            is_read_only=self.is_read_only.data,
        )


class MoreForm(InThreeLanguages):
    """What is new."""

    request_id = UuidField(default=uuid4)
    word = RadioField(
        _("Докъде сме"),
        [DataRequired(_("Изберете докъде сме"))],
        choices=[SelectChoice(it.value, said) for it, said in WORDS.items()],
    )


class ReadOnlyForm(FlaskForm):
    """Stop or resume changes, with the reason for the log."""

    expected_version = ExpectedVersionField()
    is_read_only = BooleanField(_("Порталът е само за четене"))
    ends_at = MomentField(_("Край"), [Optional()])
    reason = StringField(
        _("Защо"), [DataRequired(_("Въведете причина: остава в дневника")), at_most(REASON)]
    )

    def validate_ends_at(self, field: MomentField) -> None:
        if field.moment and field.moment <= now():
            raise ValidationError(gettext("Краят е след този момент"))
