"""Services, the question of a form, the queue of a clerk, the home page of the console."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from django_peer.desk.models import Application, Service
from django_peer.news.models import Item, Membership

FRESH, LISTED = 60, 20
OPEN = ("sent", "in_work", "asked")
SHOWN = ("new", "mine", "work", "asked", "late", "done")


class QuestionForm(forms.Form):
    """What the first page of a form asks."""

    name = forms.CharField(label="Име по документ за самоличност", max_length=200)
    person = forms.CharField(label="ЕГН, ЛНЧ или ЕИК", max_length=20)
    address = forms.CharField(label="Адрес", max_length=300, widget=forms.Textarea)
    phone = forms.CharField(label="Телефон", max_length=30, help_text="Например 0888 123 456")
    email = forms.EmailField(label="Имейл", required=False)
    delivery = forms.ChoiceField(
        label="Как да получите документа",
        choices=(("office", "На гише"), ("post", "По пощата"), ("electronic", "По интернет")),
        widget=forms.RadioSelect,
    )


def catalogue(request):
    """The list out of the cache, by municipality and language, for a minute."""
    key = f"catalogue:{get_language()}"
    block = cache.get(key)
    if block is None:
        context = {"services": list(Service.objects.order_by("group", "title"))}
        block = render(request, "services.html", context).content.decode()
        cache.set(key, block, FRESH)
    return render(request, "catalogue.html", {"blocks": block})


def question(request, key):
    form = QuestionForm(request.POST or None)
    service = get_object_or_404(Service, key=key)
    return render(request, "question.html", {"service": service, "form": form})


def may_work(request):
    """Roles are rows of the municipality."""
    roles = Membership.objects.filter(user_id=request.user.id).values_list("role", flat=True)
    return "editor" in set(roles)


def lists(user_id, today):
    return {
        "new": Q(state="sent"),
        "mine": Q(state__in=OPEN, assignee_id=user_id),
        "work": Q(state="in_work"),
        "asked": Q(state="asked"),
        "late": Q(state__in=OPEN, due_on__lt=today),
        "done": ~Q(state__in=OPEN),
    }


def counted(user_id, today):
    """How many stand in each list: one query."""
    wanted = {name: Count("id", filter=rows) for name, rows in lists(user_id, today).items()}
    return Application.objects.aggregate(**wanted)


def queue(request):
    if not request.user.is_authenticated:
        return redirect("/sign-in")
    if not may_work(request):
        return HttpResponseForbidden()
    chosen, today = request.GET.get("list", "new"), timezone.localdate()
    numbers = counted(request.user.id, today)
    rows = Application.objects.filter(lists(request.user.id, today)[chosen])
    rows = rows.select_related("service").order_by(F("due_on").asc(nulls_last=True), "id")
    page = Paginator(rows, LISTED)
    page.count = numbers[chosen]  # counted already
    workers = Membership.objects.values_list("user_id", flat=True)
    people = get_user_model().objects.filter(id__in=list(workers)).only("id", "first_name")
    shown = {"page": page.get_page(request.GET.get("page")), "people": people, "chosen": chosen}
    shown["tabs"] = [(name, numbers[name]) for name in SHOWN]
    return render(request, "queue.html", shown)


def desk(request):
    if not request.user.is_authenticated:
        return redirect("/sign-in")
    if not may_work(request):
        return HttpResponseForbidden()
    numbers = counted(request.user.id, timezone.localdate())
    drafts = Item.objects.filter(published_at=None, deleted_at=None).count()
    waits = [(name, numbers[name]) for name in SHOWN if numbers[name]] + [("drafts", drafts)]
    week = (
        Application.objects.filter(state__in=OPEN, due_on__gte=timezone.localdate())
        .values_list("due_on")
        .annotate(number=Count("id"))
        .order_by("due_on")[:7]
    )
    return render(request, "desk.html", {"waits": waits, "week": list(week)})
