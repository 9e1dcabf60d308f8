"""Comparison of two versions of a service, told line by line as a designer reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from flask_babel import gettext

from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.design.conditions import said_condition
from obshto.modules.eservices.services.design.formulas import said_formula
from obshto.modules.eservices.services.design.receivers import ROLES_SAID, said_receiver
from obshto.modules.eservices.services.paper_limits import paper_in
from obshto.platform.legal.terms import rule_of
from obshto.platform.questionnaires.questions import Question
from obshto.platform.web.language import SOURCE, speaking

ADDED, GONE = "added", "gone"


def compared(before: Definition, after: Definition) -> list[tuple[str, str]]:
    """Each line with what became of it, in the language of the design; what stayed is left out."""
    with speaking(SOURCE):
        old, new = list(lines_of(before)), list(lines_of(after))
    found: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [(GONE, line) for line in old[i1:i2]]
            found += [(ADDED, line) for line in new[j1:j2]]
    return found


def lines_of(definition: Definition) -> Iterator[str]:
    """Everything that a designer can change, in words."""
    about = definition.about
    yield gettext("Име: %(title)s", title=definition.official_title)
    if about:
        yield gettext("Основание: %(law)s", law=about.law)
    for term in definition.terms:
        yield gettext("Срок: %(words)s", words=rule_of(term.rule)["why"][SOURCE])
    for number, role in enumerate(definition.approvals, start=1):
        title = ROLES_SAID.get(role) or gettext("роля на общината")
        yield gettext("Одобрение %(n)s: %(role)s", n=number, role=title)
    for page in definition.pages:
        yield gettext("Стъпка: %(title)s", title=page.title[SOURCE])
        for name in page.fields:
            yield from _question(definition, definition.questions[name])
    for item in definition.bring:
        paper = paper_in(item)
        told = filter(None, (paper.text[SOURCE], paper.said_limits()))
        yield gettext("Документ: %(text)s", text="; ".join(told))
    for field in definition.document.fields.values():
        yield gettext("Попълва служителят: %(label)s", label=field.label[SOURCE])
    yield from _receivers(definition)
    yield from (gettext("В документа: %(line)s", line=line) for line in definition.document.lines)
    yield from (gettext("В писмото: %(text)s", text=text) for text in definition.letters.values())


def _receivers(definition: Definition) -> Iterator[str]:
    known = _known(definition)
    for rule in definition.destinations:
        receiver, shown = said_receiver(rule.to), said_condition(rule.when, known)
        if shown:
            yield gettext("Получава %(who)s, ако %(when)s", who=receiver, when=shown)
        else:
            yield gettext("Получава %(who)s", who=receiver)
    if definition.register:
        fields = {**definition.questions, **definition.document.fields}
        labels = (fields[name].label[SOURCE] for name in definition.register.fields)
        yield gettext("В публичния регистър: %(labels)s", labels=", ".join(labels))


def _known(definition: Definition) -> dict[str, dict[str, Any]]:
    return _fields(definition.questions.values())


def _fields(questions: Iterable[Question]) -> dict[str, dict[str, Any]]:
    return {
        q.id: {
            "type": q.type,
            "label": q.label,
            "options": [{"value": c.value, "label": c.label} for c in q.options],
            "columns": _fields(q.columns),
        }
        for q in questions
    }


def _question(definition: Definition, question: Question) -> Iterator[str]:
    told = [question.label[SOURCE]]
    if question.required:
        told.append(gettext("задължителен"))
    known = _known(definition)
    if shown := said_condition(question.when, known):
        told.append(gettext("само ако %(when)s", when=shown))
    if question.formula:
        told.append(said_formula(question.formula, known))
    told += [column.label[SOURCE] for column in question.columns]
    told += [choice.label[SOURCE] for choice in question.options]
    yield gettext("Въпрос: %(words)s", words="; ".join(told))
