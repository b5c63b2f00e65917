"""What the site keeps: only drafts of forms, which nobody but the visitor can read."""

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
