from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class Municipality(TenantMixin):
    """One schema each."""

    title = models.TextField()
    phone = models.TextField(default="0938 12 345")
    auto_create_schema = True


class Sent(models.Model):
    """How often something was sent from one neighbourhood in one day."""

    key = models.BinaryField(primary_key=True)
    times = models.IntegerField()
    ends_at = models.DateTimeField(db_index=True)


class Domain(DomainMixin):
    """Its host."""
