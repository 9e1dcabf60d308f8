"""A person's restriction of processing binds in every part that says so; the others say why not."""

from typing import NamedTuple
from uuid import uuid4

import pytest
from sqlalchemy import select
from tests.support.contract import ONLY

from obshto.modules.assistants.models import HelpRequest
from obshto.modules.consultations.models import Opinion
from obshto.modules.eservices.models import Case
from obshto.modules.events.models import Suggestion
from obshto.modules.forum.models import ForumPost
from obshto.modules.meetings.models import GuestQuestion
from obshto.modules.opendata.models import InformationRequest
from obshto.modules.projects.models import ProjectQuestion
from obshto.modules.proposals.models import CitizenProposal, ProposalQuestion
from obshto.modules.reports.models import Report
from obshto.ops.compose import all_components
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.modularity.manifest import PersonalData, RestrictionReach
from obshto.platform.privacy.restrictions import place_restriction
from obshto.platform.purposes.subjects import Subject

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
SENTENCE = "не се ползват по негово искане"
WORDS = {name: "Проба" for name in ("words", "answer", "asked", "reason")}


class Act(NamedTuple):
    """Where staff act upon a row of this model."""

    part: str
    model: type
    path: str
    person: str = "person_id"


ACTS = (
    Act("assistants", HelpRequest, "/console/assistants/{id}/plan"),
    Act("centres", Booking, "/console/centres/bookings/{id}/accept"),
    Act("consultations", Opinion, "/console/consultations/opinions/{id}/told"),
    Act("courses", Booking, "/console/courses/enrolments/{id}/accept"),
    Act("eservices", Case, "/console/eservices/{id}/take"),
    Act("events", Suggestion, "/console/events/suggestions/{id}/accept", "sent_by_id"),
    Act("forum", ForumPost, "/console/forum/posts/{id}/announce"),
    Act("meetings", GuestQuestion, "/console/meetings/questions/{id}"),
    Act("opendata", InformationRequest, "/console/opendata/requests/{id}/take"),
    Act("projects", ProjectQuestion, "/console/projects/questions/{id}"),
    Act("proposals", CitizenProposal, "/console/proposals/{id}/take"),
    Act("proposals", ProposalQuestion, "/console/proposals/questions/{id}"),
    Act("reports", Report, "/console/reports/{id}/take"),
)
THROUGH_OTHERS = {"bookings"}  # times of centres and courses


def test_each_part_with_pages_of_people_binds_or_says_why_not():
    parts = [part for part in all_components() if isinstance(part.privacy, PersonalData)]
    bound = {part.slug for part in parts if part.privacy.restriction is RestrictionReach.ACTS}
    assert bound == {act.part for act in ACTS} | THROUGH_OTHERS


@pytest.mark.parametrize(
    "act",
    [act for act in ACTS if ONLY in ("", act.part)],
    ids=lambda act: f"{act.part}-{act.model.__name__}",
)
def test_staff_do_not_act_upon_what_is_restricted(act, seeded, uow_in):
    with uow_in(VILLAGE) as uow:
        row_id, before, subject = _somebodys(uow, act)
    with uow_in(VILLAGE) as uow:
        place_restriction(uow, subject, case_id=uuid4(), number="1")
        uow.commit()
    refused = seeded.post(act.path.format(id=row_id), {**WORDS, "expected_version": before})
    assert refused.status_code in (403, 422) and SENTENCE in refused.text
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalar(select(act.model.version).filter_by(id=row_id)) == before


def test_a_restriction_of_a_neighbour_binds_nothing_here(seeded, uow_in):
    act = next(act for act in ACTS if act.model is CitizenProposal)
    with uow_in(VILLAGE) as uow:
        row_id, before, subject = _somebodys(uow, act)
    with uow_in(NEIGHBOUR) as uow:
        place_restriction(uow, subject, case_id=uuid4(), number="1")
        uow.commit()
    answer = seeded.post(act.path.format(id=row_id), {"expected_version": before})
    assert SENTENCE not in answer.text


def _somebodys(uow, act):
    """Id and version of a row, and whose it is now."""
    rows = select(act.model)
    if act.model is Booking:
        rows = rows.join(Slot, Slot.id == Booking.slot_id).join(Resource)
        rows = rows.where(Resource.part == act.part, Booking.id == Booking.group_id)
    row, person_id = uow.session.scalars(rows.limit(1)).one(), uuid4()
    setattr(row, act.person, person_id)
    uow.session.flush()
    found = row.id, row.version, Subject(person_id=person_id)
    uow.commit()
    return found
