"""What visitors and reviewers leave: drafts of forms, which only the visitor can read, and verdicts on translations."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """A form's values, encrypted under a key that only the visitor's cookie holds.

    `id` is derived from that key one way, so neither the row nor the database leads to a person.
    """

    id = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "草稿"
        verbose_name_plural = "草稿"

    def __str__(self) -> str:
        return f"{self.expires:%Y-%m-%d %H:%M}"


class Verdict(models.Model):
    """What a reviewer made of a translation: found it right, or wrote another one. Nothing is ever overwritten.

    `message` names the text (see `translations.pofiles.Entry.id`); `number` counts its verdicts from 1, so of two
    reviewers who answer at the same moment one is told of the other. The last verdict that isn't undone counts, until
    it is `published`: written into the language's PO file.
    """

    language = models.CharField(max_length=16)
    message = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    context = models.TextField(blank=True)
    text = models.TextField()
    translation = models.TextField()
    reviewed = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)  # who reviewed it, as the PO file will say
    day = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    published = models.BooleanField(default=False)

    class Meta:
        verbose_name = "译文意见"
        verbose_name_plural = "译文意见"
        ordering = ("language", "message", "number")
        constraints = (
            models.UniqueConstraint(fields=("language", "message", "number"), name="one_verdict_after_another"),
        )
        permissions = (("translate", "改译文"), ("review", "审核译文"))

    def __str__(self) -> str:
        return f"{self.language} {self.message} {self.number}"
