from django.db import models


class Item(models.Model):
    """What was published, or waits to be."""

    title = models.TextField()
    summary = models.TextField()
    markdown = models.TextField()
    html = models.TextField()
    author = models.TextField()
    version = models.IntegerField(default=1)
    published_at = models.DateTimeField(null=True, db_index=True)
    until = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()


class Membership(models.Model):
    """A role that somebody holds here."""

    user_id = models.IntegerField(db_index=True)
    role = models.TextField()
