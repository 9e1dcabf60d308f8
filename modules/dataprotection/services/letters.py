"""Ready texts of an incident in Bulgarian: to the authority (art. 33(3)), to the people (art. 34).

They are what the municipality copies into the authority's form and into its own letters; what is
not known yet stands as dots to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import force_locale

from obshto.modules.dataprotection.models import Incident
from obshto.modules.dataprotection.services.incidents import NATURES
from obshto.platform.content.pdf import section_of, tables_pdf
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.web.formats import moment, number
from obshto.platform.web.language import SOURCE

_DOTS = "……………"
TITLE = 2  # the paragraph of the notification that is its title
AUTHORITY = (
    "Комисия за защита на личните данни, София 1592, бул. „Проф. Цветан Лазаров“ № 2, kzld@cpdp.bg"
)


def letter_to_authority(row: Incident, *, municipality: str, officer: str) -> Sequence[str]:
    """Paragraphs of the notification."""
    with force_locale(SOURCE):
        natures = "; ".join(natures_of(row))
        found, told = moment(row.detected_at), row.authority_told_at
        late = told is not None and told > row.due_at
        return [
            f"До: {AUTHORITY}",
            f"От: {municipality}, администратор на лични данни",
            f"Уведомление за нарушение на сигурността на личните данни № {row.full_number}"
            " по чл. 33 от Регламент (ЕС) 2016/679",
            f"Кога го открихме: {found}",
            f"Кога се е случило: {row.happened_when or _DOTS}",
            f"Какво се случи: {row.happened or _DOTS}",
            f"Какво е нарушено: {natures or _DOTS}",
            f"Чии данни: {row.people or _DOTS}. Приблизителен брой хора: {_count(row.how_many)}.",
            f"Кои данни: {_kinds(row) or _DOTS}. Приблизителен брой записи: {_count(row.records)}.",
            f"Какво може да последва за хората: {row.consequences or _DOTS}",
            f"Какво направихме и какво предстои: {row.measures or _DOTS}",
            f"Уведомени ли са хората: {_people_told(row)}",
            *([f"Причини за забавянето над 72 часа: {row.authority_why or _DOTS}"] if late else ()),
            f"За връзка: {officer or _DOTS}, длъжностно лице по защита на данните,"
            f" {row.contact or _DOTS}",
        ]


def letter_to_people(row: Incident, *, municipality: str, phone: str) -> Sequence[str]:
    """Paragraphs of the message, in plain words."""
    with force_locale(SOURCE):
        return [
            "Уважаеми жители,",
            f"На {moment(row.detected_at)} открихме, че сигурността на Ваши лични данни"
            " е нарушена.",
            f"Какво се случи: {row.happened or _DOTS}",
            f"Кои данни: {_kinds(row) or _DOTS}",
            f"Какво може да последва за Вас: {row.consequences or _DOTS}",
            f"Какво направихме: {row.measures or _DOTS}",
            "Ако Ви потърсят непознати с Ваши данни, не им давайте пари и кодове и ни се обадете.",
            f"Имате въпроси? Обадете се на {phone or _DOTS} или елате в общината."
            " Може да се оплачете и пред Комисията за защита на личните данни.",
            municipality,
        ]


def notification_pdf(row: Incident, *, municipality: str, officer: str, on: date) -> bytes:
    """The notification as it is sent, dated and with a place for the signature (art. 33(3))."""
    told = letter_to_authority(row, municipality=municipality, officer=officer)
    return tables_pdf(
        told[TITLE],
        [section_of("Съдържание", before=told[TITLE + 1 :])],
        municipality=municipality,
        language=SOURCE,
        on=on,
        intro=told[:TITLE],
        foot=["Подпис: ______________"],
    )


def natures_of(row: Incident) -> list[str]:
    """What was broken, in words."""
    return [str(label) for word, label in NATURES.items() if word in row.nature]


def _count(known: int | None) -> str:
    return number(known) if known is not None else _DOTS


def _kinds(row: Incident) -> str:
    return ", ".join(str(kind.label) for kind in DataKind if kind.value in row.kinds)


def _people_told(row: Incident) -> str:
    if row.persons_told_at:
        return f"да, на {moment(row.persons_told_at)}"
    if row.persons == "not":
        return f"не, защото {row.persons_why}"
    return "предстои" if row.persons else _DOTS
