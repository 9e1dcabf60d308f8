"""An answer as the tutorial of Django counts it, locked and once a device, with the same brake.

It keeps no secrecy: its rows say when each device came, and its counters what it chose.
"""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

from django import forms
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now

from django_peer.polls.models import Choice, Participation, Poll

FRESH, A_YEAR = 60, 365 * 24 * 3600  # seconds
COOKIE, MOST = "device", 30
COUNT = """INSERT INTO public.django_peer_shared_sent (key, times, ends_at)
VALUES (%s, 1, now() + interval '1 day')
ON CONFLICT (key) DO UPDATE SET times = django_peer_shared_sent.times + 1 RETURNING times"""


class AnswerForm(forms.Form):
    choice = forms.ChoiceField(widget=forms.RadioSelect)
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, choices, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = choices


class Refused(Exception):
    """What the page says."""


def show(request, poll_id):
    title, choices = _asked(poll_id)
    form = AnswerForm(choices, request.POST or None, initial={"request_id": uuid4()})
    if request.method == "POST" and form.is_valid():
        device = request.COOKIES.get(COOKIE) or str(form.cleaned_data["request_id"])
        try:
            with transaction.atomic():
                _count(request, poll_id, int(form.cleaned_data["choice"]), device)
            answer = redirect(f"{request.path}?said=answered")
            answer.status_code = 303
            answer.set_cookie(COOKIE, device, A_YEAR, httponly=True, samesite="Lax")
            return answer
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return render(request, "poll.html", {"title": title, "form": form}, status=status)


def _asked(poll_id):
    """Title and choices, out of the cache of the municipality for a minute."""
    key = f"poll:{poll_id}"
    found = cache.get(key)
    if found is None:
        poll = Poll.objects.filter(id=poll_id, deleted_at=None).prefetch_related("choices").first()
        if poll is None:
            raise Http404
        choices = sorted(poll.choices.all(), key=lambda one: one.position)
        found = poll.title, [(str(one.id), one.label) for one in choices]
        cache.set(key, found, FRESH)
    return found


def _count(request, poll_id, choice_id, device):
    if _sent(request) > MOST:
        raise Refused("Твърде много отговори")
    poll = Poll.objects.select_for_update().get(id=poll_id)
    if poll.deleted_at or not poll.opens_at <= now() < poll.closes_at:
        raise Refused("Анкетата приключи")
    if Participation.objects.filter(poll=poll, device=device).exists():
        raise Refused("Вече отговорихте")
    Participation.objects.create(poll=poll, device=device)
    Choice.objects.filter(poll=poll, id=choice_id).update(answers=F("answers") + 1)
    Poll.objects.filter(id=poll.id).update(answers=F("answers") + 1)


def _sent(request):
    """How often somebody of this neighbourhood sent an answer today."""
    address = request.headers.get("X-Forwarded-For") or request.META["REMOTE_ADDR"]
    network = address.rpartition(".")[0]
    told = f"{request.tenant.schema_name}|{network}|{datetime.now(UTC):%Y-%m-%d}"
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [sha256(told.encode()).digest()])
        return cursor.fetchone()[0]
