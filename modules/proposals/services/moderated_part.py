"""Port of moderation for proposals, their old versions and the questions under them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext
from sqlalchemy import literal, select

from obshto.modules.proposals.models import (
    CitizenProposal,
    ProposalQuestion,
    ProposalVersion,
)
from obshto.modules.proposals.services.access_log import subject_of, subject_of_question
from obshto.modules.proposals.services.moderation import reviewed_proposal, words_of
from obshto.modules.proposals.services.queries import proposal_of
from obshto.modules.proposals.services.question_moderation import reviewed_question
from obshto.modules.proposals.services.version_moderation import reviewed_version, version_words
from obshto.platform.moderation.port import ModeratedThing
from obshto.platform.moderation.rules import RULES
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

_Old = ProposalVersion


class ProposalModeration:
    """Offers `ModeratedPart`: an id is that of a proposal, of an old version, of a question."""

    rules: Mapping[str, LazyString] = RULES

    def things(self, uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ModeratedThing]:
        """Each by its number: the title may be what is hidden."""
        number = CitizenProposal.id, CitizenProposal.year, CitizenProposal.sequence
        own = select(CitizenProposal.id.label("thing"), *number, literal(0).label("version"))
        asked, old = (
            select(row.id, *number, version).join(
                CitizenProposal, CitizenProposal.id == row.proposal_id
            )
            for row, version in ((ProposalQuestion, literal(-1)), (_Old, _Old.number))
        )
        rows = own.where(CitizenProposal.id.in_(ids)).union_all(
            asked.where(ProposalQuestion.id.in_(ids)), old.where(_Old.id.in_(ids))
        )
        return {
            thing_id: _thing(proposal_id, f"{year}-{sequence:05d}", version)
            for thing_id, proposal_id, year, sequence, version in uow.session.execute(rows)
        }

    def author(self, uow: UnitOfWork, object_id: UUID) -> Subject:
        """Raises NoSuchProposal."""
        if question := _question(uow, object_id):
            return subject_of_question(question)
        version = uow.session.get(_Old, object_id)
        return subject_of(proposal_of(uow, version.proposal_id if version else object_id))

    def words(self, uow: UnitOfWork, object_id: UUID) -> str:
        """Raises NoSuchProposal."""
        if question := _question(uow, object_id):
            return question.hidden_words or question.words
        if version := uow.session.get(_Old, object_id):
            return version_words(version)
        return words_of(proposal_of(uow, object_id))

    def lock(self, uow: UnitOfWork, object_id: UUID) -> None:
        """Raises NoSuchProposal."""
        if not _question(uow, object_id, to_change=True):
            version = uow.session.get(_Old, object_id)
            whole = version.proposal_id if version else object_id
            proposal_of(uow, whole, to_change=True)

    def reviewed(self, uow: UnitOfWork, object_id: UUID, *, is_restored: bool) -> None:
        """Raises NoSuchProposal."""
        if question := _question(uow, object_id):
            reviewed_question(uow, question, is_restored=is_restored)
        elif version := uow.session.get(_Old, object_id):
            reviewed_version(uow, version, is_restored=is_restored)
        else:
            reviewed_proposal(uow, proposal_of(uow, object_id), is_restored=is_restored)


def _thing(proposal_id: UUID, number: str, version: int) -> ModeratedThing:
    """`version` 0 is the proposal itself, -1 a question under it."""
    path, what = f"/proposals/{proposal_id}", gettext("Предложение %(number)s", number=number)
    if version < 0:
        what = gettext("Въпрос под предложение %(number)s", number=number)
    elif version:
        path += "/versions"
        told = {"version": version, "number": number}
        what = gettext("Версия %(version)s на предложение %(number)s", **told)
    return ModeratedThing(what=str(what), path=path)


def _question(
    uow: UnitOfWork, object_id: UUID, *, to_change: bool = False
) -> ProposalQuestion | None:
    return uow.session.get(ProposalQuestion, object_id, with_for_update=to_change or None)
