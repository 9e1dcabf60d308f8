"""Forms of what has a number: followed by code, looked into, acted on, carried on elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.modularity.intakes import Transfer
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import SOURCE, speaking


class NumberAndCodeForm(RateLimitedForm):
    """Number and code, as they stand on the slip. Each module gives a `rate_limit` of its own."""

    request_id = UuidField(default=uuid4)
    number = StringField(_("Номер"), [DataRequired(_("Въведете номера")), at_most(20)])
    code = StringField(_("Код"), [DataRequired(_("Въведете кода")), at_most(60)])

    def validate_code(self, field: Field) -> None:
        """Raises ValidationError."""
        if len(digits(field.data or "")) != FOLLOW:
            raise ValidationError(gettext("Кодът има 20 цифри"))


class CaseWordsForm(FlaskForm):
    """Words about a thing, seen in one version: at most `most_words` characters, which a module
    gives. `label` asks for them."""

    most_words: ClassVar[int]
    expected_version = ExpectedVersionField()
    words = TextAreaField(_("Текст"), [DataRequired(_("Напишете текста"))])

    def __init__(self, *args: Any, label: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if label:
            self.words.label.text = label

    def validate_words(self, field: Field) -> None:
        """Raises StopValidation."""
        at_most(self.most_words)(self, field)

    def said(self) -> str:
        """What was typed."""
        return lines_of(self.words.data)


class DepartmentAssignForm(FlaskForm):
    """Which department answers, which colleague of it."""

    expected_version = ExpectedVersionField()
    department = ChoiceField(_("Кой отдел отговаря?"), default="")
    to = ChoiceField(_("Кой колега?"), default="")

    def offer(self, departments: Collection[str], people: Mapping[UUID, str]) -> None:
        """What to choose from; a department that is no more stays where it was chosen."""
        now = self.department.object_data
        known = [*departments, *([now] if now and now not in departments else [])]
        self.department.choices = [SelectChoice("", _("Без отдел"))] + [
            SelectChoice(name, name, render_kw={"lang": "bg"}) for name in known
        ]
        self.to.choices = [SelectChoice("", _("Който поеме в отдела"))] + [
            SelectChoice(str(key), name, render_kw={"lang": "bg"}) for key, name in people.items()
        ]

    def validate_to(self, field: Field) -> None:
        """Raises ValidationError."""
        if not (field.data or self.department.data):
            raise ValidationError(gettext("Изберете отдел или колега"))


class BulkForm(FlaskForm):
    """One act upon those that were ticked: take them, or hand one's own over to a colleague.

    Sent twice it does nothing more: what is taken is taken. Each box carries the version seen.
    """

    request_id = UuidField(default=uuid4)
    act = HiddenField()
    to = ChoiceField(_("Колега"), choices=[], validate_choice=False)

    def offer(self, people: Mapping[str, str]) -> None:
        """The colleagues who may be given them."""
        self.people = people

    def validate_to(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.act.data == "hand" and field.data not in self.people:
            raise ValidationError(gettext("Изберете отговор"))


def _way(key: str, name: Any, title: Any) -> SelectChoice:
    """A title that is the municipality's words is read in its language whole."""
    if not isinstance(title, str):
        return SelectChoice(key, f"{name}: {title}")
    with speaking(SOURCE):
        return SelectChoice(key, f"{name}: {title}", render_kw={"lang": "bg"})


class TransferForm(FlaskForm):
    """What a thing becomes elsewhere, with the words to begin from: `report:road` says both."""

    request_id = UuidField(default=uuid4)
    kind = ChoiceField(_("Какво става от него?"), [DataRequired(_("Изберете отговор"))])
    title = StringField(_("С едно изречение"), [DataRequired(_("Напишете текста")), at_most(120)])
    text = TextAreaField(_("Текст"), [DataRequired(_("Напишете текста")), at_most(1_200)])

    def offer(self, names: Mapping[str, Any], kinds: Mapping[str, Mapping[str, Any]]) -> None:
        """Names of the ways, and the kinds of each."""
        self.kind.choices = [SelectChoice("", _("Изберете"))] + [
            _way(f"{way}:{kind}", names[way], title)
            for way, told in kinds.items()
            for kind, title in told.items()
        ]

    def transfer(self) -> Transfer:
        """As typed. Only for a form that has passed its checks."""
        way, _separator, kind = self.kind.data.partition(":")
        title, text = " ".join(self.title.data.split()), lines_of(self.text.data)
        return Transfer(way=way, kind=kind, title=title, text=text)
