"""Form of one question in the service designer: words, kind, answers, condition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.eservices.forms.acts import printable
from obshto.modules.eservices.forms.designer import (
    FOREIGN,
    LONG,
    TEXT,
    WORDS,
    DesignForm,
    no_braces,
    spread,
)
from obshto.modules.eservices.services.design.conditions import (
    ALL,
    ANSWERED,
    ANY,
    Comparison,
    condition_of,
    tests_of,
)
from obshto.modules.eservices.services.design.formula_checks import goes_in_circles
from obshto.modules.eservices.services.design.formulas import (
    FormulaFault,
    formula_of,
    said_formula,
)
from obshto.modules.eservices.services.design.kinds import (
    COLUMN_KINDS,
    DECLARATION,
    FILE,
    FORMULAS,
    LISTS,
    OTHER,
    column_kind_of,
    kind_of,
)
from obshto.modules.eservices.services.design.steps import DesignedQuestion
from obshto.modules.eservices.services.paper_limits import ACCEPTED, LARGEST, MOST
from obshto.platform.settings.forms import NumberField
from obshto.platform.web.forms import ChoiceField, NumberRange, at_most
from obshto.platform.web.language import SOURCE, speaking

LINES = 3  # of a condition
LIMITS = ("accepts", "most", "megabytes")  # of a file
MOST_OPTIONS, OPTIONS = 60, 6000
LISTED = (Optional(), at_most(OPTIONS), printable, no_braces)
IS, IS_NOT = "is", "not"
Fields = Iterable[tuple[str, Mapping[str, Any]]]


class DesignQuestionForm(DesignForm):
    """One question. Which boxes count depends on its kind, so none is hidden by a script."""

    label = StringField(
        _("Въпрос"),
        [DataRequired(_("Напишете въпроса")), *TEXT],
        description=_("С прости думи, на „Вие“. Например: За колко души Ви трябва залата?"),
    )
    kind = ChoiceField(_("Как се отговаря?"))
    options = TextAreaField(
        _("Отговори за избор"),
        LISTED,
        description=_("По един на ред. При декларация: текстът, с който човек се съгласява."),
    )
    required = BooleanField(_("Без отговор не може да се подаде"))
    hint = StringField(_("Помощ под въпроса"), [Optional(), *TEXT])
    example = StringField(_("Пример"), [Optional(), *WORDS])
    purpose = StringField(
        _("За какво са нужни тези лични данни?"),
        [Optional(), *TEXT],
        description=_("Задължително за ЕГН, адрес, телефон, имейл и чувствителни данни"),
    )
    sensitive = BooleanField(_("Чувствителни данни: здраве, увреждане, доход"))
    past = BooleanField(_("Датата трябва да е минала"))
    decimals = ChoiceField(
        _("Знаци след запетаята на число"), choices=[SelectChoice(str(n), str(n)) for n in range(4)]
    )
    formula = TextAreaField(
        _("Формула, само при изчисление"),
        [Optional(), at_most(LONG), printable],
    )
    join = ChoiceField(
        _("Ако редовете са няколко"),
        choices=[
            SelectChoice(ALL, _("трябва да са изпълнени всички")),
            SelectChoice(ANY, _("стига един от тях")),
        ],
    )
    accepts = ChoiceField(
        _("Какъв файл приемате?"),
        choices=[SelectChoice(kind, words) for kind, words in ACCEPTED.items()],
        default="",
    )
    most = NumberField(
        _("Най-много файлове за този документ"),
        [Optional(), NumberRange(1, MOST, _("Въведете число от 1 до 20"))],
        error=_("Въведете число от 1 до 20"),
        description=_("Празно: колкото са нужни, до 20 в едно заявление"),
    )
    megabytes = NumberField(
        _("Най-голям размер на файла в мегабайти"),
        [Optional(), NumberRange(1, LARGEST, _("Въведете число от 1 до 25"))],
        error=_("Въведете число от 1 до 25"),
        description=_("Празно: до 25. Снимка от телефон е около 4."),
    )
    drop_condition = BooleanField(_("Махнете условието, което идва от образеца"))
    label_en = StringField(_("Въпрос на английски"), [Optional(), *TEXT])
    label_ro = StringField(_("Въпрос на румънски"), [Optional(), *TEXT])
    options_en = TextAreaField(_("Отговори на английски"), LISTED)
    options_ro = TextAreaField(_("Отговори на румънски"), LISTED)
    hint_en = StringField(_("Помощ на английски"), [Optional(), *TEXT])
    hint_ro = StringField(_("Помощ на румънски"), [Optional(), *TEXT])
    example_en = StringField(_("Пример на английски"), [Optional(), *WORDS])
    example_ro = StringField(_("Пример на румънски"), [Optional(), *WORDS])
    field_before: Mapping[str, Any] = {}
    in_list: frozenset[str] = frozenset()
    name = ""
    known: Mapping[str, Mapping[str, Any]] = {}
    read_formula: Mapping[str, Any] | None = None

    def offer(self, before: Fields, kinds: Mapping[str, Any]) -> DesignQuestionForm:
        """What may be chosen: kinds with their words, and the answers of earlier questions."""
        self.kind.choices = [SelectChoice(kind, words) for kind, words in kinds.items()]
        known = list(before)
        self.in_list = frozenset(name for name, field in known if field["type"] == "checks")
        choices = [SelectChoice("", _("Винаги")), *_answers(known)]
        for line in self.condition_lines():
            line[0].choices = choices
        return self

    def condition_lines(self) -> list[tuple[Any, Any]]:
        """Question with answer, and whether it is that or not: a pair of boxes for each line."""
        return [(self[f"when{n}"], self[f"not{n}"]) for n in range(LINES)]

    @property
    def has_foreign_condition(self) -> bool:
        """Whether its condition is none that these boxes can show."""
        return _lines_of(self.field_before) is None

    def validate_options(self, field: Field) -> None:
        """Raises ValidationError."""
        if len((field.data or "").splitlines()) > MOST_OPTIONS:
            raise ValidationError(gettext("Отговорите може да са най-много 60"))

    def validate_formula(self, field: Field) -> None:
        """Reads it. Raises ValidationError."""
        if self.kind.data not in FORMULAS:
            return
        if not (field.data or "").strip():
            raise ValidationError(gettext("Напишете формулата"))
        try:
            formula = formula_of(field.data, self.known)
        except FormulaFault as fault:
            raise ValidationError(str(fault)) from None
        if self.name and goes_in_circles(self.known, self.name, formula):
            raise ValidationError(
                gettext("Сметката се върти в кръг: стойността би се смятала от самата себе си.")
            )
        self.read_formula = formula

    def condition(self) -> Mapping[str, Any] | None:
        """The condition as it was chosen."""
        tests = []
        for what, whether in self.condition_lines():
            name, _equals, value = (what.data or "").partition("=")
            if name:
                tests.append(
                    Comparison(
                        question=name,
                        value=value,
                        is_not=whether.data == IS_NOT,
                        in_list=name in self.in_list and value != ANSWERED,
                    )
                )
        if not tests and self.has_foreign_condition and not self.drop_condition.data:
            foreign: Mapping[str, Any] = self.field_before["when"]
            return foreign
        return condition_of(tests, self.join.data)

    def asked(self) -> DesignedQuestion:
        """What was said of the question, once the form is right."""
        kind = self.kind.data
        return DesignedQuestion(
            kind=kind,
            label=self.words("label"),
            required=self.required.data,
            hint=self.words("hint"),
            example=self.words("example"),
            purpose=(self.purpose.data or "").strip(),
            sensitive=self.sensitive.data,
            options=self._options(kind),
            when=self.condition(),
            past=self.past.data,
            decimals=int(self.decimals.data or 0),
            formula=self.read_formula,
            limits=self._limits() if kind == FILE else None,
        )

    def _limits(self) -> dict[str, Any]:
        told = {name: self[name].data for name in LIMITS}
        return {name: value for name, value in told.items() if value}

    def _options(self, kind: str) -> Mapping[str, list[str]] | None:
        if kind in LISTS:
            return self.lines("options")
        if kind != DECLARATION:
            return None
        joined = {
            lang: " ".join(filter(None, lines)) for lang, lines in self.lines("options").items()
        }
        return {lang: [text] for lang, text in joined.items() if text}


for _n in range(LINES):
    # Defaults: a question to the official has no condition, so its page has none of these boxes.
    setattr(DesignQuestionForm, f"when{_n}", ChoiceField(_("Въпрос и отговор"), default=""))
    setattr(
        DesignQuestionForm,
        f"not{_n}",
        ChoiceField(
            _("Вярно или не"),
            default=IS,
            choices=[SelectChoice(IS, _("е така")), SelectChoice(IS_NOT, _("не е така"))],
        ),
    )


def question_form(
    field: Mapping[str, Any] | None,
    before: Fields,
    *,
    version: int,
    kinds: Mapping[str, Any],
    name: str = "",
    known: Mapping[str, Mapping[str, Any]] = {},
) -> DesignQuestionForm:
    """The form of a question as it stands; of none, an empty one.

    `known` are all fields, which its formula may look at.
    """
    kind = kind_among(kinds, field) if field else "text"
    data = {"expected_version": version, **(_typed(field) if field else {"required": True})}
    if field and "formula" in field:
        data["formula"] = said_formula(field["formula"], known)
    form = DesignQuestionForm(data={"kind": kind, "decimals": "0", "join": ALL, **data})
    form.field_before, form.name, form.known = field or {}, name, known
    return form.offer(before, {OTHER: _("Както в образеца")} if kind == OTHER else kinds)


def kind_among(kinds: Mapping[str, Any], field: Mapping[str, Any]) -> str:
    """The kind of a question, or of what is asked of each row."""
    return column_kind_of(field) if kinds.keys() <= COLUMN_KINDS.keys() else kind_of(field)


def _typed(field: Mapping[str, Any]) -> dict[str, Any]:
    options = field.get("options", ())
    told: dict[str, Any] = {
        **spread("label", field["label"]),
        **spread("hint", field.get("hint")),
        **spread("example", field.get("example")),
        **{name: field.get(name) for name in ("required", "purpose", "sensitive", "past")},
        **({name: field.get(name) for name in LIMITS} if kind_of(field) == FILE else {}),
        "decimals": str(field.get("decimals", 0)),
        "options": "\n".join(option["label"][SOURCE] for option in options),
    }
    for lang in FOREIGN:
        lines = [option["label"].get(lang, "") for option in options]
        told[f"options_{lang}"] = "\n".join(lines) if any(lines) else ""
    tests, join = _lines_of(field) or ([], ALL)
    for number, test in enumerate(tests):
        told[f"when{number}"] = f"{test.question}={test.value}"
        told[f"not{number}"] = IS_NOT if test.is_not else IS
    return {**told, "join": join}


def _lines_of(field: Mapping[str, Any]) -> tuple[list[Comparison], str] | None:
    found = tests_of(field.get("when"))
    return found if found and len(found[0]) <= LINES else None


def _answers(before: Fields) -> Iterable[SelectChoice]:
    """In the language of the questions, which an option can say of itself alone as a whole."""
    marked = {"lang": SOURCE}
    for name, field in before:
        label = field["label"][SOURCE]
        for option in field.get("options", ()):
            words = f"„{label}“: {option['label'][SOURCE]}"
            yield SelectChoice(f"{name}={option['value']}", words, render_kw=marked)
        with speaking(SOURCE):
            words = gettext("„%(label)s“: има отговор", label=label)
        yield SelectChoice(f"{name}={ANSWERED}", words, render_kw=marked)
