"""The one file that names every room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import URL

import obshto.platform.modularity as modularity
import obshto.platform.web as web
from obshto.billing import layer as billing
from obshto.billing.gateways.collector import Collector
from obshto.billing.gateways.port import Gateway
from obshto.ops.canary.marks import mark_of
from obshto.ops.config import Config, spelled
from obshto.platform.app import Ground, create_app
from obshto.platform.audit.services import write_audit
from obshto.platform.cache_invalidation import invalidate_pages
from obshto.platform.db import control_rows
from obshto.platform.db.migrations import Chain, Target, chain
from obshto.platform.documents.seals import TSA_URL
from obshto.platform.jobs.enqueue import enqueue
from obshto.platform.jobs.reactions import ask_for_reactions
from obshto.platform.keys.key_cache import KeyCache, install_key_cache
from obshto.platform.keys.master import read_master_keys
from obshto.platform.keys.store import load_keys
from obshto.platform.maps.base_map import BASE_MAP, read_base_map
from obshto.platform.modularity.discovery import discover_components, discover_modules
from obshto.platform.modularity.manifest import Component
from obshto.platform.modularity.mount import mount
from obshto.platform.notify.job_names import (
    ADDRESS_BOOK,
    PHONES,
    PLACE_BOOK,
    PUSHER,
    RETURNS,
    SENDER,
    TRANSPORT,
)
from obshto.platform.notify.letter_looks import LETTER_LOOKS
from obshto.platform.notify.push.web_push import WebPush
from obshto.platform.notify.services import ask_for_letters
from obshto.platform.notify.sms.failover import FolderPhones, Gateways, Phones
from obshto.platform.notify.sms.gateways import gateway_of
from obshto.platform.notify.transport import FolderTransport, SmtpTransport
from obshto.platform.posters.arms import ARMS
from obshto.platform.purposes import guard
from obshto.platform.purposes.letters import RecordedLetterLooks
from obshto.platform.purposes.offices import OFFICES
from obshto.platform.search.feed_entries import ask_followers
from obshto.platform.search.services import index_what_changed
from obshto.platform.storage.media import MEDIA_STORE, MediaStore, find_encoder
from obshto.platform.storage.media_folder import MediaFolder
from obshto.platform.storage.turns import keep_turns_in
from obshto.platform.thread.writer import write_stations
from obshto.platform.video.rooms import VIDEO_ROOMS, LinkedRooms, VideoRooms
from obshto.platform.web.last_change import LAST_CHANGE
from obshto.platform.web.separate_origin import BOOTH_HOST, SeparateHost
from obshto.sso.embedded.book import Book
from obshto.sso.embedded.directory import EmbeddedDirectory
from obshto.sso.embedded.people import NAME, PEOPLE
from obshto.sso.oidc import ProviderConfig
from obshto.sso.oidc import install as install_provider
from obshto.tenants import layer as tenants
from obshto.tenants.delegation_gate import record_act
from obshto.tenants.municipalities.lookup import HostReader
from obshto.tenants.people.door_reader import DoorReader
from obshto.tenants.people.last_changes import find_last_change
from obshto.tenants.people.roles import StaffAddresses, StaffOffices
from obshto.tenants.portal.frame import IS_DEMO
from obshto.tenants.portal.territory import SettlementNames
from obshto.tenants.portal.theming import emblem_of
from obshto.tenants.portal.web_app import KEEPS_PAGES
from obshto.tenants.ports import DIRECTORY, Directory

CONFIG = "obshto.config"
ROOMS = ("platform", "tenants", "billing", "sso", "ops")

# The shells of all pages belong to no part, and neither do the kinds of personal data.
CATALOGUES = [str(Path(*room.__path__) / "translations") for room in (web, modularity)]

# What a commit does, in this order: facts are logged; what follows from them is asked for; the
# touch comes last, because the row that it locks is shared by all writers of a municipality.
BEFORE_COMMIT_HOOKS = (
    write_audit,
    record_act,
    index_what_changed,
    write_stations,
    ask_followers,
    ask_for_letters,
    ask_for_reactions,
    enqueue,
    invalidate_pages,
)


@cache
def all_components() -> tuple[Component, ...]:
    """Every part of every room, found by walking; the order is that of the rooms."""
    rooms = discover_components(*(f"obshto.{room}" for room in ROOMS))
    return (*rooms, *discover_modules("obshto.modules"))


@cache
def chain_of(target: Target) -> Chain:
    """The migrations of all parts for the region, or for each municipality; read once."""
    return chain(target, (part.folder for part in all_components()))


def compose(config: Config, *, parts: Sequence[Component] | None = None, threads: int = 0) -> Flask:
    """The whole house, as configured. `parts` stands in for all of them in tests.

    `threads` is how many pages are made at once, where the server keeps to it.
    """
    parts = all_components() if parts is None else parts
    reader = HostReader(conninfo(config.database))
    app = create_app(_ground(config, parts, reader, threads))
    app.config[IS_DEMO] = not config.is_production
    app.config[KEEPS_PAGES] = config.keeps_pages
    app.config[BOOTH_HOST] = config.has_booth_host
    tenants.install(app, reader)
    guard.install(app, records=config.is_production)
    mount(app, parts)
    slugs, secret = [part.slug for part in parts], config.secret_key
    control_rows.install(app, lambda here: [mark_of(secret, here, slug) for slug in slugs])
    _supply(app, config)
    for origin in filter(None, (part.separate_origin for part in parts)):
        if config.has_booth_host:
            apart = SeparateHost(app.wsgi_app, origin, config.base_host, config.scheme)
            app.wsgi_app = apart  # type: ignore[assignment, method-assign]  # Flask's way
    return app


def _ground(config: Config, parts: Sequence[Component], reader: HostReader, threads: int) -> Ground:
    """What the bare application is told."""
    return Ground(
        base_host=config.base_host,
        scheme=config.scheme,
        secret_key=config.secret_key,
        database=spelled(config.database),
        read_host=DoorReader(reader, config.scheme),
        find_domain=reader.find_domain,
        before_commit_hooks=BEFORE_COMMIT_HOOKS,
        catalogues=[str(part.folder / "translations") for part in parts] + CATALOGUES,
        form_targets=(
            config.address("login"),
            origin(config.issuer),
            *((config.stripe_pages,) if config.stripe_key else ()),
        ),
        proxies=config.proxies,
        threads=threads,
        media_source=_media_source(config),
    )


def _supply(app: Flask, config: Config) -> None:
    """The ports, each by who knows how."""
    install_key_cache(KeyCache(read_master_keys(config.master_key_file), load_keys))
    app.extensions[CONFIG] = config
    keep_turns_in(config.data_dir)
    app.extensions[ADDRESS_BOOK] = StaffAddresses()
    app.extensions[OFFICES] = StaffOffices()
    app.extensions[LAST_CHANGE] = find_last_change
    app.extensions[LETTER_LOOKS] = RecordedLetterLooks()
    app.extensions[PLACE_BOOK] = SettlementNames()
    app.extensions[ARMS] = emblem_of
    app.extensions[SENDER] = config.mail_from
    app.extensions[RETURNS] = config.bounce_to
    provider = provider_config(config)
    install_provider(app, provider)
    billing.install(app, _gateways(config), _collector(config))
    if directory := _directory(config, provider):
        app.extensions[DIRECTORY] = directory
    app.extensions[PHONES] = _phones(config)
    app.extensions[VIDEO_ROOMS] = _video_rooms(config)
    app.extensions[MEDIA_STORE] = _media_store(config)
    app.extensions[TSA_URL] = config.tsa_url
    app.extensions[BASE_MAP] = read_base_map(config.map_file)
    app.extensions[PUSHER] = WebPush(config.push_secret or config.secret_key, config.mail_from)
    app.extensions[TRANSPORT] = (
        SmtpTransport(config.smtp_url) if config.smtp_url else FolderTransport(config.letters_dir)
    )


def _media_store(config: Config) -> MediaStore | None:
    """A bucket where one is named, beside which the folder is for what ffmpeg works on."""
    accel, encoder = config.media_accel, find_encoder()
    if not config.media_s3_url:
        folder = config.media_dir
        return MediaFolder(folder, accel=accel, encoder=encoder) if folder else None
    # Its library costs half a second and 20 MB: only where there is a bucket.
    from obshto.platform.storage.media_bucket import (  # noqa: PLC0415
        BucketAddress,
        MediaBucket,
    )

    address = BucketAddress(
        url=config.media_s3_url,
        key=config.media_s3_key,
        secret=config.media_s3_secret,
        region=config.media_s3_region,
    )
    return MediaBucket(address, accel=accel, encoder=encoder, scratch=config.media_dir)


def _media_source(config: Config) -> str:
    """Origin from which pages may play videos besides their own: the bucket's, unless nginx fetches
    from there.
    """
    return "" if config.media_accel or not config.media_s3_url else origin(config.media_s3_url)


def _phones(config: Config) -> Phones:
    """The gateways of short messages in the order in which they are asked."""
    if config.sms_url:
        urls = filter(None, (config.sms_url, config.sms_second_url))
        return Gateways([gateway_of(url) for url in urls])
    return Gateways([]) if config.is_production else FolderPhones(config.letters_dir)


# Adapters that are not configured are not loaded: the libraries of Stripe and Keycloak take half a
# second of each start.
def _gateways(config: Config) -> list[Gateway]:
    """The providers that the installation has a contract with."""
    if not config.stripe_key:
        return []
    from obshto.billing.gateways.stripe import StripeGateway  # noqa: PLC0415

    return [StripeGateway(config.stripe_key, config.stripe_webhook_secret, api=config.stripe_api)]


def _collector(config: Config) -> Collector | None:
    """Who asks municipalities for the money of their invoices, where anybody does."""
    if not config.stripe_billing_secret:
        return None
    from obshto.billing.gateways.stripe_billing import StripeCollector  # noqa: PLC0415

    return StripeCollector(config.stripe_key, config.stripe_billing_secret, api=config.stripe_api)


def _video_rooms(config: Config) -> VideoRooms:
    """The video server that the installation runs; else the links that organisers type."""
    if not config.livekit_url:
        return LinkedRooms()
    from obshto.platform.video.livekit import LiveKitRooms  # noqa: PLC0415

    key, secret = config.livekit_key, config.livekit_secret
    return LiveKitRooms(config.livekit_url, key, secret, server=config.livekit_server)


def _directory(config: Config, provider: ProviderConfig) -> Directory | None:
    if config.has_embedded_identity:
        return EmbeddedDirectory(identity_book(config), provider)
    if config.keycloak_directory_secret:
        from obshto.sso.keycloak.directory import KeycloakDirectory  # noqa: PLC0415

        server = config.issuer.partition("/realms/")[0]
        return KeycloakDirectory(server, config.keycloak_directory_secret)
    return None


def provider_config(config: Config) -> ProviderConfig:
    """How the identity provider knows us, and we it."""
    return ProviderConfig(
        issuer=config.issuer,
        name=NAME if config.has_embedded_identity else config.issuer,
        client_id=config.oidc_client_id,
        client_secret=config.oidc_client_secret,
        redirect_uri=f"{config.address('login')}/callback",
        after_sign_out_uri=f"{config.address('login')}/bye",
    )


def identity_book(config: Config) -> Book:
    """The embedded provider's people, the invented ones from the first."""
    return Book(config.identity_file, [person.account for person in PEOPLE])


def origin(address: str) -> str:
    """Scheme and host of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def conninfo(url: URL) -> str:
    """The same address as libpq spells it."""
    return spelled(url.set(drivername="postgresql"))
