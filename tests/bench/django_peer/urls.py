from django.urls import path

from django_peer import views
from django_peer.desk import views as desk
from django_peer.polls import views as polls

urlpatterns = [
    path("", views.home, name="home"),
    path("news/", views.news, name="news"),
    path("news/<int:item_id>", views.item, name="item"),
    path("console/news/", views.console, name="console"),
    path("services/", desk.catalogue, name="services"),
    path("services/<slug:key>", desk.question, name="question"),
    path("console/", desk.desk, name="desk"),
    path("console/services/", desk.queue, name="queue"),
    path("polls/<int:poll_id>", polls.show, name="poll"),
    path("sign-out", views.sign_out, name="sign_out"),
    *(
        path(f"{name}/", views.section, {"name": name}, name=name)
        for name in ("notices", "places", "polls", "pages", "taxes", "contact")
    ),
]
