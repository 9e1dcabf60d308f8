"""The table of the law with hundreds of rows: both standards of PDF, by a real judge."""

from uuid import uuid4

import pytest

from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.services import queries
from obshto.modules.consultations.services.answers import (
    AnswerWords,
    answer_opinions,
    publish_outcome,
)
from obshto.modules.consultations.services.filters import OpinionFilter
from obshto.modules.consultations.services.groups import AT_ONCE
from obshto.modules.consultations.services.table import set_table
from obshto.modules.consultations.services.waves import hide_wave
from obshto.platform.moderation.services import Reason
from obshto.platform.storage.services import file_of, pieces_of

REFUSED = AnswerWords(outcome="refused", reason="Няма средства.\nДогодина ще има.")


@pytest.mark.verapdf
def test_a_table_of_hundreds_of_opinions_keeps_both_standards(uow, crowd, judge):
    row = crowd(AT_ONCE)
    ids = [one.id for one in uow.session.scalars(queries.opinions_on(row))]
    one = uow.session.get(Opinion, ids[-1])
    one.words, one.organisation, one.shows_name = "Да\n\nи <b>още</b>", "Читалище „Проба“", True
    uow.session.flush()
    wave = OpinionFilter(ids=ids[:30])
    hide_wave(uow, row.id, wave, Reason(rule="insult", words="Обиди."), request_id=uuid4())
    uow.session.expire_all()
    answer_opinions(uow, row.id, ids, REFUSED, request_id=uuid4())
    uow.session.flush()
    told = {"outcome": "Прие се.", "changes": "Нищо.", "expected_version": row.version}
    publish_outcome(uow, row, **told)
    uow.session.flush()
    set_table(uow, row.id)
    pdf = b"".join(pieces_of(uow, file_of(uow, row.table_id)))
    assert judge({"table": pdf}) == []
