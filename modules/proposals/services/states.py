"""States of a proposal and the ways between them: who may, what is told."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString, lazy_gettext

from obshto.modules.proposals import events
from obshto.modules.proposals.errors import ProposalNotFromHere, ProposalNotYours, StaleProposal
from obshto.modules.proposals.models import CitizenProposal, ProposalLine
from obshto.modules.proposals.permissions import ProposalsPermission
from obshto.platform.cases.case_machine import CaseMachine
from obshto.platform.entity import expect_version
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workflow import Transition

COLLECTING, RECEIVED, IN_WORK = "collecting", "received", "in_work"
ACCEPTED, PARTLY, REFUSED, PASSED_ON = "accepted", "partly", "refused", "passed_on"
CARRIED_OUT, WITHDRAWN, MERGED = "carried_out", "withdrawn", "merged"
OPEN = (COLLECTING, RECEIVED, IN_WORK)  # may be supported
UNDER_WAY = (RECEIVED, IN_WORK)  # a term runs
DECIDED = (ACCEPTED, PARTLY, REFUSED, PASSED_ON, CARRIED_OUT)
PROMISED = (ACCEPTED, PARTLY)
STATES: Mapping[str, LazyString] = {
    COLLECTING: lazy_gettext("Събира подкрепа"),
    RECEIVED: lazy_gettext("Внесено"),
    IN_WORK: lazy_gettext("Разглежда се"),
    ACCEPTED: lazy_gettext("Прието"),
    PARTLY: lazy_gettext("Прието отчасти"),
    REFUSED: lazy_gettext("Не е прието"),
    PASSED_ON: lazy_gettext("Изпратено на друг орган"),
    CARRIED_OUT: lazy_gettext("Изпълнено"),
    WITHDRAWN: lazy_gettext("Оттеглено"),
    MERGED: lazy_gettext("Обединено с друго"),
}
COLOURS: Mapping[str, str] = {
    **{COLLECTING: "blue", RECEIVED: "light-blue", IN_WORK: "yellow", ACCEPTED: "turquoise"},
    **{PARTLY: "turquoise", REFUSED: "red", PASSED_ON: "purple", CARRIED_OUT: "green"},
    **{WITHDRAWN: "grey", MERGED: "grey"},
}
MACHINE = CaseMachine(
    states=STATES, refusal=ProposalNotFromHere, lines=ProposalLine, told={"topic": "subject"}
)
move, note, record = MACHINE.move, MACHINE.note, MACHINE.record
ProposalTransition = Transition[events.ProposalFact]


def _way(
    name: str,
    sources: tuple[str, ...],
    to: str,
    fact: type[events.ProposalFact],
    told: LazyString,
    who: Permission | None = ProposalsPermission.HANDLE,
) -> ProposalTransition:
    return Transition(name=name, sources=sources, to=to, who=who, fact=fact, told=told)


SEND = _way(
    *("sent", (), COLLECTING, events.ProposalSent),
    lazy_gettext("Предложението е направено и събира подкрепа."),
    None,
)
HAND_IN = _way(
    *("handed-in", (COLLECTING,), RECEIVED, events.ProposalHandedIn),
    lazy_gettext("Предложението е внесено в общината. Срокът за решение тече."),
    None,
)
TAKE = _way(
    *("taken", (RECEIVED,), IN_WORK, events.ProposalTaken),
    lazy_gettext("Служител започна работа по предложението."),
)
ACCEPT = _way(
    *("accepted", (IN_WORK,), ACCEPTED, events.ProposalDecided),
    lazy_gettext("Общината прие предложението."),
)
ACCEPT_PARTLY = _way(
    *("partly", (IN_WORK,), PARTLY, events.ProposalDecided),
    lazy_gettext("Общината прие предложението отчасти."),
)
REFUSE = _way(
    *("refused", (IN_WORK,), REFUSED, events.ProposalDecided),
    lazy_gettext("Общината не прие предложението и каза защо."),
)
PASS_ON = _way(
    *("passed-on", (IN_WORK,), PASSED_ON, events.ProposalDecided),
    lazy_gettext("Не е на общината. Изпратихме го на органа, който решава."),
)
CARRY_OUT = _way(
    *("carried-out", PROMISED, CARRIED_OUT, events.ProposalCarriedOut),
    lazy_gettext("Общината изпълни обещаното."),
)
WITHDRAW = _way(
    *("withdrawn", OPEN, WITHDRAWN, events.ProposalWithdrawn),
    lazy_gettext("Авторът оттегли предложението."),
    None,
)
MERGE = _way(
    *("merged", OPEN, MERGED, events.ProposalMerged),
    lazy_gettext("Обедини се с друго предложение, със съгласието на двамата автори."),
    None,
)
WAYS: Mapping[str, ProposalTransition] = {
    way.name: way
    for way in (
        *(SEND, HAND_IN, TAKE, ACCEPT, ACCEPT_PARTLY, REFUSE, PASS_ON, CARRY_OUT, WITHDRAW, MERGE),
    )
}
DECISIONS = (ACCEPT, ACCEPT_PARTLY, REFUSE, PASS_ON)
# Lines of the public history that are no transition.
NOTES: Mapping[str, LazyString] = {
    "absorbed": lazy_gettext("Към него се присъедини друго, със съгласието на двамата автори."),
    "coauthor-joined": lazy_gettext("Присъедини се съавтор."),
    "author-left": lazy_gettext("Един от авторите напусна; другите остават."),
    "changed": lazy_gettext("Авторът подобри предложението."),
    "hidden": lazy_gettext("Общината скри предложението от гражданите."),
    "shown": lazy_gettext("Предложението отново се вижда."),
    "version-hidden": lazy_gettext("Общината скри стар текст на предложението."),
    "version-shown": lazy_gettext("Старият текст отново се вижда."),
    "version-upheld": lazy_gettext("Друг човек прегледа възражението: старият текст остава скрит."),
    "upheld": lazy_gettext("Друг човек прегледа възражението: предложението остава скрито."),
    "extended": lazy_gettext("Общината удължи срока и каза защо."),
    "mayor": lazy_gettext("Събра достатъчно подкрепа, за да реши кметът."),
    "council": lazy_gettext("Събра достатъчно подкрепа, за да го разгледа общинският съвет."),
}


def expect(proposal: CitizenProposal, expected_version: int) -> None:
    """Raises StaleProposal."""
    expect_version(proposal, expected_version, StaleProposal)


def expect_mine(uow: UnitOfWork, proposal: CitizenProposal, expected_version: int) -> None:
    """Raises StaleProposal, ProposalNotYours."""
    expect(proposal, expected_version)
    if proposal.assignee_id != uow.principal.person_id:
        raise ProposalNotYours
