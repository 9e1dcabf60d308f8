"""Forms of the service designer: a service, its steps and questions, its papers, its publishing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.eservices.forms.acts import printable, printable_with_boxes
from obshto.modules.eservices.services.catalogue import NEEDS, Service
from obshto.modules.eservices.services.design.texts import EXPLAINED
from obshto.platform.clock import today
from obshto.platform.questionnaires.questions import Words
from obshto.platform.settings.forms import NumberField
from obshto.platform.web.forms import (
    ChoiceField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)
from obshto.platform.web.language import LANGUAGES, SOURCE

FOREIGN = tuple(language for language in LANGUAGES if language != SOURCE)
LANGUAGE_NAMES = {"en": _("на английски"), "ro": _("на румънски")}
SHORT, LONG, PAPER = 200, 500, 8000
NEED_CHOICES = [SelectChoice(key, words) for key, words in NEEDS.items()]


def no_braces(form: FlaskForm, field: Field) -> None:
    """Words are no templates. Raises ValidationError."""
    if "{" in (field.data or "") or "}" in (field.data or ""):
        raise ValidationError(gettext("Махнете скобите { и }: те са за полетата в документите"))


def not_past(form: FlaskForm, field: Field) -> None:
    """Raises ValidationError."""
    if field.data and field.data < today():
        raise ValidationError(gettext("Напишете днешния или по-късен ден"))


def enough_days(form: FlaskForm, field: Field) -> None:
    """Mayors have a week to decide. Raises ValidationError."""
    if field.data and field.data < today() + timedelta(days=DAYS_TO_DECIDE):
        raise ValidationError(gettext("Напишете ден, който е поне след 7 дни"))


DAYS_TO_DECIDE = 7
WORDS = (at_most(SHORT), printable, no_braces)
TEXT = (at_most(LONG), printable, no_braces)


class NewServiceForm(FlaskForm):
    """A service begins: with a name, from nothing or from another one."""

    request_id = UuidField(default=uuid4)
    title = StringField(
        _("Как се казва услугата?"),
        [DataRequired(_("Напишете името на услугата")), *WORDS],
        description=_("Например: Разрешение за ползване на спортната зала"),
    )
    need = ChoiceField(
        _("При кои услуги стои?"),
        choices=[SelectChoice(key, words) for key, words in NEEDS.items()],
    )
    origin = ChoiceField(
        _("От какво започвате?"),
        description=_("От готова услуга се копират въпросите, документът и срокът."),
    )

    def offer(self, services: Mapping[str, Service]) -> NewServiceForm:
        """The services to copy from."""
        told = [SelectChoice(s.key, s.title) for s in services.values()]
        self.origin.choices = [SelectChoice("", _("От нищо")), *told]
        return self


class DesignFileForm(FlaskForm):
    """A service out of a file of another municipality."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Файл с услуга"), [FileRequired(_("Изберете файл"))])


class DesignForm(FlaskForm):
    """What all forms of a design carry. A field's description is its hint."""

    expected_version = ExpectedVersionField()

    def words(self, name: str) -> dict[str, str]:
        """What was typed in each language; only the Bulgarian must be."""
        told = {SOURCE: self[name].data or ""}
        told |= {lang: self[f"{name}_{lang}"].data or "" for lang in FOREIGN}
        return {lang: text.strip() for lang, text in told.items() if text.strip()}

    def lines(self, name: str) -> dict[str, list[str]]:
        """The same of a box with one thing on each line.

        Fewer translations than things: an empty line keeps the place of what has none.
        """
        told = {SOURCE: list(filter(None, _lines(self[name].data)))}
        for lang in FOREIGN:
            lines = _lines(self[f"{name}_{lang}"].data)
            said = list(filter(None, lines))
            told[lang] = said if len(said) >= len(told[SOURCE]) else lines
        return told


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines()]


def spread(name: str, words: Words | None) -> dict[str, str]:
    """Words by language as the boxes of a form hold them."""
    told = words or {}
    return {name: told.get(SOURCE, "")} | {f"{name}_{lang}": told.get(lang, "") for lang in FOREIGN}


class AboutForm(DesignForm):
    """What the catalogue says of it."""

    title = StringField(_("Име на услугата"), [DataRequired(_("Напишете името")), *WORDS])
    need = ChoiceField(
        _("При кои услуги стои?"),
        choices=[SelectChoice(key, words) for key, words in NEEDS.items()],
    )
    law = TextAreaField(
        _("Правно основание"),
        [DataRequired(_("Напишете закона, наредбата или решението")), *TEXT],
        description=_("Например: Наредба за спортните имоти, чл. 12; решение № 45 от 2026 г."),
    )
    who = TextAreaField(
        _("Кой може да я поиска?"),
        [Optional(), *TEXT],
        description=_("Ако е празно, пише: всеки, който има право или интерес"),
    )
    title_en = StringField(_("Име на английски"), [Optional(), *WORDS])
    title_ro = StringField(_("Име на румънски"), [Optional(), *WORDS])


class StepDesignForm(DesignForm):
    """A step: a page with a few questions that belong together."""

    title = StringField(
        _("Заглавие на стъпката"),
        [DataRequired(_("Напишете заглавие")), *WORDS],
        description=_("Например: Кога и за какво Ви трябва залата"),
    )
    title_en = StringField(_("Заглавие на английски"), [Optional(), *WORDS])
    title_ro = StringField(_("Заглавие на румънски"), [Optional(), *WORDS])


