"""The practice municipality of a region: made once, with invented places and contents."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects.postgresql import insert

from obshto.ops.compose import compose
from obshto.ops.config import Config
from obshto.ops.db_session import reached
from obshto.ops.seed import Say, connect, every_module, furnish, join, settle_people
from obshto.platform.scope import PRACTICE
from obshto.tenants.municipalities.models import Settlement, Tenant
from obshto.tenants.practice.municipality import TITLES, practice_municipality

BY = "obshto practice"
# Codes that no real town or village has: the register of the state ends before them.
SETTLEMENTS = (
    ("99901", "град", {"bg": "Учебна", "en": "Uchebna", "ro": "Ucebna"}),
    ("99902", "село", {"bg": "Горна Проба", "en": "Gorna Proba", "ro": "Gorna Proba"}),
    ("99903", "село", {"bg": "Долна Проба", "en": "Dolna Proba", "ro": "Dolna Proba"}),
)


def add_practice(config: Config, say: Say) -> None:
    """It is there, with everything switched on and people to practise on. Twice changes nothing."""
    app = compose(config)
    with reached(config.migrator) as engine:
        with app.app_context():
            is_new = _join(engine)
        connect(app, PRACTICE, TITLES, say)
        if config.has_embedded_identity:
            settle_people(app, PRACTICE)
        if is_new:
            furnish(app, PRACTICE)
    say(f"{TITLES['bg']}: {config.address(PRACTICE)}")


def _join(engine: Engine) -> bool:
    with engine.begin() as connection:
        if connection.scalar(select(Tenant.slug).where(Tenant.slug == PRACTICE)):
            return False
        join(connection, practice_municipality(every_module()), by=BY)
        settle(connection)
    return True


def settle(connection: Connection) -> None:
    """Its invented town and villages."""
    rows = [
        {
            "ekatte": code,
            "municipality": PRACTICE,
            "kind": kind,
            "names": names,
            "postal_code": None,
            "is_seat": kind == "град",
            "sort_key": names["bg"].casefold(),
        }
        for code, kind, names in SETTLEMENTS
    ]
    connection.execute(insert(Settlement).values(rows).on_conflict_do_nothing())
