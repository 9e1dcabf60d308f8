"""The record of a consultation as whoever downloads it reads it."""

import json

from obshto.modules.consultations.services.table import record_pieces
from obshto.platform.web.language import SOURCE, speaking


def record_of(uow, consultation):
    with speaking(SOURCE):
        return json.loads("".join(record_pieces(uow, consultation)))
