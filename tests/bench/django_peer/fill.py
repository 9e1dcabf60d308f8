"""Make the peer's municipalities with news, an editor and their session: prints „host cookie“."""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "django_peer.settings"
django.setup()

from django.contrib.auth import (  # noqa: E402
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tenants.utils import schema_context  # noqa: E402

from django_peer.desk.models import Application, Service  # noqa: E402
from django_peer.news.models import Item, Membership  # noqa: E402
from django_peer.polls.models import Choice, Poll  # noqa: E402
from django_peer.shared.models import Domain, Municipality  # noqa: E402

ITEMS = 6  # as many as ours have
SERVICES = int(os.environ.get("PEER_SERVICES", "60"))  # as many as our catalogue shows
APPLICATIONS = 40


def main(port, slugs):
    call_command("migrate_schemas", shared=True, verbosity=0)
    user = get_user_model().objects.create_user("bench", first_name="Росица Пенкова")
    for slug in ("base", "localhost", *slugs):
        host = slug if slug == "localhost" else f"{slug}.localhost"
        name = f"p_{slug.replace('-', '_')}"
        here = Municipality(schema_name=name, title=f"Община {slug.title()}")
        here.save(verbosity=0)
        if slug == "base":
            continue  # without content: the others are copies of it
        Domain.objects.create(domain=host, tenant=here, is_primary=True)
        with schema_context(name):
            _fill(user)
        if slug != "localhost":
            print(f"{host}:{port} sessionid={_session(user)}")


def _fill(user):
    moment = timezone.now()
    poll = Poll.objects.create(
        title="Пазарът", opens_at=moment, closes_at=moment + timedelta(days=7)
    )
    Choice.objects.bulk_create(
        Choice(poll=poll, label=label, position=at)
        for at, label in enumerate(("Петък", "Събота", "Неделя"))
    )
    services = Service.objects.bulk_create(
        Service(
            key=f"{2000 + number}",
            title="Издаване на удостоверение " * 2,
            summary="Кому се издава и за какво служи. " * 3,
            group=f"Раздел {number % 8}",
        )
        for number in range(SERVICES)
    )
    Application.objects.bulk_create(
        Application(
            service=services[number % SERVICES],
            year=2026,
            sequence=number + 1,
            applicant="Проба Пробова",
            state="sent",
            sent_at=moment - timedelta(hours=number),
            due_on=moment.date() + timedelta(days=number % 20 - 5),
            fee_cents=250,
        )
        for number in range(APPLICATIONS)
    )
    Membership.objects.create(user_id=user.id, role="editor")
    Item.objects.bulk_create(
        Item(
            title="Заглавие " * 12,
            summary="Накратко " * 33,
            markdown="Текст " * 200,
            html="<p>Текст</p>" * 200,
            author="bench",
            published_at=moment - timedelta(hours=number),
            changed_at=moment,
        )
        for number in range(ITEMS)
    )


def _session(user):
    made = SessionStore()
    made[SESSION_KEY] = str(user.id)
    made[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    made[HASH_SESSION_KEY] = user.get_session_auth_hash()
    made.create()
    return made.session_key


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
