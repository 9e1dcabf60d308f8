"""Comparison of two versions of a service, told line by line as a designer reads them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from flask_babel import gettext

from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.design.conditions import ANSWERED, ANY, Comparison, tests_of
from obshto.platform.legal.terms import rule_of
from obshto.platform.questionnaires.questions import Question
from obshto.platform.web.language import SOURCE

ADDED, GONE = "added", "gone"


def compared(before: Definition, after: Definition) -> list[tuple[str, str]]:
    """Each line with what became of it; what stayed is left out."""
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
    for page in definition.pages:
        yield gettext("Стъпка: %(title)s", title=page.title[SOURCE])
        for name in page.fields:
            yield from _question(definition, definition.questions[name])
    for item in definition.bring:
        yield gettext("Документ: %(text)s", text=item["text"][SOURCE])
    for field in definition.document.fields.values():
        yield gettext("Попълва служителят: %(label)s", label=field.label[SOURCE])
    yield from (gettext("В документа: %(line)s", line=line) for line in definition.document.lines)
    yield from (gettext("В писмото: %(text)s", text=text) for text in definition.letters.values())


def condition_said(definition: Definition, question: Question) -> str:
    """When it is asked, in words; empty where it always is."""
    if question.when is None:
        return ""
    lines = tests_of(question.when)
    if lines is None:
        return str(gettext("по условие на образеца"))
    joined = gettext(" или ") if lines[1] == ANY else gettext(" и ")
    return str(joined.join(_said(definition, test) for test in lines[0]))


def _said(definition: Definition, test: Comparison) -> str:
    other = definition.questions.get(test.question)
    label = other.label[SOURCE] if other else test.question
    answer = other.said(test.value) if other else test.value
    if test.value == ANSWERED and test.is_not:
        words = gettext("„%(a)s“ няма отговор", a=label)
    elif test.value == ANSWERED:
        words = gettext("„%(a)s“ има отговор", a=label)
    elif test.is_not:
        words = gettext("„%(a)s“ не е „%(b)s“", a=label, b=answer)
    else:
        words = gettext("„%(a)s“ е „%(b)s“", a=label, b=answer)
    return str(words)


def _question(definition: Definition, question: Question) -> Iterator[str]:
    told = [question.label[SOURCE]]
    if question.required:
        told.append(gettext("задължителен"))
    if shown := condition_said(definition, question):
        told.append(gettext("само ако %(when)s", when=shown))
    told += [choice.label[SOURCE] for choice in question.options]
    yield gettext("Въпрос: %(words)s", words="; ".join(told))
