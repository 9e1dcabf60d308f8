"""The pages of a draft: one renderer for who applies and for who enters it for somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from obshto.modules.eservices.forms.prices import SpeedForm
from obshto.modules.eservices.models import Draft
from obshto.modules.eservices.services import drafts
from obshto.modules.eservices.services.answers import (
    freed_by,
    next_page,
    pages_asked,
    papers_asked,
    rule_for,
    steps_left,
)
from obshto.modules.eservices.services.attachments import papers_of
from obshto.modules.eservices.services.catalogue import service_behind
from obshto.modules.eservices.services.counter_words import (
    for_clerk,
    page_for_clerk,
    question_for_clerk,
)
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.offers import offer_of
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.places import KnownPlaces
from obshto.modules.eservices.services.plain_words import grounds_in, in_words
from obshto.modules.eservices.services.powers.use import power_behind, still_holds
from obshto.modules.eservices.services.prices import SPEEDS, price_for, prices_of, promised
from obshto.modules.eservices.services.procedures import PROCEDURES
from obshto.modules.eservices.services.published_acts import columns_of
from obshto.modules.eservices.services.submission import price_shown
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import received_on
from obshto.platform.questionnaires.answers import asked, counting, missing
from obshto.platform.questionnaires.forms.questions import (
    AUTOCOMPLETE,
    AnswersForm,
    FormContext,
    form_of,
)
from obshto.platform.questionnaires.questions import Question, QuestionPage
from obshto.platform.unit_of_work import UnitOfWork

ELECTRONIC = frozenset({"electronic"})  # only for who is signed in: a code opens for anybody


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftUrls:
    """Where the pages of one draft lead, in which layout; `code` is to be written down.

    `keep` takes a draft without a profile into that of who is signed in; empty at the counter.
    At `call` who fills it in asks to be called, at `whom` they say for whom it is. A trial leads to
    what would follow.
    """

    layout: str
    page: Callable[[str], str]
    check: str
    papers: str
    file: Callable[[UUID], str]
    send: str
    speed: str
    discard: str
    language: str
    code: str = ""
    keep: str = ""
    call: str = ""
    whom: str = ""
    is_trial: bool = False

    @property
    def is_own(self) -> bool:
        """Whether who fills it in applies; else a clerk does it for somebody."""
        return self.layout == "site.html"


def page_at(draft: Draft, page: str) -> QuestionPage | None:
    """The page of this name, where something is asked on it."""
    found = pages_asked(definition_behind(draft), draft.read())
    return next((at for at in found if at.id == page), None)


def questions_of(
    uow: UnitOfWork, draft: Draft, page: QuestionPage, *, places: KnownPlaces, language: str
) -> AnswersForm:
    """The form of one page, with what was answered before."""
    answers, definition = draft.read(), definition_behind(draft)
    questions = [
        _put(draft, question)
        for question in asked(definition.questions, answers)
        if question.id in page.fields
    ]
    is_place = any(question.looks_up_places for question in questions)
    ground = FormContext(
        language=language,
        answers=answers,
        today=day_of(uow.now),
        places=places.written if is_place else (),
        without=frozenset() if draft.person_id else ELECTRONIC,
        villages=places.villages if any(q.is_point for q in questions) else (),
    )
    return form_of(
        questions, ground, filled=answers, expected_version=drafts.state_of(answers, page)
    )


def save(
    uow: UnitOfWork, draft: Draft, page: QuestionPage, form: AnswersForm, way: DraftUrls
) -> str:
    """Keep what was answered; where that leads: another row, the next page, papers, the check.

    Raises StaleVersion.
    """
    answers = drafts.save_page(
        uow, draft, page, form.kept(), expected_version=form.expected_version.data
    )
    definition = definition_behind(draft)
    if form.stays:
        return way.page(page.id)
    following = next_page(definition, answers, page.id)
    if following:
        return way.page(following.id)
    if len(prices_of(offer_of(uow, draft.service), draft.channel)) > 1:
        return way.speed
    return after_questions(draft, way)


def after_questions(draft: Draft, way: DraftUrls) -> str:
    """Where it goes on: papers to attach where the answers make some necessary, else the check."""
    definition = definition_behind(draft)
    answers = counting(definition.questions, draft.read())
    return way.papers if papers_asked(definition, answers) else way.check


def speeds_of(uow: UnitOfWork, draft: Draft) -> tuple[SpeedForm, dict[str, Any]]:
    """The form of the speed, and what its page shows: each with its day and its price."""
    definition = definition_behind(draft)
    offer, answers = offer_of(uow, draft.service), counting(definition.questions, draft.read())
    prices = [
        price_for(definition, answers, offer, draft.channel, price.speed)
        for price in prices_of(offer, draft.channel)
    ]
    rule, starts_on = rule_for(definition, answers), received_on(uow.now)
    rows = [
        (price, promised(rule, starts_on=starts_on, speed=price.speed, days=price.days))
        for price in prices
    ]
    form = SpeedForm(data={"expected_version": draft.version, "speed": draft.speed})
    form.offer(rows)
    return form, {"service": service_behind(uow, draft), "form": form}


def question_shown(
    uow: UnitOfWork, draft: Draft, page: QuestionPage, form: AnswersForm, way: DraftUrls
) -> dict[str, Any]:
    """What the page of some questions shows."""
    pages = pages_asked(definition_behind(draft), draft.read())
    at = pages.index(page)
    return {
        "way": way,
        "service": service_behind(uow, draft),
        "page": page if draft.channel == PORTAL else page_for_clerk(page),
        "step": at + 1,
        "left": steps_left(definition_behind(draft), draft.read(), page),
        "form": form,
        "back_url": way.page(pages[at - 1].id) if at else way.check,
        "draft": draft,
        "complete": AUTOCOMPLETE if way.is_own else {},
        "grouped": grouped,
        "until": drafts.kept_until(uow, draft),
        "known": bool(set(draft.prefilled) & set(page.fields)),
        "draft_key": draft_key(draft, page),
        "saved": saved_here(draft),
    }


def draft_key(draft: Draft, page: QuestionPage) -> str:
    """Under which name a device keeps what was typed on a page and not saved yet."""
    return f"eservices-{draft.id}-{page.id}"


def saved_here(draft: Draft) -> list[tuple[str, int]]:
    """What we have of each page by now: a device forgets what it kept of older answers."""
    answers, pages = draft.read(), definition_behind(draft).pages
    return [(draft_key(draft, page), drafts.state_of(answers, page)) for page in pages]


def check_shown(uow: UnitOfWork, draft: Draft, way: DraftUrls) -> dict[str, Any]:
    """What is shown before sending: each answer, what is missing, what will happen by when."""
    definition = definition_behind(draft)
    answers = counting(definition.questions, draft.read())
    offer = offer_of(uow, draft.service)
    price = price_for(definition, answers, offer, draft.channel, draft.speed)
    service = service_behind(uow, draft)
    return {
        "way": way,
        "grouped": grouped,
        "draft": draft,
        "service": service,
        "pages": _answered(draft, definition, answers),
        "left": [_put(draft, question) for question in missing(definition.questions, answers)],
        "page_of": {name: page.id for page in definition.pages for name in page.fields},
        **_represented(uow, draft),
        "papers": papers_of(uow, draft),
        "bring": _bring(draft, answers, way.language) + (offer.bring.splitlines() if offer else []),
        "offer": offer,
        "fee": definition.fee,
        "freed": freed_by(definition, answers),
        "price": price,
        "agreed": price_shown(definition, answers, offer, draft),
        "speed": SPEEDS[price.speed],
        "has_speeds": len(prices_of(offer, draft.channel)) > 1,
        "promised": promised(
            rule_for(definition, answers),
            starts_on=received_on(uow.now),
            speed=price.speed,
            days=price.days,
        ),
        "procedure": PROCEDURES[definition.procedure],
        "public": [question.label[way.language] for question in columns_of(service)],
        "in_words": in_words,
        "grounds_in": grounds_in,
        "until": drafts.kept_until(uow, draft),
        "saved": saved_here(draft),
    }


def _represented(uow: UnitOfWork, draft: Draft) -> dict[str, Any]:
    """For whom it is filled in, and whether that still holds."""
    power = power_behind(uow, draft)
    return {
        "power": power,
        "represented": power.read().get("applicant_name", "") if power else "",
        "power_holds": power is not None and still_holds(uow, draft, power),
    }


def _put(draft: Draft, question: Question) -> Question:
    return question if draft.channel == PORTAL else question_for_clerk(question)


def _bring(draft: Draft, answers: dict[str, str], language: str) -> list[str]:
    found = papers_asked(definition_behind(draft), answers)
    words = (paper.text for paper in found)
    return [(one if draft.channel == PORTAL else for_clerk(one))[language] for one in words]


def answered_pages(draft: Draft) -> list[tuple[QuestionPage, list[object]]]:
    """What stands in it so far, page by page; of a question without an answer an empty one."""
    definition = definition_behind(draft)
    return _answered(draft, definition, counting(definition.questions, draft.read()))


def _answered(
    draft: Draft, definition: Definition, answers: dict[str, str]
) -> list[tuple[QuestionPage, list[object]]]:
    found = asked(definition.questions, answers)
    ids = {question.id: _put(draft, question) for question in found}
    is_own = draft.channel == PORTAL
    return [
        (
            page if is_own else page_for_clerk(page),
            [(ids[name], answers.get(name, "")) for name in page.fields if name in ids],
        )
        for page in definition.pages
        if ids.keys() & set(page.fields)
    ]
