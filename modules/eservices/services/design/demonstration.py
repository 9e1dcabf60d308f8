"""Demonstration of the designer: a service with a repeating group, calculations and approvals."""

from __future__ import annotations

from obshto.modules.eservices.services.design.compiler import Design
from obshto.modules.eservices.services.design.formulas import formula_of
from obshto.modules.eservices.services.design.groups import put_column, set_rows
from obshto.modules.eservices.services.design.origins import blank_design
from obshto.modules.eservices.services.design.steps import (
    DesignedQuestion,
    add_step,
    put_question,
)
from obshto.modules.eservices.services.fragments import composed
from obshto.platform.permissions import Role
from obshto.platform.questionnaires.values import as_text

FAMILY, COPIES = "chlenove_na_domakinstvoto", "broi_ekzempliari"
OWN_ANSWERS = {
    FAMILY: as_text(
        [
            {"ime": "Проба Примерова", "godini": "68", "dohod_na_mesets": "420.50"},
            {"ime": "Пример Пробов", "godini": "71", "dohod_na_mesets": "389.20"},
        ]
    ),
    COPIES: "2",
}


def household_service() -> Design:
    """A paper about a household: income by head, a fee by copy, approved by two."""
    title = {
        "bg": "Удостоверение за доход на домакинство",
        "en": "Certificate of household income",
        "ro": "Adeverință privind venitul gospodăriei",
    }
    design = blank_design(title, "people")
    design["about"]["law"] = "Наредба за подпомагане, чл. 3 (пробна)"
    step = add_step(design, {"bg": "Домакинството", "en": "The household", "ro": "Gospodăria"})
    _ask_family(design, step)
    words = {"bg": "Брой екземпляри", "en": "Number of copies", "ro": "Număr de exemplare"}
    put_question(design, step, DesignedQuestion(kind="number", label=words))
    head = {"bg": "Доход на човек", "en": "Income per person", "ro": "Venit pe persoană"}
    _calculate(
        *(design, step, head),
        "СБОР({Членове на домакинството: Доход на месец}) / БРОЙ({Членове на домакинството})",
    )
    cost = {"bg": "За екземплярите", "en": "For the copies", "ro": "Pentru exemplare"}
    name = _calculate(design, step, cost, "{Брой екземпляри} * 2,50")
    design["fee"] = {"article": "Наредба за таксите, пробна", "calculated": name}
    design["document"]["lines"][4:5] = [
        "Членове на домакинството:",
        f"{{{FAMILY}}}",
        "Доход на човек: {dohod_na_chovek}",
        "{decision_text}",
    ]
    design["approvals"] = [Role.SECRETARY.value, Role.MAYOR.value]
    return design


def regional_service() -> Design:
    """What the region publishes for all: firewood out of the municipality's forest."""
    title = {
        "bg": "Дърва за огрев от общинската гора",
        "en": "Firewood from the municipal forest",
        "ro": "Lemne de foc din pădurea comunei",
    }
    design = blank_design(title, "nature")
    design["about"]["law"] = "Закон за горите, чл. 111 (пробно)"
    step = add_step(design, {"bg": "Дървата", "en": "The firewood", "ro": "Lemnele"})
    words = {
        "bg": "Колко кубика дърва Ви трябват?",
        "en": "How many cubic metres do you need?",
        "ro": "De câți metri cubi aveți nevoie?",
    }
    put_question(design, step, DesignedQuestion(kind="number", label=words))
    return design


def _ask_family(design: Design, step: str) -> None:
    words = {
        "bg": "Членове на домакинството",
        "en": "Members of the household",
        "ro": "Membrii gospodăriei",
    }
    name = put_question(design, step, DesignedQuestion(kind="group", label=words))
    group = design["fields"][name]
    for kind, label in (
        ("text", {"bg": "Име", "en": "Name", "ro": "Nume"}),
        ("number", {"bg": "Години", "en": "Age", "ro": "Vârsta"}),
        ("money", {"bg": "Доход на месец", "en": "Monthly income", "ro": "Venit lunar"}),
    ):
        put_column(group, DesignedQuestion(kind=kind, label=label))
    set_rows(group, least=1, most=10, as_table=True)


def _calculate(design: Design, step: str, label: dict[str, str], formula: str) -> str:
    read = formula_of(formula, composed(design)["fields"])
    return put_question(
        design, step, DesignedQuestion(kind="calculated_sum", label=label, formula=read)
    )
