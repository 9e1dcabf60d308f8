"""Trial: who has no account is an invented person of the practice municipality for some hours."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import uuid4

from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.scope import PRACTICE
from obshto.platform.unit_of_work import Principal, UnitOfWork
from obshto.platform.web.request_uow import act_as
from obshto.sso.events import SessionOpened
from obshto.tenants.api import Profile, Proof, Term, open_session, register_person

ISSUER = "practice"  # no provider knows them
TRIAL = Term(timedelta(hours=1), timedelta(hours=3))
NAMES = ("Цена Пробова", "Петър Пробов", "Мария Пробова", "Иван Пробов", "Флора Пробова")


class TrialForm(RateLimitedForm):
    """Nothing, up to the limit: a library or a school has one address for everybody."""

    rate_limit = RateLimit(thing="sso:trial.begin", most=30, window=timedelta(hours=1))


def begin_trial(uow: UnitOfWork, device: str) -> str:
    """What the cookie shall hold. Each is somebody new: nobody reads what another one typed."""
    assert uow.scope.is_practice
    name = secrets.choice(NAMES)
    guest = Profile(issuer=ISSUER, subject=str(uuid4()), name=name, email=None)
    person_id = register_person(guest)
    act_as(Principal(person_id=person_id, name=name))
    token = open_session(person_id, municipality=PRACTICE, term=TRIAL, proof=Proof(), device=device)
    uow.emit(SessionOpened(subject_id=person_id, assurance=1, is_staff=False))
    return token
