"""The grammar of raw HTML (CommonMark section 6.6), as patterns for both phases."""

from __future__ import annotations

_SPACE = r"[ \t\n\v\f\r]"
_VALUE = r"""(?>[^ \t\n\v\f\r"'=<>`\x00]+|'[^'\x00]*'|"[^"\x00]*")"""
_ATTRIBUTE = rf"{_SPACE}++[A-Za-z_:][A-Za-z0-9_.:-]*+(?>{_SPACE}*={_SPACE}*{_VALUE})?"

OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9-]*+(?>{_ATTRIBUTE})*+{_SPACE}*+/?>"
CLOSING_TAG = rf"</[A-Za-z][A-Za-z0-9-]*+{_SPACE}*+>"
