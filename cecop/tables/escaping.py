"""The one rule that keeps text from being a formula in a spreadsheet, and its inverse.

An apostrophe goes before text that a spreadsheet would reckon, inside a cell also after a comma,
semicolon, tab, bar or line break: a spreadsheet that expects another delimiter than ours cuts
there. It goes before text that begins so after quotation marks or apostrophes too; that makes the
rule reversible. Other text is left as it is.
"""

import re
from collections.abc import Sequence

_FORMULA = "=+\\-@\uff1d\uff0b\uff0d\uff20"  # the last four are full-width = + - @
_BLANK = "\t\r\n"
_CUTS = ",;|\t\r\n"
_QUOTES = "[\"']*"

_FIRST = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n\"'")
_CUT = re.compile(f"[{_CUTS}]{_QUOTES}[{_FORMULA}]")
_RISKY = re.compile(
    rf"(?:\A|(?<=[{_CUTS}]))(?={_QUOTES}[{_FORMULA}])|\A(?={_QUOTES}[{_BLANK}])",
)
_NEUTRAL = re.compile(
    rf"(?:\A|(?<=[{_CUTS}]))'(?={_QUOTES}[{_FORMULA}])|\A'(?={_QUOTES}[{_BLANK}])",
)


def escaped(text: str) -> str:
    """The text as a cell may hold it: ``=1+1`` -> ``'=1+1``."""
    if text[:1] in _FIRST or _CUT.search(text):
        return _RISKY.sub("'", text)
    return text


def all_escaped(texts: Sequence[str]) -> Sequence[str]:
    """Each of the texts escaped; where none needs it, that is seen at one look."""
    joined = "\n" + "\n".join(texts)
    has_blanks = "\t" in joined or "\r" in joined or joined.count("\n") > len(texts)
    if has_blanks or _CUT.search(joined):
        return [escaped(text) for text in texts]
    return texts


def unescaped(text: str) -> str:
    """What ``escaped`` was given; any other text is left as it is."""
    return _NEUTRAL.sub("", text) if "'" in text else text
