"""Odd requests, as many as one wants: every address with parameters, headers and bodies that nobody means to send."""

import json
import re
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from django.urls import URLPattern, URLResolver, get_resolver

from tests.guide.cast import MOTHER, SHOPKEEPER

Request = tuple[str, str, dict[str, str], bytes]  # method, address, headers, body

METHODS = ("GET",) * 8 + ("POST",) * 5 + ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "FOO")
# What takes seconds to make; left out unless asked for.
DEAR = re.compile(r"offline\.(zip|html)|\.pdf|booklet|/map|/rules|/scenarios|prints|desk/")
ODD_WORDS = (
    "", "0", "-1", "1", "999999", "99999999999999999999", "1e400", "NaN", "٣", "３", "abc", "None", "null", "true",
    "../../etc/passwd", "..%2f..%2f", "%", "%2", "%zz", "%00", "\0", "a\0b", "\ud800", "\udfff", "￾", "\u202e",
    "😀" * 9,
    "'",
    '"',
    "<script>alert(1)</script>",
    "{{ 7 }}", "{% x %}", "%(x)s", "{0.__class__}", "${7}", "' OR 1=1--", ";", "\r\nX: y", "\n",
    "办事码", "ཀ" * 30, "ａ", "＝1＋1", "=cmd", "a/b", "/", "//", "///evil.example", "//evil.example/",
    "https://evil.example/",
    "javascript:alert(1)", "\\\\evil.example", "[", "http://[", "http://[::1", "3HEJ-70X2-7Z0D-K7KS-RSPD-SDBF",
    "https://example.cn/c/3HEJ-70X2-7Z0D-K7KS-RSPD-SDBF/", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01",
    "1-1-1",
    "2026-11-10", "20261110", "510100", "513301", "hospital", "none", "newborn", "bo", "zh-hans", "x" * 300,
    "长" * 5000, "1" * 5000,
    "1A 3B 5=2026-11-10", "甲", "+", "A+B", "2026-13", "A" * 40000,
)  # fmt: skip
NAMES = (
    "region", "q", "change", "blank", "both", "large", "code", "find", "department", "next", "in", "typed",
    "checked", "tick",
    "by", "by_before", "promised", "m1", "m99999999999999999999", "hall", "bundle", "size", "month", "page",
    "status", "seen", "action",
    "translation", "draft", "sensitive", "kiosk", "username", "password", "file", "id", "id__exact", "first__year",
    "at__year", "at__month",
    "at__day", "at__gte", "o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters",
    "region__code__exact", "by__id__exact",
    "deed__exact", "groups__id__exact", "is_active__exact", "step_free__exact", "app_label", "model_name",
    "field_name", "term",
    "_selected_action", "index", "select_across", "post", "_save", "windows-TOTAL_FORMS", "windows-INITIAL_FORMS",
    "windows-0-id",
    "hours-TOTAL_FORMS", "hours-INITIAL_FORMS", "hours-0-opens", "days_off-TOTAL_FORMS", "birth_date",
    "birth_date-year", "births",
    "wants", "kind", "csrfmiddlewaretoken", "child.name", "mother.phone", "name", "hotline", "groups",
    "usable_password",
)  # fmt: skip
HEADERS: dict[str, tuple[str, ...]] = {
    "Host": ("bad host", "evil.example", "", "[::1", "localhost:99999", "a" * 5000, "localhost\0"),
    "Accept-Language": ("x" * 9000, "bo", "zh;q=abc", ",,,;;;", "*", "\0", "en-US,en;q=0.9" * 300),
    "Cookie": (
        "sessionid=abc", "sessionid=" + "a" * 32, "draft=%", "draft=" + "A" * 43 + "=", "applicant=\0",
        "look=large; both=1",
        "kiosk=1", "kiosk=513301; region=xxx", "region=510100", ";;;=;", "a" * 9000,
        '"', "csrftoken=x", "messages=x", "messages=W10:1:1",
        "region=\ud800",
    ),
    "Range": ("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=a-b", "x", "bytes=" + "0-1," * 500,
    "bytes=99999999999999999999-"),
    "If-Modified-Since": ("yesterday", "", "Thu, 99 Foo 2026 00:00:00 GMT", "9" * 400,
    "Mon, 01 Jan 0001 00:00:00 +9999", "\0"),
    "If-None-Match": ('"x"', "*", 'W/"', "," * 500),
    "Origin": ("null", "https://evil.example", "http://[", "x"),
    "Referer": ("https://evil.example/", "http://[", "x", "http://testserver/c/3HEJ"),
    "Sec-Fetch-Site": ("cross-site", "same-origin", "none", "x"),
    "HX-Request": ("true", "false", "x"),
    "HX-Current-URL": ("http://[", "x", "http://testserver/%zz"),
    "HX-Current-URL-URI-AutoEncoded": ("true",),
    "X-Forwarded-Proto": ("https", "x", "https,http"),
    "X-Forwarded-For": ("1.2.3.4", "x", "::1", "," * 100),
    "Content-Length": ("-1", "abc", "1", "", "0", "1.5"),
    "Accept": ("*/*;q=x", "text/html", ";;;"),
}  # fmt: skip
CONTENT_TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=nonsense", "text/html; charset=utf-16", "text/plain; charset=\0",
    "text/plain; charset*=nonsense''x", "application/x-www-form-urlencoded; charset=rot13", "application/json",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 300,
    "multipart/form-data; boundary=ä", "multipart/form-data; boundary=b; charset=hex",
    "multipart/form-data; boundary=b",
    ";", ";;=", "x" * 20000, "application/x-www-form-urlencoded; charset=idna",
)  # fmt: skip


