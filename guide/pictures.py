"""QR codes."""

import segno


def qr_svg(text: str) -> str:
    """A QR code as an inline SVG picture without colours of its own."""
    svg: str = segno.make(text, error="m").svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return svg
