"""Demonstration posts: invented, the same in each municipality."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import update

from obshto.modules.feeds.models import Channel, Delivery, Item, Post, Source
from obshto.modules.feeds.services.delivery import TOKEN
from obshto.modules.feeds.services.network_calls import seal_token
from obshto.modules.feeds.services.posts import Draft, Picture, submit_post, write_post
from obshto.modules.feeds.services.states import Stand
from obshto.modules.feeds.services.targets import REGION
from obshto.platform.storage.services import keep_picture
from obshto.platform.unit_of_work import UnitOfWork

SQUARE = Path(__file__).parent / "data" / "square.png"
SERVER = "https://social.example"  # nobody's, by RFC 2606: nothing is ever sent there
HAND = "hand:facebook"
SENT = Draft(
    title="Чешмата на площада пак тече",
    summary="Сменихме помпата и почистихме коритото. Водата е годна за пиене.",
    picture_alt="Чешмата на площада, зад нея сградата на общината",
)
WAITING = Draft(
    title="Пазарът в събота е на стадиона",
    summary="Площадът се ремонтира, затова тази събота пазарът е на стадиона, от 7 до 13 часа.",
    targets=(REGION,),
)
BEGUN = Draft(
    title="Търсим доброволци за почистване на парка",
    summary="Елате в неделя в 9 часа. Чували и ръкавици даваме ние.",
)
READ = (
    (
        "Репетиция на читалищния състав",
        "Кратък запис от вчерашната репетиция. Концертът е в петък от 18 часа.",
        "Сцената на читалището",
    ),
    ("", "Снегът е почистен по всички улици до училището. Шофирайте внимателно.", ""),
)


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    if uow.session.get(Channel, _id(uow, "channel")):
        return
    channel = _channel(uow)
    for draft, key in ((SENT, "sent"), (WAITING, "waiting"), (BEGUN, "begun")):
        post = _write(uow, draft, key, channel)
        if draft is not BEGUN:
            submit_post(uow, post, expected_version=post.version)
    _as_it_went(uow, channel)
    _source(uow)


def _write(uow: UnitOfWork, draft: Draft, key: str, channel: Channel) -> Post:
    is_sent = draft is SENT
    picture = Picture(stream=BytesIO(SQUARE.read_bytes()), name="square.png") if is_sent else None
    post = write_post(uow, draft, request_id=_id(uow, key), picture=picture)
    if is_sent:
        post.targets = [str(channel.id), str(_page(uow).id), HAND]
    if draft is WAITING:  # somebody else wrote it, so that whoever looks may approve it
        post.changed_by, post.changed_by_id, post.author_id = "", None, None
    uow.session.flush()
    return post


def _as_it_went(uow: UnitOfWork, channel: Channel) -> None:
    """One network did not take it, of one nobody knows, one waits for somebody: things to do."""
    for target, state, trouble in (
        (str(channel.id), Stand.FAILED, TOKEN),
        (str(_id(uow, "page")), Stand.UNKNOWN, ""),
        (HAND, Stand.BY_HAND, ""),
    ):
        row = update(Delivery).where(Delivery.target == target)
        asked_at = uow.now if state is Stand.UNKNOWN else None
        it = {"state": state, "trouble": trouble, "due_at": None, "tries": 1, "asked_at": asked_at}
        uow.session.execute(row.values(it))


def _page(uow: UnitOfWork) -> Channel:
    """A page whose token ends soon."""
    page = Channel(
        id=_id(uow, "page"),
        request_id=_id(uow, "page"),
        kind="facebook",
        address=SERVER,
        account="Страница на общината",
        account_id="100",
        is_regional=False,
        limit=63_206,
        added_at=uow.now,
        checked_at=uow.now,
        trouble="",
        expires_at=uow.now + timedelta(days=12),
    )
    seal_token(page, "demonstration")
    uow.session.add(page)
    uow.session.flush()
    return page


def _channel(uow: UnitOfWork) -> Channel:
    channel = Channel(
        id=_id(uow, "channel"),
        request_id=_id(uow, "channel"),
        kind="mastodon",
        address=SERVER,
        account="@obshtina@social.example",
        account_id="",
        is_regional=False,
        limit=500,
        added_at=uow.now,
        checked_at=uow.now,
        trouble=TOKEN,
    )
    seal_token(channel, "demonstration")
    uow.session.add(channel)
    uow.session.flush()
    return channel


def _source(uow: UnitOfWork) -> None:
    """As if it had been read; it is not asked before a month has gone."""
    source = Source(
        id=_id(uow, "source"),
        request_id=_id(uow, "source"),
        kind="mastodon",
        title="Читалището",
        address=f"{SERVER}/@chitalishte.rss",
        page=f"{SERVER}/@chitalishte",
        etag="",
        modified="",
        added_at=uow.now,
        due_at=uow.now + timedelta(days=30),
        fetched_at=uow.now,
        failures=0,
        trouble="",
    )
    uow.session.add(source)
    uow.session.flush()
    for number, (title, text, alt) in enumerate(READ):
        picture = keep_picture(uow, BytesIO(SQUARE.read_bytes()), name="square") if alt else None
        item = Item(
            id=_id(uow, f"item-{number}"),
            source_id=source.id,
            guid=f"{number}",
            title=title,
            text=text,
            link=f"{SERVER}/@chitalishte/{number}",
            picture="",
            picture_id=picture.id if picture else None,
            picture_alt=alt,
            published_at=uow.now - timedelta(days=number + 1),
        )
        uow.session.add(item)


def _id(uow: UnitOfWork, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"feeds/{uow.scope.slug}/{key}")


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft for no channel with that number, which is never published."""
    told = Draft(
        title=f"Контролна чернова {mark}",
        summary="С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте.",
    )
    write_post(uow, told, request_id=uuid5(NAMESPACE_URL, mark))
