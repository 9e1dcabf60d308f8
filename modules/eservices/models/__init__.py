"""The tables of services, in every municipality."""

from obshto.modules.eservices.models.case import Case, Look, Step
from obshto.modules.eservices.models.document import IssuedDocument
from obshto.modules.eservices.models.draft import Draft
from obshto.modules.eservices.models.offer import Counter, Offer

MODELS = (Offer, Counter, Draft, Case, Step, Look, IssuedDocument)

__all__ = ["MODELS", "Case", "Counter", "Draft", "IssuedDocument", "Look", "Offer", "Step"]
