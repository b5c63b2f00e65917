"""A form's PDF is read in a process of its own: what would eat memory or time is refused, and costs no more."""

import json
import resource
import time
import zlib
from io import BytesIO

import pytest
from pypdf import PdfWriter

from guide.counter.attached import MOST_ATTACHED, SECONDS, NothingAttached, Unreadable, attached


def pdf_with(content: bytes | None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if content is not None:
        writer.add_attachment("form.json", content)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def bomb(megabytes: int) -> bytes:
    """A PDF of some kilobytes whose attachment is that large once it is unpacked."""
    packed = zlib.compress(bytes(megabytes * 1024 * 1024), 9)
    plain = pdf_with(b"x" * 10)
    start = plain.index(b"stream\n", plain.index(b"/EmbeddedFile")) + len(b"stream\n")
    head = plain[:start].rsplit(b"<<", 1)[0]
    stream = b"<< /Type /EmbeddedFile /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return head + stream + packed + plain[plain.index(b"\nendstream", start) :]


def endless() -> bytes:
    """A PDF whose tree of names goes round."""
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles 3 0 R >> >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Kids [3 0 R 3 0 R] >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF"
    )


def test_what_is_attached_comes_back() -> None:
    content = json.dumps({"code": "样例"}).encode()
    assert attached(pdf_with(content)) == content


def test_a_pdf_without_an_attachment_says_so() -> None:
    with pytest.raises(NothingAttached):
        attached(pdf_with(None))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 broken",
        pdf_with(bytes(MOST_ATTACHED + 1)),
        bomb(1500),
        endless(),
        b"%PDF-1.7\n" + b"<<" * 200_000,
    ],
    ids=["nothing", "broken", "too large", "bomb", "endless", "deep"],
)
def test_what_cannot_be_read_within_limits_is_refused(content: bytes) -> None:
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises((Unreadable, NothingAttached)):
        attached(content)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # KiB
    assert grown < 64 * 1024
    assert time.monotonic() - start < SECONDS + 5
