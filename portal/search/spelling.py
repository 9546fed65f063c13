"""Words that differ by a slip of a finger: found by what both are when one letter is left out."""

from __future__ import annotations

SHORTEST = 4


def shortened(word: str) -> frozenset[str]:
    """The word and all it becomes when one letter is left out; two words one slip apart have one of these in common."""
    if len(word) < SHORTEST:
        return frozenset((word,))
    return frozenset((word, *(word[:place] + word[place + 1 :] for place in range(len(word)))))


def distance(one: str, other: str) -> int:
    """How many letters were left out, put in, changed or swapped with their neighbour (Damerau and Levenshtein, restricted)."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, counterpart in enumerate(other, start=1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != counterpart))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == counterpart:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, above = above, here
    return above[-1]
