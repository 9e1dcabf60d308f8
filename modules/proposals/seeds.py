"""Demonstration proposals of the Vidin region: invented, at each municipality's own villages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.decisions import (
    ProposalDecision,
    carry_out,
    decide_proposal,
    take_proposal,
)
from obshto.modules.proposals.services.ladder import hand_in_now
from obshto.modules.proposals.services.merges import answer_merge, ask_to_merge
from obshto.modules.proposals.services.moderation import flag_proposal
from obshto.modules.proposals.services.question_moderation import flag_question
from obshto.modules.proposals.services.questions import (
    ADDITION,
    AUTHOR,
    MUNICIPALITY,
    AskedWords,
    answer_question,
    ask_question,
)
from obshto.modules.proposals.services.states import (
    ACCEPT,
    ACCEPTED,
    CARRIED_OUT,
    COLLECTING,
    IN_WORK,
    RECEIVED,
    REFUSE,
    REFUSED,
)
from obshto.modules.proposals.services.submission import (
    ProposalSender,
    ProposalWords,
    improve_proposal,
    send_proposal,
)
from obshto.modules.proposals.services.supports import support_proposal
from obshto.modules.proposals.services.version_moderation import hide_version, version_at
from obshto.platform.cases.channels import COUNTER, PORTAL
from obshto.platform.clock import day_of
from obshto.platform.moderation.rules import ADVERTISING, OFF_TOPIC
from obshto.platform.moderation.services import Reason
from obshto.platform.storage.samples import sample_picture
from obshto.platform.support.services import Supporter
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here


@dataclass(frozen=True, slots=True)
class _Made:
    """One of them: its words, its supports, how far it came: „collecting“ to „carried_out“."""

    subject: str
    words: ProposalWords
    supports: int
    state: str = COLLECTING
    decision: ProposalDecision | None = None
    outcome: str = ""
    channel: str = PORTAL
    like: int | None = None  # the number of the one that it is alike
    is_merged: bool = False
    asked: tuple[tuple[str, str, str], ...] = ()  # to whom, the question, the answer or nothing
    before: tuple[ProposalWords, ...] = ()  # what it said earlier; the first of it is hidden


def _promise(words: str, follow_up: str, by: str) -> ProposalDecision:
    """Its day is set when it is decided."""
    return ProposalDecision(words=words, follow_up=follow_up, follow_up_by=by)


MADE = (
    _Made(
        "green",
        ProposalWords(
            title="Пейка пред магазина",
            text="Да се сложи пейка със сянка до входа на магазина.",
            reason="Възрастните хора чакат хляба прави, а лете няма къде да се скрият.",
            place="отдясно на входа, до стената",
            cost="около 200 € с монтажа",
        ),
        12,
        asked=(
            (
                AUTHOR,
                "Няма ли да пречи на доставката сутрин?",
                "Не: камионът спира отляво, пейката е отдясно на входа.",
            ),
            (MUNICIPALITY, "Тротоарът до магазина общински ли е?", ""),
            (ADDITION, "Да има и кошче до пейката.", ""),
        ),
    ),
    _Made(
        "transport",
        ProposalWords(
            title="Навес на спирката към Видин",
            text="Спирката да има навес и разписание на стената.",
            reason="Зимата автобусът закъснява и хората чакат на вятъра.",
        ),
        26,
        RECEIVED,
        before=(
            ProposalWords(
                title="Навес на спирката",
                text="Да се купи навес от „Навеси Пробови“, те са най-евтини!",
            ),
            ProposalWords(title="Навес на спирката", text="Спирката да има навес."),
        ),
    ),
    _Made(
        "care",
        ProposalWords(
            title="Лекарят да идва и в четвъртък",
            text="Освен във вторник лекарят да приема в селото и в четвъртък до обед.",
            reason="Във вторник опашката стига до улицата.",
        ),
        17,
        IN_WORK,
    ),
    _Made(
        "culture",
        ProposalWords(
            title="Лампи на игрището",
            text="Да се сложат две лампи, за да се играе и вечер.",
            reason="Децата се прибират от училище, когато е тъмно.",
            cost="около 900 €",
        ),
        31,
        ACCEPTED,
        _promise("Приемаме. Две лампи с датчик.", "Монтаж на лампите", "отдел „Благоустройство“"),
        asked=((MUNICIPALITY, "До колко часа ще светят?", "До 22 часа, после ги гаси датчик."),),
    ),
    _Made(
        "culture",
        ProposalWords(
            title="Читалището да е отворено и в събота",
            text="Библиотеката в читалището да работи и в събота до обед.",
            reason="През седмицата децата са в училище до вечерта.",
        ),
        9,
        CARRIED_OUT,
        _promise("Три месеца на проба, всяка събота.", "Ново работно време", "читалището"),
        outcome="Отворено е в събота от 9 до 12 ч. През първия месец дойдоха 40 души.",
    ),
    _Made(
        "money",
        ProposalWords(
            title="По-ниска такса за боклука за сами хора",
            text="Който живее сам, да плаща половин такса за битови отпадъци.",
            reason="Сам човек изхвърля малко.",
        ),
        5,
        REFUSED,
        ProposalDecision(
            words="Размера решава съветът по закон. Ще го обсъдим с бюджета за догодина."
        ),
        channel=COUNTER,
    ),
    _Made(
        "green",
        ProposalWords(
            title="Сянка и пейка до магазина",
            text="До магазина да има къде да се седне на сянка.",
            reason="Лете слънцето пече точно там, където се чака.",
        ),
        6,
        like=0,
        is_merged=True,
    ),
    _Made(
        "green",
        ProposalWords(
            title="Още една пейка до магазина",
            text="Една пейка няма да стигне: да са две.",
        ),
        3,
        like=0,
    ),
)


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    codes = list(settlements_here(uow)) or [""]
    start = crc32(uow.scope.slug.encode()) % len(codes)
    there: dict[int, CitizenProposal] = {}
    for number, made in enumerate(MADE):
        key = uuid5(NAMESPACE_URL, f"proposals/{uow.scope.slug}/{number}")
        sender = ProposalSender(
            subject=made.subject,
            settlement=codes[(start + (number if made.like is None else made.like)) % len(codes)],
            name="Проба Пробова",
            is_named=number == 0,
            channel=made.channel,
        )
        picture = None if number else sample_picture()
        first, *later = *made.before, made.words
        proposal = send_proposal(uow, first, sender, request_id=key, picture=picture)
        there[number] = proposal
        if proposal.version > 1:
            continue
        proposal.shows_picture = picture is not None
        _mend(uow, proposal, later)
        for voice in range(made.supports):
            # A device has no address: nobody invented is ever written to.
            who = Supporter(device=f"seed-{voice}")
            support_proposal(uow, proposal.id, who, request_id=uuid5(key, str(voice)))
        _bring_to(uow, proposal, made)
        if made.state == RECEIVED:  # a reader says that it is told in the wrong place
            flag_proposal(uow, proposal, OFF_TOPIC, request_id=uuid5(key, "flag"))
        uow.session.flush()
        _ask_questions(uow, proposal, made.asked)
        if made.like is not None:
            _ask_to_merge(uow, proposal, there[made.like], is_agreed=made.is_merged)


def _mend(uow: UnitOfWork, proposal: CitizenProposal, later: Sequence[ProposalWords]) -> None:
    """Its author writes it better; what it said first breaks a rule."""
    for words in later:
        improve_proposal(uow, proposal, words, expected_version=proposal.version)
    if later:
        reason = Reason(rule=ADVERTISING, words="Рекламира търговец.")
        first = version_at(uow, proposal, 1)
        hide_version(uow, proposal, first, reason, expected_version=proposal.version)


def _ask_questions(
    uow: UnitOfWork, proposal: CitizenProposal, asked: tuple[tuple[str, str, str], ...]
) -> None:
    """As they are told at the counter: nobody invented is ever written to."""
    for number, (addressee, words, answer) in enumerate(asked):
        said = AskedWords(words=words, addressee=addressee, channel=COUNTER)
        key = uuid5(proposal.request_id, f"question-{number}")
        row = ask_question(uow, proposal, said, request_id=key)
        if answer:
            is_official, version = addressee == MUNICIPALITY, row.version
            answer_question(uow, row, answer, is_official=is_official, expected_version=version)
        elif addressee == MUNICIPALITY:  # a reader says that it is told in the wrong place
            flag_question(uow, row, OFF_TOPIC, request_id=uuid5(key, "flag"))


def _ask_to_merge(
    uow: UnitOfWork, goes: CitizenProposal, stays: CitizenProposal, *, is_agreed: bool
) -> None:
    """Its author asks; the other says yes or has not answered yet."""
    request_id = uuid5(goes.request_id, "merge")
    asked = ask_to_merge(uow, goes.id, stays.id, request_id=request_id, asked_from=goes.id)
    if is_agreed:
        version = asked.version
        answer_merge(uow, asked.id, stays.id, agrees=True, expected_version=version)


def _bring_to(uow: UnitOfWork, proposal: CitizenProposal, made: _Made) -> None:
    """Each step as its people take it."""
    if made.state != COLLECTING and proposal.state == COLLECTING:
        hand_in_now(uow, proposal)
        uow.session.flush()
    if made.state in (COLLECTING, RECEIVED):
        return
    take_proposal(uow, proposal, expected_version=proposal.version)
    uow.session.flush()
    if made.decision:
        way = REFUSE if made.state == REFUSED else ACCEPT
        decision = replace(made.decision, follow_up_on=day_of(uow.now) + timedelta(days=30))
        decide_proposal(uow, proposal, way, decision, expected_version=proposal.version)
        uow.session.flush()
    if made.outcome:
        version, picture = proposal.version, sample_picture()
        carry_out(uow, proposal, made.outcome, expected_version=version, picture=picture)
