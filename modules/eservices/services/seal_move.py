"""Move of electronic seals into `platform.documents`: encrypted anew, then gone here."""

from __future__ import annotations

from sqlalchemy import select

from obshto.modules.eservices.models import FormerSeal
from obshto.platform.documents.models import Seal
from obshto.platform.documents.seals import KEPT_AS, seal_of
from obshto.platform.keys.encryption import decrypt_bytes_for, encrypt_bytes_for
from obshto.platform.unit_of_work import UnitOfWork

FORMER = "eservices_seal.content"
SAME = ("id", "kind", "subject", "issuer", "valid_until", "fingerprint", "put_at", "version")


def move_seals(uow: UnitOfWork) -> None:
    """Job, and before the first seal is set: a newer one of the same kind stays."""
    rows = select(FormerSeal).order_by(FormerSeal.id).with_for_update()
    for former in uow.session.scalars(rows).all():
        if seal_of(uow, former.kind) is None:
            content = decrypt_bytes_for(FORMER, former.id, former.content)
            seal = Seal(**{name: getattr(former, name) for name in SAME})
            seal.content = encrypt_bytes_for(KEPT_AS, seal.id, content)
            uow.session.add(seal)
        uow.session.delete(former)
    uow.session.flush()
