"""What votes can prove: a share of few votes proves little, so articles are compared by the lower bound of theirs."""

from __future__ import annotations

from math import sqrt

# 95 % confidence.
Z = 1.96
# Fewer votes than this say nothing, whatever they are.
LEAST_VOTES = 5


def lower_bound(hits: int, votes: int) -> float:
    """The least share of hits that `votes` votes can prove (Wilson's interval), 0 without hits."""
    if hits == 0:
        return 0.0
    share, z2 = hits / votes, Z * Z
    middle = share + z2 / (2 * votes)
    spread = Z * sqrt((share * (1 - share) + z2 / (4 * votes)) / votes)
    return max(0.0, (middle - spread) / (1 + z2 / votes))
