from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class Municipality(TenantMixin):
    """One schema each."""

    title = models.TextField()
    phone = models.TextField(default="0938 12 345")
    auto_create_schema = True


class Domain(DomainMixin):
    """Its host."""