class DocumentDesignForm(DesignForm):
    """The texts that are printed: what is issued, and the application on paper."""

    title = StringField(_("Заглавие на документа"), [DataRequired(_("Напишете заглавие")), *WORDS])
    lines = TextAreaField(
        _("Текст на документа"),
        [DataRequired(_("Напишете текста")), at_most(PAPER), printable_with_boxes],
        description=EXPLAINED,
    )
    signed_by = StringField(
        _("Кой подписва, по длъжност"), [DataRequired(_("Напишете длъжността")), *WORDS]
    )
    valid_months = NumberField(
        _("Колко месеца важи документът"),
        [Optional(), NumberRange(1, 120, _("Въведете число от 1 до 120"))],
        error=_("Въведете число от 1 до 120"),
        description=_("Оставете празно, ако е без срок"),
    )
    is_renewed = BooleanField(_("Притежателят може да го поднови: порталът му напомня навреме"))
    form = TextAreaField(
        _("Заявлението на хартия"),
        [Optional(), at_most(PAPER), printable_with_boxes],
        description=_("Оставете празно: порталът го съставя сам от въпросите"),
    )


class LettersForm(DesignForm):
    """What the letters to who applied say beside the usual."""

    sent = TextAreaField(_("Когато получим заявлението"), [Optional(), at_most(1000), no_braces])
    issued = TextAreaField(_("Когато документът е готов"), [Optional(), at_most(1000), no_braces])
    refused = TextAreaField(_("Когато откажем"), [Optional(), at_most(1000), no_braces])


class RowsDesignForm(DesignForm):
    """How many rows a repeating group has, and how they are drawn."""

    least = NumberField(
        _("Поне колко реда"),
        [Optional(), NumberRange(0, 50, _("Въведете число от 0 до 50"))],
        error=_("Въведете число от 0 до 50"),
        description=_("Оставете празно, ако няма най-малък брой"),
    )
    most = NumberField(
        _("Най-много колко реда"),
        [
            DataRequired(_("Въведете число от 2 до 50")),
            NumberRange(2, 50, _("Въведете число от 2 до 50")),
        ],
        error=_("Въведете число от 2 до 50"),
    )
    as_table = BooleanField(_("Покажете редовете като таблица"))

    def validate_least(self, field: Field) -> None:
        """Raises ValidationError."""
        if (field.data or 0) > (self.most.data or 0):
            raise ValidationError(gettext("Най-малкият брой е повече от най-големия"))

    def rows(self) -> dict[str, Any]:
        """The typed numbers, as `groups.set_rows` takes them."""
        least, most = self.least.data or 0, self.most.data
        return {"least": least, "most": most, "as_table": self.as_table.data}


class ApprovalsForm(DesignForm):
    """Which roles approve a decision before it is issued, in their order."""

    first = ChoiceField(_("Първо одобрение"))
    second = ChoiceField(_("Второ одобрение"))
    third = ChoiceField(_("Трето одобрение"))
    fourth = ChoiceField(_("Четвърто одобрение"))

    @property
    def places(self) -> tuple[ChoiceField, ...]:
        return (self.first, self.second, self.third, self.fourth)

    def offer(self, roles: Mapping[str, str], chosen: Sequence[str]) -> ApprovalsForm:
        """The roles to choose from, and one that is no longer there."""
        gone = {key: _("роля, която я няма вече") for key in chosen if key not in roles}
        known = {**gone, **roles}
        for at, box in enumerate(self.places):
            box.choices = [SelectChoice("", _("Няма"))] + [
                SelectChoice(key, words) for key, words in known.items()
            ]
            if not self.is_submitted():
                box.data = chosen[at] if at < len(chosen) else ""
        return self

    def chosen(self) -> list[str]:
        """The roles in their order, each once."""
        return list(dict.fromkeys(filter(None, (box.data for box in self.places))))


class RecordForm(FlaskForm):
    """The name of a trial that is kept."""

    request_id = UuidField(default=uuid4)
    name = StringField(
        _("Как да се казва случаят?"),
        [DataRequired(_("Напишете име")), *WORDS],
        description=_("Например: тържество с 40 гости, без намаление"),
    )


class PublishVersionForm(DesignForm):
    """What is new in a version, for who applies and for colleagues."""

    note = TextAreaField(
        _("Какво е новото в тази версия?"),
        [DataRequired(_("Напишете какво е новото")), at_most(LONG), printable],
    )
    due_on = DayField(
        _("До кога общините, които са я взели, имат нужда от тази версия?"),
        [Optional(), not_past],
        description=_("Например от кога е в сила законът. Те решават сами, но виждат датата."),
    )


class RegionForm(DesignForm):
    """From which day a service of the region is in force where nobody decided."""

    due_on = DayField(
        _("От кой ден важи там, където никой не е решил?"),
        [DataRequired(_("Напишете деня")), enough_days],
        description=_("Поне след 7 дни: кметовете получават писмо и може да приемат или откажат"),
    )


class RegionVersionForm(PublishVersionForm):
    """A new version of a service of the region: the day must be said."""

    due_on = DayField(
        _("От кой ден важи там, където никой не е решил?"),
        [DataRequired(_("Напишете деня")), enough_days],
        description=_("Поне след 7 дни: кметовете получават писмо и може да приемат или откажат"),
    )


class WithdrawServiceForm(DesignForm):
    """Why a service takes no more applications; people read it."""

    because = TextAreaField(
        _("Защо услугата се оттегля?"),
        [DataRequired(_("Напишете причината")), at_most(LONG), printable],
        description=_("Хората ще прочетат това на страницата на услугата"),
    )
