"""Who is at the other end: what a web server in front says of its visitors is believed where that server is known.

`TRUSTED_PROXIES` names these servers; `unix` stands for whatever comes through a Unix socket.
"""

import logging
from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guide.web.requests import Respond

LOG = logging.getLogger(__name__)
SOCKET = "unix"
CHAIN = "HTTP_X_FORWARDED_FOR"
HOST = "HTTP_X_FORWARDED_HOST"
SAID_BY_PROXIES = ("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP")
HOUSEHOLD = 64  # bits: whoever has one address of IPv6 has all that begin with these


def client_address(request: HttpRequest) -> str:
    """The visitor's address: the last one on the way here that isn't a known web server's. Empty for a socket.

    A web server writes whom it heard at the end of X-Forwarded-For; what stands before that, the visitor may have made
    up. An entry that is no address ends the way: the server that passed it on is the last thing known.
    """
    address = peer = str(request.META.get("REMOTE_ADDR", ""))
    way = str(request.META.get(CHAIN, "")).split(",") if is_proxy(peer) else []
    for entry in reversed(way):
        found = _address(entry)
        if not is_proxy(address) or found is None:
            break
        address = str(found)
    found = _address(address)
    return str(found) if found else ""


def neighbourhood(address: str) -> str:
    """What one visitor may have many of counts as one: an IPv6 network of a household, an IPv4 address."""
    found = _address(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((int(found), HOUSEHOLD), strict=False))
    return address


def is_proxy(peer: str) -> bool:
    """Whether `peer` (REMOTE_ADDR; empty for a Unix socket) is one of the web servers of TRUSTED_PROXIES."""
    return _is_among(peer, tuple(settings.TRUSTED_PROXIES))


@lru_cache(maxsize=1024)
def _is_among(peer: str, proxies: tuple[str, ...]) -> bool:
    if not peer:
        return SOCKET in proxies
    address = _address(peer)
    return address is not None and any(address in network for network in _networks(proxies))


def hear_known_proxies_alone(respond: Respond) -> Respond:
    """Middleware, the first: what anybody else says a web server had said is dropped, address and https alike."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not is_proxy(str(request.META.get("REMOTE_ADDR", ""))):
            said = [name for name in request.META if name.startswith(SAID_BY_PROXIES)]
            for name in said:
                del request.META[name]
            if said and settings.SECURE_SSL_REDIRECT:
                _warn_once()
        elif HOST in request.META:  # the last one is the known server's own word
            own = request.META.pop(HOST).rpartition(",")[2].strip()
            request.META |= {HOST: own} if own else {}
        return respond(request)

    return answer


@cache
def _warn_once() -> None:
    LOG.warning("a web server that TRUSTED_PROXIES doesn't name sent X-Forwarded-…; its https isn't believed")


@lru_cache(maxsize=8)
def _networks(entries: tuple[str, ...]) -> list[IPv4Network | IPv6Network]:
    return [ip_network(entry, strict=False) for entry in entries if entry != SOCKET]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """`203.0.113.7`, `203.0.113.7:5060`, `2001:db8::1` or `[2001:db8::1]:5060`; None for what is none of these."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
