"""The same pages: who asks is looked up, the menu knows where one is, news come by one query."""

from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from django_peer.news.models import Item, Membership

SECTIONS = (
    ("news", "Новини"),
    ("notices", "Съобщения"),
    ("services", "Услуги"),
    ("places", "Места"),
    ("polls", "Анкети"),
    ("pages", "За общината"),
)
ERRANDS = (
    ("services", "Подайте заявление"),
    ("taxes", "Проверете и платете данък"),
    ("polls", "Отговорете на анкета"),
    ("places", "Намерете място"),
    ("notices", "Вижте какво спира"),
    ("contact", "Пишете на общината"),
)
FRESH = 60  # seconds that a fragment is kept
LISTED, ON_HOME = 20, 5


def frame(request):
    """What surrounds every page."""
    lines = [(title, reverse(name)) for name, title in SECTIONS]
    return {
        "here": request.tenant,
        "menu": [(title, href, request.path.startswith(href)) for title, href in lines],
        "foot": [(title, reverse(name)) for name, title in (*SECTIONS, *ERRANDS)],
        "languages": (("bg", "Български"), ("en", "English"), ("ro", "Română")),
        "address": request.build_absolute_uri(request.path),
    }


def shown():
    moment = timezone.now()
    begun = Q(published_at__lte=moment, deleted_at=None)
    rows = Item.objects.filter(begun & (Q(until=None) | Q(until__gt=moment)))
    return rows.defer("markdown", "html").order_by("-published_at", "-id")


def home(request):
    """The block of news out of the cache, by municipality and language, for a minute."""
    key = f"home:{get_language()}"
    block = cache.get(key)
    if block is None:
        items = list(shown()[:ON_HOME])
        context = {"items": items, "errands": [(title, reverse(n)) for n, title in ERRANDS]}
        block = render(request, "blocks.html", context).content.decode()
        cache.set(key, block, FRESH)
    return render(request, "home.html", {"blocks": block})


def news(request):
    page = Paginator(shown(), LISTED).get_page(request.GET.get("page"))
    return render(request, "news.html", {"page": page})


def console(request):
    if not request.user.is_authenticated:
        return redirect("/sign-in")
    roles = set(Membership.objects.filter(user_id=request.user.id).values_list("role", flat=True))
    if "editor" not in roles:
        return HttpResponseForbidden()
    rows = Item.objects.filter(deleted_at=None).defer("markdown", "html")
    page = Paginator(rows.order_by("-changed_at"), LISTED).get_page(request.GET.get("page"))
    return render(request, "console.html", {"page": page})


def item(request, item_id):
    return render(request, "item.html", {"item": get_object_or_404(shown(), id=item_id)})


def section(request, name):
    raise Http404(name)


def sign_out(request):
    return HttpResponse(status=405)
