"""The tables of services, in every municipality."""

from obshto.modules.eservices.models.attachment import Attachment
from obshto.modules.eservices.models.call_back import CallBack
from obshto.modules.eservices.models.case import Case, Look, Step
from obshto.modules.eservices.models.complaint import Complaint
from obshto.modules.eservices.models.department import Department, DepartmentMember
from obshto.modules.eservices.models.designed import DesignedService, DesignedVersion, RecordedCase
from obshto.modules.eservices.models.document import IssuedDocument
from obshto.modules.eservices.models.dog import Dog, DogEntry, DogState, Keeping
from obshto.modules.eservices.models.draft import Draft
from obshto.modules.eservices.models.expiry import ExpiryNotice
from obshto.modules.eservices.models.fee import Fee, FeeState
from obshto.modules.eservices.models.inherited import InheritedService
from obshto.modules.eservices.models.offer import Counter, Offer
from obshto.modules.eservices.models.power import PowerOfAttorney
from obshto.modules.eservices.models.proposal import Proposal
from obshto.modules.eservices.models.published_act import PublishedAct
from obshto.modules.eservices.models.rating import Rating
from obshto.modules.eservices.models.seal import FormerSeal

MODELS = (
    *(Offer, Counter, Draft, Case, Step, Look, IssuedDocument, Attachment),
    *(Fee, Complaint, Rating, Proposal),
    *(Dog, Keeping, DogEntry, FormerSeal, DesignedService, DesignedVersion),
    *(RecordedCase, InheritedService, ExpiryNotice, Department, DepartmentMember),
    *(CallBack, PowerOfAttorney, PublishedAct),
)

__all__ = [
    "MODELS",
    "Attachment",
    "CallBack",
    "Case",
    "Complaint",
    "Counter",
    "Department",
    "DepartmentMember",
    "DesignedService",
    "DesignedVersion",
    "Dog",
    "DogEntry",
    "DogState",
    "Draft",
    "ExpiryNotice",
    "Fee",
    "FeeState",
    "FormerSeal",
    "InheritedService",
    "IssuedDocument",
    "Keeping",
    "Look",
    "Offer",
    "PowerOfAttorney",
    "Proposal",
    "PublishedAct",
    "Rating",
    "RecordedCase",
    "Step",
]
