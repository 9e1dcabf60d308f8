"""Forms of who writes projects, and of citizens who look for one or ask about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, StringField, TextAreaField, URLField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp, ValidationError

from obshto.modules.projects.models import Project
from obshto.modules.projects.services.amounts import (
    CURRENCIES,
    EUR,
    Amount,
    AmountUnclear,
    hundredths_of,
)
from obshto.modules.projects.services.edits import (
    NAMES,
    ProjectDetails,
    ProjectText,
    contract_of,
)
from obshto.modules.projects.services.queries import ProjectFilter
from obshto.modules.projects.services.questions import ProjectQuestionWords
from obshto.modules.projects.services.vocabulary import STATES, SUBJECTS
from obshto.platform.amounts import typed_as
from obshto.platform.questions.forms import QuestionForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import (
    ChoiceField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.place_field import PlaceField, written
from obshto.tenants.api import Names, is_near, name_of

TITLE, SUMMARY, BODY, LINE, WORDS = 160, 400, 20_000, 200, 1_000
YEARS = range(2000, 2101)  # another one is a slip
EVERYWHERE = "all"
CONTRACT = ("contract_number", "contract_url", "contract_ocid")


class ProjectDayField(DayField):
    """A day of our times: 1900 is what a spreadsheet makes of nothing."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Sets `data`; raises ValueError with a sentence."""
        super().process_formdata(valuelist)
        if self.data and self.data.year not in YEARS:
            raise ValueError(gettext("Проверете годината: %(year)s", year=self.data.year))


class AmountField(StringField):
    """A sum as people write it; its currency is another field of the form."""

    hundredths: int | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Sets `hundredths`; raises ValueError with a sentence."""
        super().process_formdata(valuelist)
        self.hundredths = None
        if (self.data or "").strip():
            try:
                self.hundredths = hundredths_of(self.data)
            except AmountUnclear as refusal:
                raise ValueError(str(refusal)) from None

    def amount(self, currency: str) -> Amount | None:
        """None where nothing was typed."""
        return None if self.hundredths is None else Amount(self.hundredths, currency)


def currency_field(label: Any) -> ChoiceField:
    """Euro, or leva of a sum that was agreed before 2026."""
    choices = [SelectChoice(code, name) for code, name in CURRENCIES.items()]
    chosen = InputRequired(_("Напишете валутата: евро или лева"))
    return ChoiceField(label, [chosen], choices=choices, default=EUR)


def _line(label: Any, limit: int = LINE, *more: Any, of: type[Field] = StringField) -> Field:
    return of(label, [Optional(), at_most(limit), *more])


def _text(field: Field) -> str:
    return (field.data or "").strip()


# Errors are listed in the order in which fields are defined: words first, as the pages ask.
class ProjectWordsForm(FlaskForm):
    """Words of a project."""

    title = StringField(_("Име на проекта"), [DataRequired(_("Въведете име")), at_most(TITLE)])
    summary = TextAreaField(
        _("Защо и какво"), [DataRequired(_("Напишете защо и какво")), at_most(SUMMARY)]
    )
    markdown = _line(_("Подробности"), BODY, of=TextAreaField)

    def text(self) -> ProjectText:
        """The words without the blanks around them."""
        return ProjectText(
            title=_text(self.title),
            summary=lines_of(self.summary.data or ""),
            markdown=lines_of(self.markdown.data or ""),
        )


class ProjectForm(ProjectWordsForm):
    """Words, place, days, contract."""

    subject = ChoiceField(
        _("Тема"),
        [InputRequired(_("Изберете тема"))],
        choices=[SelectChoice("", _("Изберете"))]
        + [SelectChoice(word, label) for word, label in SUBJECTS.items()],
    )
    settlement = ChoiceField(_("Населено място"), [InputRequired(_("Изберете къде"))])
    address = _line(_("Къде точно"))
    point = PlaceField(_("Точка на картата"), [Optional(), at_most(60)])
    starts_on = ProjectDayField(_("Начало на работата"), [Optional()])
    ends_on = ProjectDayField(_("Обещан край"), [Optional()])
    number = _line(_("Номер в счетоводството"), 40)
    contractor = _line(_("Изпълнител"))
    contract_number = _line(_("Номер на договора"), 80)
    contract_on = ProjectDayField(_("Дата на договора"), [Optional()])
    contract_sum = AmountField(_("Стойност на договора"), [Optional(), at_most(40)])
    contract_currency = currency_field(_("Валута на договора"))
    contract_url = _line(
        _("Страница на обществената поръчка"),
        300,
        Regexp(
            r"^\s*https?://[^\s<>\"']+\s*$", message=_("Въведете адрес, който започва с https://")
        ),
        of=URLField,
    )
    contract_ocid = _line(_("Номер в отворените данни за поръчки"))
    consultation = ChoiceField(_("Обсъден в консултация"), [Optional()])

    def __init__(
        self,
        *args: Any,
        names: Names,
        consultations: Sequence[tuple[UUID, str]],
        kept: UUID | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.settlement.choices = [SelectChoice(EVERYWHERE, _("Цялата община"))] + [
            SelectChoice(code, name_of(code, names, SOURCE)) for code in names
        ]
        known = dict(consultations)
        if kept and kept not in known:  # hidden meanwhile, or its module is off
            known[kept] = str(_("избраната досега"))
        self.consultation.choices = [SelectChoice("", _("Няма"))] + [
            SelectChoice(str(key), title) for key, title in known.items()
        ]

    def validate_point(self, field: PlaceField) -> None:
        """Raises ValidationError."""
        if field.point is None:
            raise ValidationError(
                gettext("Напишете точката като 43.888, 22.520 или оставете полето празно")
            )
        ekatte = code_of(self.settlement.data)
        if not ekatte or is_near(field.point, ekatte):
            return
        raise ValidationError(
            gettext("Точката е далеч от избраното място. Проверете я или сменете мястото.")
        )

    def details(self) -> ProjectDetails:
        """As typed. Only for a form that has passed its checks."""
        plain = ("number", "address", "contractor", *CONTRACT)
        latitude, longitude = self.point.point or (None, None)
        chosen = self.consultation.data
        return ProjectDetails(
            **{name: _text(self[name]) for name in plain},
            subject=self.subject.data,
            ekatte=code_of(self.settlement.data),
            latitude=latitude,
            longitude=longitude,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            contract_on=self.contract_on.data,
            contract=self.contract_sum.amount(self.contract_currency.data or EUR),
            consultation_id=UUID(chosen) if chosen else None,
        )


class NewProjectForm(ProjectForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditProjectForm(ProjectForm):
    """`expected_version` is the version of the project that the author had before their eyes."""

    expected_version = ExpectedVersionField()


class TranslationForm(ProjectWordsForm):
    """`expected_version` is that of the translation which the editor had before their eyes."""

    expected_version = ExpectedVersionField()


def code_of(chosen: str | None) -> str:
    """The settlement's code; empty for the whole municipality."""
    return "" if chosen in (None, EVERYWHERE) else str(chosen)


