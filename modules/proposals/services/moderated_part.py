"""Port of moderation for proposals and the questions under them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext
from sqlalchemy import select

from obshto.modules.proposals.models import CitizenProposal, ProposalQuestion
from obshto.modules.proposals.services.access_log import subject_of, subject_of_question
from obshto.modules.proposals.services.moderation import reviewed_proposal, words_of
from obshto.modules.proposals.services.queries import proposal_of
from obshto.modules.proposals.services.question_moderation import reviewed_question
from obshto.platform.moderation.port import ModeratedThing
from obshto.platform.moderation.rules import RULES
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork


class ProposalModeration:
    """Offers `ModeratedPart`: an id is that of a proposal, or of a question under one."""

    rules: Mapping[str, LazyString] = RULES

    def things(self, uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ModeratedThing]:
        """Each by its number: the title may be what is hidden."""
        number = CitizenProposal.id, CitizenProposal.year, CitizenProposal.sequence
        asked = select(ProposalQuestion.id, *number).join(
            CitizenProposal, CitizenProposal.id == ProposalQuestion.proposal_id
        )
        own = select(CitizenProposal.id.label("thing"), *number)
        rows = own.where(CitizenProposal.id.in_(ids)).union_all(
            asked.where(ProposalQuestion.id.in_(ids))
        )
        return {
            thing_id: ModeratedThing(
                what=_title(f"{year}-{sequence:05d}", is_question=thing_id != proposal_id),
                path=f"/proposals/{proposal_id}",
            )
            for thing_id, proposal_id, year, sequence in uow.session.execute(rows)
        }

    def author(self, uow: UnitOfWork, object_id: UUID) -> Subject:
        """Raises NoSuchProposal."""
        if question := _question(uow, object_id):
            return subject_of_question(question)
        return subject_of(proposal_of(uow, object_id))

    def words(self, uow: UnitOfWork, object_id: UUID) -> str:
        """Raises NoSuchProposal."""
        if question := _question(uow, object_id):
            return question.hidden_words or question.words
        return words_of(proposal_of(uow, object_id))

    def lock(self, uow: UnitOfWork, object_id: UUID) -> None:
        """Raises NoSuchProposal."""
        if not _question(uow, object_id, to_change=True):
            proposal_of(uow, object_id, to_change=True)

    def reviewed(self, uow: UnitOfWork, object_id: UUID, *, is_restored: bool) -> None:
        """Raises NoSuchProposal."""
        if question := _question(uow, object_id):
            reviewed_question(uow, question, is_restored=is_restored)
        else:
            reviewed_proposal(uow, proposal_of(uow, object_id), is_restored=is_restored)


def _title(number: str, *, is_question: bool) -> str:
    if is_question:
        return str(gettext("Въпрос под предложение %(number)s", number=number))
    return str(gettext("Предложение %(number)s", number=number))


def _question(
    uow: UnitOfWork, object_id: UUID, *, to_change: bool = False
) -> ProposalQuestion | None:
    return uow.session.get(ProposalQuestion, object_id, with_for_update=to_change or None)
