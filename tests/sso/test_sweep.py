"""What nobody finished of signing in is forgotten; what is under way is kept."""

from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.sso.models import Attempt, HandOff
from obshto.sso.services import sweep_sign_ins

COMMON = {"place": "gorno-selo", "back": "/", "browser_hash": b"b", "is_shared_computer": False}
OF = {
    Attempt: {"language": "bg", "level": 1, "nonce": "n", "verifier": "v"},
    HandOff: {"is_member": False, "assurance": 1, "idp_session": "", "id_token": ""},
}


@pytest.mark.parametrize(("model", "key"), [(Attempt, "state_hash"), (HandOff, "code_hash")])
def test_what_is_over_is_swept_and_what_is_under_way_is_kept(app, uow_in, model, key):
    over, alive = uuid4().bytes, uuid4().bytes
    more = {"person_id": uuid4(), "assured_at": now()} if model is HandOff else {}
    with app.app_context(), shared_session() as shared:
        for mine, ends_at in ((over, now()), (alive, now() + timedelta(minutes=1))):
            shared.add(model(**{key: mine}, ends_at=ends_at, **COMMON, **OF[model], **more))
        shared.commit()
    for _ in range(2):
        with uow_in("gorno-selo") as uow:
            sweep_sign_ins(uow)
    with app.app_context(), shared_session() as shared:
        assert [shared.get(model, mine) is not None for mine in (over, alive)] == [False, True]
        shared.delete(shared.get(model, alive))
        shared.commit()
