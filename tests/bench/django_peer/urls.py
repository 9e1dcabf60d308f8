from django.urls import path

from django_peer import views

urlpatterns = [
    path("", views.home, name="home"),
    path("news/", views.news, name="news"),
    path("news/<int:item_id>", views.item, name="item"),
    path("console/news/", views.console, name="console"),
    path("sign-out", views.sign_out, name="sign_out"),
    *(
        path(f"{name}/", views.section, {"name": name}, name=name)
        for name in ("notices", "services", "places", "polls", "pages", "taxes", "contact")
    ),
]
