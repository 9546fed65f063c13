"""Distinguished names: made from a display name, escaped, and unique in their container."""

from __future__ import annotations

import re

from portal.directories.simulator.world.state import State

_SPECIAL = re.compile(r'([,\\#+<>;"=])')
MAX_RDN = 64


def escaped(name: str) -> str:
    """A name as the value of an RDN (RFC 4514); blanks at its ends are dropped."""
    return _SPECIAL.sub(r"\\\1", name.strip())


def dn_for(state: State, name: str, container: str) -> str:
    """A DN that nothing live has; a number is added where the name is taken. AD allows 64 characters in a CN."""
    taken = {one.dn.casefold() for one in state.ad.values() if one.is_live}
    stem = name.strip()[:MAX_RDN] or "unnamed"
    dn, number = f"CN={escaped(stem)},{container}", 1
    while dn.casefold() in taken:
        number += 1
        dn = f"CN={escaped(f'{stem[: MAX_RDN - 5]} {number}')},{container}"
    return dn
