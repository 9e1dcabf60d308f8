from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "django_peer.desk"
    label = "django_peer_desk"
    default_auto_field = "django.db.models.BigAutoField"
