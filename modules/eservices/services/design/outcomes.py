"""Outcomes of a service for given answers, line by line: what is asked, promised, paid, printed.

Nothing in it depends on the day, the official or the next number, so that the same answers give
the same lines tomorrow. Always in Bulgarian, the language of a design.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.modules.eservices.models import Offer
from obshto.modules.eservices.services.answers import fee_due, rule_for, to_bring
from obshto.modules.eservices.services.definition_tests import values_of
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.design.receivers import said_receiver
from obshto.modules.eservices.services.destinations import wanted_by
from obshto.modules.eservices.services.official_text import filled, plain
from obshto.modules.eservices.services.prices import ORDINARY, price_for
from obshto.platform.cases.channels import COUNTER
from obshto.platform.errors import InvalidValue
from obshto.platform.legal.terms import rule_of
from obshto.platform.questionnaires.answers import Answers, asked, counting, missing
from obshto.platform.questionnaires.normalization import Beside, cleaned
from obshto.platform.web.formats import euro
from obshto.platform.web.language import SOURCE, speaking

Outcome = dict[str, list[str]]  # the lines of each section
LEFT, WRONG = "left", "wrong"
SECTIONS: Mapping[str, LazyString] = {
    WRONG: lazy_gettext("Отговори, които вече не се приемат"),
    LEFT: lazy_gettext("Остава без отговор"),
    "asked": lazy_gettext("Въпроси и отговори"),
    "term": lazy_gettext("Срок"),
    "fee": lazy_gettext("Такса на гише"),
    "goes_to": lazy_gettext("Кой получава заявлението"),
    "bring": lazy_gettext("Документи, които се прилагат"),
    "form": lazy_gettext("Заявлението"),
    "document": lazy_gettext("Документът, който се издава"),
    "letters": lazy_gettext("Добавено в писмата"),
}


def outcome_of(
    definition: Definition, offer: Offer, answers: Answers, official: Answers, *, on: date
) -> Outcome:
    """What follows of these answers, given on that day."""
    with speaking(SOURCE):
        given = counting(definition.questions, answers)
        values = values_of(definition, given, official, {})
        return {
            WRONG: list(_wrong(definition, answers, on)),
            LEFT: [q.label[SOURCE] for q in missing(definition.questions, answers)],
            "asked": [
                f"{q.label[SOURCE]}: {q.said(given.get(q.id, '')) or '–'}"
                for q in asked(definition.questions, answers)
            ],
            "term": [rule_of(rule_for(definition, given))["why"][SOURCE]],
            "fee": [_fee(definition, offer, given)],
            "goes_to": [said_receiver(to)] if (to := wanted_by(definition, given)) else [],
            "bring": to_bring(definition, given, SOURCE),
            "form": plain(filled(definition.form, values)),
            "document": plain(filled(definition.document.lines, values)),
            "letters": list(definition.letters.values()),
        }


def differences(before: Outcome, now: Outcome) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is no longer so: by section, each line as it was beside what it is."""
    found = []
    for section in SECTIONS:
        pairs = list(_pairs(before.get(section, []), now.get(section, [])))
        if pairs:
            found.append((section, pairs))
    return found


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            gone, come = old[i1:i2], new[j1:j2]
            for at in range(max(len(gone), len(come))):
                yield "".join(gone[at : at + 1]), "".join(come[at : at + 1])


def _wrong(definition: Definition, answers: Answers, on: date) -> Iterator[str]:
    beside = Beside(answers=answers, today=on)
    for question in asked(definition.questions, answers):
        if question.formula is not None or not answers.get(question.id):
            continue
        try:
            cleaned(question, answers[question.id], beside)
        except InvalidValue as fault:
            yield f"{question.label[SOURCE]}: {fault}"


def _fee(definition: Definition, offer: Offer, answers: Answers) -> str:
    price = price_for(definition, answers, offer, COUNTER, ORDINARY)
    cents = fee_due(definition, answers, price.cents)
    if cents is None:
        return str(gettext("не е известна"))
    return euro(cents) if cents else str(gettext("без такса"))