@cache
def routes(dear: bool) -> tuple[str, ...]:
    """Every address pattern of the site, and some that lead nowhere."""
    found = sorted(_routes(get_resolver().url_patterns))
    kept = [route for route in found if dear or not DEAR.search(route)]
    nowhere = (
        "<str:x>",
        "<slug:bundle>/<str:x>",
        "bo/<str:x>",
        "admin/<str:x>",
        "static/<str:x>",
        "ii/",
        "*",
        "bo",
        "c",
        "admin/<str:x>/<str:x>/",
    )
    return (*kept, *kept, *(f"bo/{route}" for route in kept if not route.startswith("admin/")), *nowhere)


def _routes(patterns: Any, before: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)
        elif isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, before + str(pattern.pattern))


def odd_requests(chance: Random, dear: bool = False) -> Iterator[Request]:
    """Odd requests without end; the same chance gives the same. `dear`: also to papers and pages that take seconds."""
    while True:
        yield _request(chance, dear)


def _request(chance: Random, dear: bool) -> Request:
    method = chance.choice(METHODS)
    address = _path(chance, dear) + _query(chance)
    headers = {name: chance.choice(values) for name, values in HEADERS.items() if chance.random() < 0.07}
    if method in ("GET", "HEAD", "TRACE", "OPTIONS") and chance.random() < 0.9:
        return method, address, headers, b""
    kind, body = _body(chance)
    return method, address, {"Content-Type": kind, **headers}, body


def _path(chance: Random, dear: bool) -> str:
    route = chance.choice(routes(dear)).replace("\\.", ".").replace("\\Z", "").removeprefix("^")
    if route == "*":
        return "*"
    filled = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>|\(\?P.*", lambda found: _part(chance, found[1] or "x"), route)
    return f"/{filled}" if chance.random() < 0.97 else f"//{filled}"


def _part(chance: Random, name: str) -> str:
    usual = {"bundle": ("newborn", "business-start", "river-outfall"), "language": ("bo",), "object_id": ("1", "2")}
    if name in usual and chance.random() < 0.8:
        return chance.choice(usual[name])
    return _written(chance, chance.choice(ODD_WORDS))


def _written(chance: Random, word: str) -> str:
    """A word in an address: percent-encoded in UTF-8, sometimes with bytes that are none."""
    if chance.random() < 0.1:
        return chance.choice(("%ff%fe", "%C0%AF", "%ed%a0%80", "%", "%u1234"))
    return quote(word, safe=chance.choice(("", "/", "%/")), encoding="utf-8", errors="surrogatepass")


def _query(chance: Random) -> str:
    luck = chance.random()
    if luck < 0.25:
        return ""
    if luck < 0.27:
        return "?" + "&".join(f"x{number}=1" for number in range(1200))
    pairs = _pairs(chance)
    if luck < 0.5:
        usual = chance.choice((MOTHER, SHOPKEEPER))
        pairs = [*usual.items(), *pairs]
    query = urlencode(pairs, doseq=True, errors="surrogatepass")
    return f"?{query}" + (_written(chance, "%") if luck > 0.95 else "")


def _pairs(chance: Random) -> list[tuple[str, Any]]:
    return [(chance.choice(NAMES), chance.choice(ODD_WORDS)) for _number in range(chance.randint(0, 5))]


def _body(chance: Random) -> tuple[str, bytes]:
    form = urlencode(_pairs(chance), errors="surrogatepass").encode()
    content = chance.choice((
        form, form, form, form, b"", b"\xff\xfe\0", b"=&=&=", b"[" * 50_000, json.dumps({"code": "x"}).encode(),
        b"&".join(b"a=1" for _number in range(1100)), b"a=" + b"b" * 3_000_000, b"--b\r\n\r\n--b--",
        _upload(chance), _upload(chance),
    ))  # fmt: skip
    if content.startswith(b"--b") and chance.random() < 0.8:
        return "multipart/form-data; boundary=b", content
    return (CONTENT_TYPES[0] if chance.random() < 0.6 else chance.choice(CONTENT_TYPES)), content


def _upload(chance: Random) -> bytes:
    name = chance.choice(("file", "", "x", "\0", "translation"))
    file = chance.choice(("a.pdf", "", "../../x", "a\0b", "x" * 400, 'a"b'))
    content = chance.choice(
        (b"", b"%PDF-1.4\n", b"{" * 9000, b'{"code": ["x"]}', b'msgid ""\nmsgstr ""\n', b"a,b\n\0", b"\xff" * 900)
    )
    encoding = chance.choice(("", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: x\r\n"))
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n{encoding}\r\n'.encode()
    return head + content + chance.choice((b"\r\n--b--\r\n", b"\r\n--b", b""))
