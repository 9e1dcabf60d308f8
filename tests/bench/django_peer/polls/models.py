from django.db import models


class Poll(models.Model):
    """What is asked until a day, and how many answered."""

    title = models.TextField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(db_index=True)
    deleted_at = models.DateTimeField(null=True)
    answers = models.IntegerField(default=0)


class Choice(models.Model):
    """One answer, and how often it was given."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="choices")
    label = models.TextField()
    position = models.IntegerField()
    answers = models.IntegerField(default=0)


class Participation(models.Model):
    """That a device took part."""

    poll = models.ForeignKey(Poll, models.CASCADE)
    device = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "device"], name="once_a_device")]