def shown_in(project: Project) -> dict[str, Any]:
    """Initial data of the form of a project."""
    names = (*NAMES, "title", "summary", "markdown")
    shown: dict[str, Any] = {name: getattr(project, name) for name in names}
    contract = contract_of(project)
    return shown | {
        "settlement": project.ekatte or EVERYWHERE,
        "point": written(project.latitude, project.longitude),
        "consultation": str(project.consultation_id or ""),
        "contract_sum": typed_as(contract.given) if contract else "",
        "contract_currency": project.contract_currency,
        "expected_version": project.version,
    }


class ProjectStopForm(FlaskForm):
    """Reason to stop a project; everybody reads it."""

    expected_version = ExpectedVersionField()
    reason = TextAreaField(
        _("Защо спира"), [DataRequired(_("Напишете защо, хората ще го прочетат")), at_most(WORDS)]
    )


class FinishForm(FlaskForm):
    """Day on which a project was done."""

    expected_version = ExpectedVersionField()
    on = ProjectDayField(_("Кога е завършен"), [InputRequired(_("Въведете деня"))])


class ProjectQuestionForm(QuestionForm):
    """Question of a citizen."""

    rate_limit = RateLimit(thing="projects:question.send", most=10)
    most_words = WORDS

    def question(self) -> ProjectQuestionWords:
        """As typed. Only for a form that has passed its checks."""
        return ProjectQuestionWords(
            words=lines_of(self.words.data),
            email=_text(self.email),
            language=current_language(),
        )


class AnswerForm(FlaskForm):
    """Answer to a question; public with the words that the official chose."""

    expected_version = ExpectedVersionField()
    is_public = BooleanField(_("Покажете въпроса и отговора на страницата на проекта"))
    asked = TextAreaField(_("Въпросът, както ще се вижда"), [Optional(), at_most(WORDS)])
    answer = TextAreaField(_("Отговор"), [DataRequired(_("Напишете отговора")), at_most(3 * WORDS)])

    def told(self) -> dict[str, Any]:
        """As typed. Only for a form that has passed its checks."""
        return {
            "asked": lines_of(self.asked.data or ""),
            "answer": lines_of(self.answer.data),
            "is_public": self.is_public.data,
        }

    def validate_answer(self, field: Field) -> None:
        """A public answer without its question says nothing."""
        if self.is_public.data and not _text(self.asked):
            raise ValidationError(gettext("Напишете въпроса, както ще се вижда"))


class ProjectFilterForm(FlaskForm):
    """What citizens choose in the list. It writes nothing, so it needs no token."""

    class Meta:
        csrf = False

    words = StringField(_("Дума от името или описанието"))
    state = ChoiceField(
        _("Докъде е"),
        choices=[SelectChoice("", _("Всички"))]
        + [SelectChoice(word, label) for word, label in STATES.items()],
    )
    subject = ChoiceField(
        _("Тема"),
        choices=[SelectChoice("", _("Всички"))]
        + [SelectChoice(word, label) for word, label in SUBJECTS.items()],
    )
    ekatte = ChoiceField(_("Населено място"))
    programme = ChoiceField(_("Кой плаща"))
    year = ChoiceField(_("Година"))

    def offer(
        self,
        *,
        places: Mapping[str, str],
        programmes: Sequence[tuple[str, str]],
        years: Sequence[int],
    ) -> None:
        """Places, programmes and years that have a project."""
        self.ekatte.choices = [SelectChoice("", _("Цялата община"))] + [
            SelectChoice(code, name) for code, name in places.items()
        ]
        self.programme.choices = [SelectChoice("", _("Всички"))] + [
            SelectChoice(key, name, render_kw={"lang": "bg"}) for key, name in programmes
        ]
        self.year.choices = [SelectChoice("", _("Всички"))] + [
            SelectChoice(str(year), str(year)) for year in years
        ]

    def wanted(self) -> ProjectFilter:
        """What was chosen; what is no choice counts as not chosen."""

        def of(field: ChoiceField) -> str:
            offered = {str(choice.value) for choice in field.choices}
            return field.data if field.data in offered else ""

        year = of(self.year)
        return ProjectFilter(
            words=_text(self.words)[:100],
            state=of(self.state),
            subject=of(self.subject),
            ekatte=of(self.ekatte),
            programme=of(self.programme),
            year=int(year) if year else None,
        )
