"""Forms of stages, money and questions that staff fill in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp, ValidationError

from obshto.modules.projects.forms.projects import (
    LINE,
    TITLE,
    WORDS,
    AmountField,
    ProjectDayField,
    currency_field,
)
from obshto.modules.projects.models import Stage
from obshto.modules.projects.services.amounts import EUR
from obshto.modules.projects.services.budget import BudgetHead
from obshto.modules.projects.services.contracts import JudgedContract
from obshto.modules.projects.services.money import Funding
from obshto.modules.projects.services.questions import COUNTER, PHONE, ProjectQuestionWords
from obshto.modules.projects.services.stages import StageReport
from obshto.modules.projects.services.vocabulary import MOMENTS, SOURCES, PictureMoment
from obshto.platform.amounts import typed_as
from obshto.platform.clock import today
from obshto.platform.web.forms import (
    EMAIL,
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)

BUDGET_YEARS = 8  # that can be brought, with the one to come
SHARES = 6  # lines of the form of shares


class StageForm(FlaskForm):
    """A new step with its promise."""

    request_id = UuidField(default=uuid4)
    title = StringField(
        _("Какво ще стане"), [DataRequired(_("Напишете какво ще стане")), at_most(TITLE)]
    )
    due_on = ProjectDayField(_("Докога"), [InputRequired(_("Въведете докога"))])


class StageReportForm(FlaskForm):
    """News of a stage, as an official tells it from the place by phone."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    text = TextAreaField(
        _("Какво става"), [DataRequired(_("Напишете какво става")), at_most(WORDS)]
    )
    is_reached = BooleanField(_("Този етап е готов"))
    reached_on = ProjectDayField(_("Кога стана готов"), [Optional()])
    due_on = ProjectDayField(_("Докога е обещан"), [InputRequired(_("Въведете докога"))])
    photo = FileField(_("Снимка"))
    seen = StringField(_("Какво се вижда на снимката"), [Optional(), at_most(160)])
    moment = ChoiceField(
        _("Кога е снимано"),
        choices=[SelectChoice(word, label) for word, label in MOMENTS.items() if word],
        default=PictureMoment.DURING.value,
    )

    def validate_photo(self, field: Field) -> None:
        """A picture comes with its words."""
        if field.data and not (self.seen.data or "").strip():
            raise ValidationError(gettext("Напишете и какво се вижда на снимката"))

    def report(self) -> StageReport:
        """As typed. Only for a form that has passed its checks."""
        reached_on = (self.reached_on.data or today()) if self.is_reached.data else None
        assert self.due_on.data
        sent = self.photo.data
        return StageReport(
            text=lines_of(self.text.data),
            due_on=self.due_on.data,
            reached_on=reached_on,
            stream=sent.stream if sent else None,
            name=(sent.filename or "") if sent else "",
            seen=(self.seen.data or "").strip(),
            moment=self.moment.data or PictureMoment.DURING.value,
        )


def shown_report(stage: Stage) -> dict[str, Any]:
    """Initial data of the form of a stage's news."""
    return {
        "expected_version": stage.version,
        "due_on": stage.due_on,
        "reached_on": stage.reached_on,
        "is_reached": stage.reached_on is not None,
    }


class ShareForm(Form):
    """Part of one programme."""

    programme = ChoiceField(_("Програма"), [Optional()])
    sum = AmountField(_("Дял"), [Optional(), at_most(40)])


class FundingForm(FlaskForm):
    """The total of a project, and who pays which part of it. All sums in one currency."""

    expected_version = ExpectedVersionField()
    total = AmountField(_("Обща стойност"), [Optional(), at_most(40)])
    currency = currency_field(_("Валута"))
    shares = FieldList(FormField(ShareForm), min_entries=SHARES, max_entries=SHARES)
    note = TextAreaField(_("Защо дяловете не правят общата стойност"), [Optional(), at_most(WORDS)])

    def __init__(self, *args: Any, programmes: list[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        for entry in self.shares:
            entry.form.programme.choices = _offered(programmes)

    def validate_shares(self, field: Field) -> None:
        """Each line whole, each programme once. The complaint stands at the line."""
        seen: set[str] = set()
        for entry in self.shares:
            line = entry.form
            chosen, given = line.programme.data or "", line.sum.hundredths
            if chosen and given is None and not line.sum.errors:
                line.sum.errors = [gettext("Въведете сума")]
            if given is not None and not chosen:
                line.programme.errors = [gettext("Изберете програма")]
            if chosen and chosen in seen:
                line.programme.errors = [gettext("Тази програма стои и по-горе")]
            seen.add(chosen)
            if line.sum.errors or line.programme.errors:
                raise ValidationError

    def funding(self) -> Funding:
        """As typed. Only for a form that has passed its checks."""
        code = self.currency.data or EUR
        lines = [entry.form for entry in self.shares]
        return Funding(
            total=self.total.amount(code),
            shares=tuple(
                (UUID(line.programme.data), amount)
                for line in lines
                if line.programme.data and (amount := line.sum.amount(code))
            ),
            note=lines_of(self.note.data or ""),
        )


def shown_funding(funding: Funding, version: int) -> dict[str, Any]:
    """Initial data of the form of shares."""
    total = funding.total
    return {
        "expected_version": version,
        "total": typed_as(total.given) if total else "",
        "currency": total.currency if total else EUR,
        "note": funding.note,
        "shares": [
            {"programme": str(key), "sum": typed_as(part.given)} for key, part in funding.shares
        ],
    }


class ProgrammeForm(FlaskForm):
    """Name of a programme and whose money it is."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    name = StringField(
        _("Име на програмата"), [DataRequired(_("Въведете името на програмата")), at_most(LINE)]
    )
    source = ChoiceField(
        _("Чии са парите"),
        [InputRequired(_("Изберете чии са парите"))],
        choices=[SelectChoice("", _("Изберете"))]
        + [SelectChoice(word, label) for word, label in SOURCES.items()],
    )


class AccountsForm(FlaskForm):
    """A table of the accounts; then its rows, looked at."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Таблица от счетоводството"))
    rows = HiddenField()

    def validate_file(self, field: Field) -> None:
        """A file is needed until its rows have been read from it."""
        if not field.data and not self.rows.data:
            raise ValidationError(gettext("Изберете файл"))


