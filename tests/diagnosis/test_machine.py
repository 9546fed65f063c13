"""Chance and the model agree: admins answer, close and fix, cycles pass, directories fail, processes end at any step."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.diagnosis.machine.base import SEEN
from tests.diagnosis.machine.world import World
from tests.diagnosis.office import register_memory_door

ACTS = ("opening", "answering", "closing", "reopening", "applying", "settling", "working", "storing")
REASONS = (
    "role-missing", "error-cleared", "not-diagnosed", "cycle-over", "fix-busy", "stale-form", "closed-already",
    "not-in-flow", "nothing-to-close", "not-closed", "not-at-the-fix", "directory-trouble",
)  # fmt: skip
WANTED = (
    "closed", "fix done", "fix running", "fix unknown", "fix failed", "fix refused", "settled cleared", "settled still-there",
    "settled by-person", "came back", "refused changed-since", "refused user-writeback",
    *REASONS, *(f"crashed {act}" for act in ACTS),
)  # fmt: skip


@pytest.fixture
def machine(db: None, quick: None) -> type[World]:
    register_memory_door()
    return World


@pytest.fixture
def quick(settings) -> None:
    settings.FIX_WAIT_SECONDS = 0.0


def run(machine: type[World], *, examples: int, steps: int, repeatable: bool) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            derandomize=repeatable,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            phases=[Phase.generate],
        ),
    )


def test_chance_and_the_model_agree(machine):
    run(machine, examples=5, steps=30, repeatable=True)


@pytest.mark.soak
def test_chance_and_the_model_agree_over_ten_thousand_steps(machine):
    # Chance may be slow to meet a rare event, so it gets more steps before that counts as never met.
    while SEEN["step"] < 10_000 or (SEEN["step"] < 30_000 and not all(SEEN[what] for what in WANTED)):
        run(machine, examples=30, steps=60, repeatable=False)
    assert not [what for what in WANTED if not SEEN[what]], SEEN
