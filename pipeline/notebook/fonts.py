"""A font with Chinese characters for matplotlib: one that is installed, else the one in the package zhplot."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import UsageError

# Of a collection (.ttc) matplotlib knows the first face only; of these collections that is the Japanese one, which has
# the simplified characters too.
_KNOWN = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Noto Sans CJK JP",
    "Source Han Sans",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "SimSun",
    "AR PL UMing CN",
)
_NEEDED = "绩效评价得分预算执行率，（）"
_PACKAGE, _FILE = "zhplot", "fonts/NotoSansSC-Regular.ttf"


def use_chinese_font() -> str:
    """Have matplotlib draw Chinese labels, and return the name of the font it takes.

    Raises UsageError where matplotlib is not installed, or no font with the characters can be found.
    """
    try:
        import matplotlib as mpl  # noqa: PLC0415  # an extra: only plots need it
        from matplotlib.font_manager import fontManager  # noqa: PLC0415
        from matplotlib.ft2font import FT2Font  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise UsageError("matplotlib is not installed.", "pip install 'jixiao[notebook]'") from error
    installed = {font.name: font.fname for font in reversed(fontManager.ttflist)}
    candidates = [(name, installed[name]) for name in _KNOWN if name in installed]
    for packaged in _packaged_font():
        fontManager.addfont(packaged)
        candidates.append((FT2Font(str(packaged)).family_name, str(packaged)))
    for name, file in candidates:
        characters = FT2Font(file).get_charmap()
        if all(ord(character) in characters for character in _NEEDED):
            mpl.rcParams["font.family"] = [name, "DejaVu Sans"]
            return name
    raise UsageError(
        "no font with Chinese characters was found.", "Install Noto Sans CJK, or pip install 'jixiao[notebook]'."
    )


def _packaged_font() -> Iterator[Path]:
    """The font file of the package, found without importing it, for that would change matplotlib's settings."""
    package = find_spec(_PACKAGE)
    for folder in (package.submodule_search_locations or ()) if package is not None else ():
        file = Path(folder, _FILE)
        if file.exists():
            yield file
