"""Rounds and ratios: every contender once in each round, ratios paired by round, noise said."""

from __future__ import annotations

import pytest

from tests.bench.rounds import Series, interleave


def test_every_contender_runs_once_in_each_round_and_another_one_begins() -> None:
    order: list[str] = []
    contenders = {name: lambda name=name: order.append(name) or 1.0 for name in "abc"}
    interleave(contenders, 3)
    assert "".join(order) == "abcbcacab"


def test_the_figures_of_a_contender_stand_in_the_order_of_the_rounds() -> None:
    figures = {"a": iter([1.0, 3.0]), "b": iter([2.0, 4.0])}
    taken = interleave({name: lambda name=name: next(figures[name]) for name in figures}, 2)
    assert (taken["a"].values, taken["b"].values) == ((1.0, 3.0), (2.0, 4.0))


def test_ratios_are_paired_by_round_so_that_a_slow_round_falls_on_both() -> None:
    ours, peer = Series(values=(50.0, 5.0, 50.0)), Series(values=(100.0, 10.0, 100.0))
    assert ours.is_noisy
    assert ours.over(peer).values == (0.5, 0.5, 0.5)
    assert not ours.over(peer).is_noisy


@pytest.mark.parametrize(("values", "noisy"), [((100.0, 110.0, 120.0), False), ((100.0, 110.0, 130.0), True)])
def test_a_spread_above_a_quarter_of_the_median_is_noisy(values: tuple[float, ...], noisy: bool) -> None:
    assert Series(values=values).is_noisy is noisy
