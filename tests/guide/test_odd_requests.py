"""Whatever is sent to whatever address by whomever: never the site's fault, and always a way on.

`python -m tests.attacks` sends as many as one likes.
"""

import logging
from itertools import islice
from random import Random, SystemRandom
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from guide.staff.roles import ROLES
from guide.web.requests import ReadableRequest
from tests.factories import PostFactory, UserFactory
from tests.guide.cast import page_of
from tests.guide.odd_requests import Request, odd_requests

ENOUGH = 60  # requests of each role


def sent(client: Client, request: Request) -> Any:
    """The answer to such a request."""
    method, address, headers, body = request
    extra = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    kind = extra.pop("HTTP_CONTENT_TYPE", "")
    length = {"CONTENT_LENGTH": extra.pop("HTTP_CONTENT_LENGTH")} if "HTTP_CONTENT_LENGTH" in extra else {}
    if "HTTP_COOKIE" in extra and client.cookies:
        known = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        extra["HTTP_COOKIE"] = f"{known}; {extra['HTTP_COOKIE']}"
    return client.generic(method, address, body, kind or "application/octet-stream", **extra, **length)  # type: ignore[arg-type]


def fault_of(response: Any) -> str:
    """What is wrong with an answer; nothing where nothing is."""
    if response.status_code >= 500:
        return f"status {response.status_code}"
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if is_page and response.status_code >= 400 and response.content and not page_of(response).links:
        return f"{response.status_code} without a way on"
    return ""


@pytest.mark.parametrize("role", ["visitor", *sorted(ROLES), "superuser"])
def test_no_request_is_too_odd(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.test.client.WSGIRequest", ReadableRequest)  # as it is served
    logging.disable(logging.CRITICAL)
    seed = SystemRandom().randrange(10**6)
    client = Client(raise_request_exception=False)
    user = None if role == "visitor" else _user(role)
    faults = []
    for request in islice(odd_requests(Random(seed)), ENOUGH):  # noqa: S311  # to be had again
        if user is not None:
            client.force_login(user)
        if fault := fault_of(sent(client, request)):
            faults.append((fault, request))
    logging.disable(logging.NOTSET)
    cache.clear()
    assert not faults, f"seed {seed}"


def _user(role: str) -> User:
    if role == "superuser":
        return User.objects.create_superuser("root")
    user: User = PostFactory.create(user=UserFactory.create(role=role)).user
    return user
