"""Demonstration proposals of the Vidin region: invented, at each municipality's own villages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from obshto.modules.proposals.models import Proposal
from obshto.modules.proposals.services.decisions import (
    Decision,
    carry_out,
    decide_proposal,
    take_proposal,
)
from obshto.modules.proposals.services.ladder import hand_in_now
from obshto.modules.proposals.services.states import ACCEPT, COLLECTING, REFUSE
from obshto.modules.proposals.services.submission import (
    ProposalSender,
    ProposalWords,
    send_proposal,
)
from obshto.modules.proposals.services.supports import support_proposal
from obshto.platform.clock import day_of
from obshto.platform.support.services import Supporter
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_here


@dataclass(frozen=True, slots=True)
class _Made:
    """One of them: its words, its supports, how far it came."""

    subject: str
    words: ProposalWords
    supports: int
    decision: str = ""
    outcome: str = ""
    is_refused: bool = False


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
    ),
    _Made(
        "transport",
        ProposalWords(
            title="Навес на спирката към Видин",
            text="Спирката да има навес и разписание на стената.",
            reason="Зимата автобусът закъснява и хората чакат на вятъра.",
            cost="",
        ),
        26,
    ),
    _Made(
        "culture",
        ProposalWords(
            title="Читалището да е отворено и в събота",
            text="Библиотеката в читалището да работи и в събота до обед.",
            reason="През седмицата децата са в училище до вечерта.",
        ),
        9,
        decision="Читалището ще работи всяка събота от 9 до 12 ч. за три месеца на проба.",
        outcome="Читалището е отворено в събота. През първия месец дойдоха 40 души.",
    ),
    _Made(
        "money",
        ProposalWords(
            title="По-ниска такса за боклука за сами хора",
            text="Който живее сам, да плаща половин такса за битови отпадъци.",
            reason="Сам човек изхвърля малко.",
        ),
        5,
        decision="Размерът се решава от съвета по закон. Ще го обсъдим с бюджета за догодина.",
        is_refused=True,
    ),
)


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    assert uow.scope
    codes = list(settlements_here(uow)) or [""]
    start = crc32(uow.scope.slug.encode()) % len(codes)
    for number, made in enumerate(MADE):
        key = uuid5(NAMESPACE_URL, f"proposals/{uow.scope.slug}/{number}")
        settlement = codes[(start + number) % len(codes)]
        sender = ProposalSender(
            subject=made.subject, settlement=settlement, name="Проба Пробова", is_named=number == 0
        )
        proposal = send_proposal(uow, made.words, sender, request_id=key)
        if proposal.state != COLLECTING:
            continue
        for voice in range(made.supports):
            # A device has no address: nobody invented is ever written to.
            who = Supporter(device=f"seed-{voice}")
            support_proposal(uow, proposal.id, who, request_id=uuid5(key, str(voice)))
        if made.decision:
            _decide(uow, proposal, made)


def _decide(uow: UnitOfWork, proposal: Proposal, made: _Made) -> None:
    if proposal.state == COLLECTING:
        hand_in_now(uow, proposal)
        uow.session.flush()
    take_proposal(uow, proposal, expected_version=proposal.version)
    uow.session.flush()
    decision = Decision(
        words=made.decision,
        follow_up="Ново работно време на читалището",
        follow_up_by="читалището и отдел „Култура“",
        follow_up_on=day_of(uow.now) + timedelta(days=30),
    )
    way, version = REFUSE if made.is_refused else ACCEPT, proposal.version
    decide_proposal(uow, proposal, way, decision, expected_version=version)
    uow.session.flush()
    if made.outcome:
        carry_out(uow, proposal, made.outcome, expected_version=proposal.version)
        uow.session.flush()
