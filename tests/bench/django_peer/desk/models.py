from django.db import models


class Service(models.Model):
    """What people ask for; listed under its group."""

    key = models.TextField(unique=True)
    title = models.TextField()
    summary = models.TextField()
    group = models.TextField()
    is_online = models.BooleanField(default=True)


class Application(models.Model):
    """What somebody sent, until it is decided."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    year = models.IntegerField()
    sequence = models.IntegerField()
    applicant = models.TextField()
    state = models.TextField(db_index=True)
    sent_at = models.DateTimeField()
    due_on = models.DateField(null=True, db_index=True)
    assignee_id = models.IntegerField(null=True, db_index=True)
    fee_cents = models.IntegerField(null=True)
    version = models.IntegerField(default=1)

    @property
    def number(self):
        return f"{self.year}-{self.sequence:05}"
