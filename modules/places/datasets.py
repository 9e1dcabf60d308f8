"""Data sets of places."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.modules.places.models import Place
from obshto.modules.places.services.kinds import KINDS
from obshto.modules.places.services.queries import published
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _rows(uow: UnitOfWork) -> Query:
    return published().with_only_columns(
        *(Place.id, Place.kind, Place.name, Place.ekatte, Place.address),
        *(Place.phone, Place.website, Place.latitude, Place.longitude),
    )


DATASETS = (
    Dataset(
        slug="places",
        title=_("Места в общината"),
        about=_("Служби, лекари, училища, магазини и забележителности с адрес и точка на картата."),
        columns=(
            common.ID,
            common.kind(KINDS),
            *(common.NAME, common.PLACE, common.ADDRESS, common.PHONE, common.WEBSITE),
            *(common.LATITUDE, common.LONGITUDE),
        ),
        rows=_rows,
        theme="REGI",
        point=common.POINT,
        path="/places/",
    ),
)
