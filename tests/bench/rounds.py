"""Measures contenders in interleaved rounds, so that what else the machine does falls on all of them alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

# performance.md marks the same spread; a ratio of noisy figures still counts, because its rounds are paired.
NOISY = 0.25

Measure = Callable[[], float]


@dataclass(frozen=True, kw_only=True)
class Series:
    """One figure of one contender, once for each round."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def spread(self) -> float:
        """From the least to the most, as a part of the median."""
        return (max(self.values) - min(self.values)) / self.median if self.median else 0.0

    @property
    def is_noisy(self) -> bool:
        return self.spread > NOISY

    def over(self, other: Series) -> Series:
        """The ratios of the rounds, each paired with the other's figure of the same round."""
        return Series(values=tuple(ours / theirs for ours, theirs in zip(self.values, other.values, strict=True)))


def interleave(contenders: Mapping[str, Measure], rounds: int) -> dict[str, Series]:
    """Let every contender run once in each round; a different one begins each time."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds):
        for name in rotated(list(contenders), number):
            taken[name].append(contenders[name]())
    return {name: Series(values=tuple(values)) for name, values in taken.items()}


def rotated(names: Sequence[str], by: int) -> list[str]:
    start = by % len(names)
    return [*names[start:], *names[:start]]
