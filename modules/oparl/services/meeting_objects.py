"""Meetings as objects: agenda, places, files, minutes, decisions as papers with consultations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.oparl.services.object_types import (
    BODY,
    CONSULTATION,
    FILE,
    ITEM,
    LOCATION,
    MEETING,
    ORGANIZATION,
    PAPER,
    PERSON,
    THE_BODY,
    THE_COUNCIL,
    Addresses,
    Key,
    ObjectDraft,
    moment_of,
)
from obshto.platform.clock import day_of
from obshto.platform.modularity.council_publication import (
    PublishedCouncil,
    PublishedDecision,
    PublishedFile,
    PublishedMeeting,
    PublishedPoint,
)

INVITED, HELD = "eingeladen", "durchgeführt"  # words that the standard asks for
DECISION = "Решение"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTeller:
    """What all meetings are told with: the council, recordings by meeting, names of villages."""

    council: PublishedCouncil
    recordings: Mapping[UUID, Sequence[PublishedFile]]
    villages: Mapping[str, str]  # by EKATTE code
    to: Addresses

    def objects_of(self, meeting: PublishedMeeting) -> Iterable[ObjectDraft]:
        """A meeting with all that belongs to it."""
        inner: dict[str, Key | list[Key]] = {}
        if place := self._place(meeting):
            yield place
            inner["location"] = (LOCATION, place.id)
        back = {"meeting": [self.to.of(MEETING, meeting.id)]}
        if meeting.minutes:
            yield self._file(meeting.minutes, back, meeting.id)
            inner["resultsProtocol"] = (FILE, meeting.minutes.id)
        recordings = self.recordings.get(meeting.id, ())
        for one in meeting.files:
            yield self._file(one, back, meeting.id)
        for one in recordings:
            yield self._file(one, back, one.id)
        inner["auxiliaryFile"] = [(FILE, one.id) for one in (*meeting.files, *recordings)]
        for point in meeting.points:
            yield from self._point_objects(meeting, point)
        inner["agendaItem"] = [(ITEM, point.id) for point in meeting.points]
        fields = self._fields(meeting)
        yield ObjectDraft(kind=MEETING, id=meeting.id, fields=fields, inner=inner, owner=meeting.id)

    def _fields(self, meeting: PublishedMeeting) -> dict[str, Any]:
        present = self.council.present.get(meeting.id, ()) if meeting.is_of_council else ()
        return {
            "name": meeting.title,
            "meetingState": HELD if meeting.minutes else INVITED,
            "cancelled": meeting.is_cancelled,
            "start": moment_of(meeting.starts_at),
            "end": moment_of(meeting.ends_at),
            "organization": self._organizations(meeting),
            "participant": [self.to.of(PERSON, one) for one in present],
            "keyword": [meeting.kind],
            "web": self.to.page(meeting.path),
        }

    def _organizations(self, meeting: PublishedMeeting) -> list[str]:
        """Of which committee a meeting is, or who organises a forum, is no object here."""
        return [self.to.of(ORGANIZATION, THE_COUNCIL)] if meeting.is_of_council else []

    def _place(self, meeting: PublishedMeeting) -> ObjectDraft | None:
        """One for all meetings at the same address."""
        village = self.villages.get(meeting.settlement, "")
        told = ", ".join(filter(None, (meeting.address, village)))
        if not told:
            return None
        fields = {"description": told, "streetAddress": meeting.address, "locality": village}
        place_id = uuid5(NAMESPACE_URL, f"oparl/place/{meeting.settlement}/{meeting.address}")
        return ObjectDraft(kind=LOCATION, id=place_id, fields=fields)

    def _point_objects(
        self, meeting: PublishedMeeting, point: PublishedPoint
    ) -> Iterable[ObjectDraft]:
        materials = self.council.materials.get(point.id, ()) if meeting.is_of_council else ()
        back = {"agendaItem": [self.to.of(ITEM, point.id)]}
        for one in materials:
            yield self._file(one, back, meeting.id)
        for decision in point.decisions:
            yield from self._decision_objects(meeting, point, decision)
        first = point.decisions[0].id if point.decisions else None
        fields = {
            "meeting": self.to.of(MEETING, meeting.id),
            "number": str(point.number),
            "order": point.number,
            "name": point.title,
            "consultation": self.to.of(CONSULTATION, _consultation(first)) if first else None,
            "result": "Взето е решение" if first else None,
            "resolutionText": "\n\n".join(one.text for one in point.decisions),
        }
        inner: dict[str, Any] = {"auxiliaryFile": [(FILE, one.id) for one in materials]}
        yield ObjectDraft(kind=ITEM, id=point.id, fields=fields, inner=inner, owner=meeting.id)

    def _decision_objects(
        self, meeting: PublishedMeeting, point: PublishedPoint, decision: PublishedDecision
    ) -> Iterable[ObjectDraft]:
        """A paper of its words, and its consultation under the point."""
        number = f" № {decision.number}" if decision.number else ""
        page, day = self.to.page(f"{meeting.path}/minutes"), day_of(meeting.starts_at).isoformat()
        paper, bodies = self.to.of(PAPER, decision.id), self._organizations(meeting)
        file_id, name = uuid5(decision.id, "text"), f"{DECISION}{number}: {point.title}"
        words = {"name": name, "mimeType": "text/html", "text": decision.text, "date": day}
        file = {**words, "accessUrl": page, "web": page, "paper": [paper]}
        yield ObjectDraft(kind=FILE, id=file_id, fields=file, owner=meeting.id)
        consulted = {
            "paper": paper,
            "agendaItem": self.to.of(ITEM, point.id),
            "meeting": self.to.of(MEETING, meeting.id),
            "organization": bodies,
            "authoritative": True,
            "role": DECISION,
        }
        consultation_id = _consultation(decision.id)
        yield ObjectDraft(kind=CONSULTATION, id=consultation_id, fields=consulted, owner=meeting.id)
        fields = {
            "body": self.to.of(BODY, THE_BODY),
            "name": name,
            "reference": decision.number,
            "date": day,
            "paperType": DECISION,
            "originatorOrganization": bodies,
            "web": page,
        }
        inner: dict[str, Any] = {"consultation": [(CONSULTATION, consultation_id)]}
        inner["mainFile"] = (FILE, file_id)
        yield ObjectDraft(kind=PAPER, id=decision.id, fields=fields, inner=inner, owner=meeting.id)

    def _file(
        self, one: PublishedFile, back: Mapping[str, Sequence[str]], owner: UUID
    ) -> ObjectDraft:
        fields = {
            "name": one.title,
            "fileName": one.name,
            "mimeType": one.mime,
            "size": one.size,
            "date": one.on.isoformat(),
            "accessUrl": self.to.page(one.path),
            "downloadUrl": self.to.page(one.download),
            "web": self.to.page(one.page),
            **back,
        }
        return ObjectDraft(kind=FILE, id=one.id, fields=fields, owner=owner)


def _consultation(decision_id: UUID) -> UUID:
    return uuid5(decision_id, "consultation")
