from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "django_peer.polls"
    label = "django_peer_polls"
    default_auto_field = "django.db.models.BigAutoField"
