from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "django_peer.news"
    label = "django_peer_news"
    default_auto_field = "django.db.models.BigAutoField"
