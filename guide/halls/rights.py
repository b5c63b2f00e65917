"""Whose halls an editor may change."""

from django.contrib.auth.models import AnonymousUser, User

from bundles.loading import catalogue
from guide.models import Post


def regions_of(user: User | AnonymousUser) -> list[str] | None:
    """The regions whose halls are theirs; None means all of them.

    All where their role says so, else that of the hall they work in and all below: none for whoever works in no hall.
    """
    if user.has_perm("guide.every_hall"):
        return None
    post = Post.objects.filter(user_id=user.pk or 0).select_related("hall").first()
    if post is None:
        return []
    return [code for code in catalogue().regions if _lies_in(code, post.hall.region_id)]


def _lies_in(code: str, above: str) -> bool:
    place: str | None = code
    while place is not None:
        if place == above:
            return True
        place = catalogue().regions[place].parent
    return False