class BudgetForm(FlaskForm):
    """The budget of a year as a table; then its rows, looked at."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField(default=0)
    year = ChoiceField(_("Година на бюджета"), [InputRequired(_("Изберете година"))], coerce=int)
    currency = currency_field(_("Валута на сумите"))
    as_of = ProjectDayField(_("До коя дата е изпълнението (по желание)"), [Optional()])
    note = TextAreaField(_("Бележка за хората (по желание)"), [Optional(), at_most(WORDS)])
    file = FileField(_("Таблица с бюджета"))
    rows = HiddenField()

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        now = today().year
        years = range(now + 1, now - BUDGET_YEARS, -1)
        self.year.choices = [SelectChoice(year, str(year)) for year in years]

    def validate_file(self, field: Field) -> None:
        """A file is needed until its rows have been read from it."""
        if not field.data and not self.rows.data:
            raise ValidationError(gettext("Изберете файл"))

    def head(self) -> BudgetHead:
        """What was said of the year."""
        return BudgetHead(
            year=self.year.data,
            currency=self.currency.data,
            as_of=self.as_of.data,
            note=" ".join((self.note.data or "").split()),
        )


class ContractFileForm(FlaskForm):
    """An OCDS file; then its contracts, one of which is chosen."""

    expected_version = ExpectedVersionField()
    file = FileField(_("Файл с договора"))
    rows = HiddenField()
    chosen = RadioField(_("Кой от тях е за проекта"), [Optional()], validate_choice=False)

    def validate_file(self, field: Field) -> None:
        """A file is needed until its contracts have been read from it."""
        if not field.data and not self.rows.data:
            raise ValidationError(gettext("Изберете файл"))

    def offer(self, rows: Sequence[JudgedContract]) -> None:
        """Those that are whole; the only one of a file is chosen already."""
        whole = [row for row in rows if row.terms]
        self.chosen.choices = [
            SelectChoice(
                str(row.row),
                f"{row.told.number}: {row.terms.contractor}",
                render_kw={"lang": "bg"},
            )
            for row in whole
            if row.terms
        ]
        if len(rows) == 1 and whole:
            self.chosen.data = str(whole[0].row)


class EnteredQuestionForm(FlaskForm):
    """A question that somebody asked at the counter or by phone."""

    request_id = UuidField(default=uuid4)
    project = ChoiceField(_("Проект"), [DataRequired(_("Изберете проект"))])
    channel = RadioField(
        _("Как беше зададен"),
        [InputRequired(_("Изберете как беше зададен"))],
        choices=[SelectChoice(COUNTER, _("На гише")), SelectChoice(PHONE, _("По телефона"))],
    )
    words = TextAreaField(_("Въпросът"), [DataRequired(_("Напишете въпроса")), at_most(WORDS)])
    email = EmailField(
        _("Имейл за отговор"),
        [
            Optional(),
            at_most(120),
            Regexp(EMAIL, message=_("Напишете имейла като ime@primer.bg")),
        ],
    )

    def __init__(self, *args: Any, projects: list[tuple[UUID, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.project.choices = _offered(projects)

    def question(self) -> ProjectQuestionWords:
        """As typed. Only for a form that has passed its checks."""
        return ProjectQuestionWords(
            words=lines_of(self.words.data),
            email=(self.email.data or "").strip(),
            channel=self.channel.data,
        )


def _offered(named: list[tuple[UUID, str]]) -> list[SelectChoice]:
    """Things that staff named, in the language they were named in."""
    choices = [SelectChoice(str(key), name, render_kw={"lang": "bg"}) for key, name in named]
    return [SelectChoice("", _("Изберете")), *choices]
