from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "django_peer.shared"
    label = "django_peer_shared"
    default_auto_field = "django.db.models.BigAutoField"
