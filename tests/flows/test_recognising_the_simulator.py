"""Every sentence that the simulated directory puts into an error leads to an end of the error's own category."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from portal.directories.faults import Category, Fault
from portal.directories.simulator import export
from portal.directories.simulator.reading.reporting import DETAILS, report
from portal.directories.simulator.seed.contoso import contoso
from portal.directories.simulator.world import switches
from portal.flows import guess, read, walk
from tests.directories.simulator.scenes import NOON, faults, stage, switch
from tests.flows.conftest import FLOWS

FLOW = read(FLOWS).flow("which-error")

ENDS = {
    Category.DUPLICATE: {"duplicate", "quarantined", "duplicate-of-others"},
    Category.MISMATCH: {
        "soft-match", "hard-match", "type-mismatch", "anchor-changed", "cloud-managed", "role-holder", "identifier-set",
        "identifier-not-null",
    },
    Category.VALIDATION: {"validation"},
    Category.FEDERATED_DOMAIN: {"federated-domain"},
    Category.LARGE: {"large"},
    Category.ADMIN_ROLE: {"admin-role"},
    Category.DELETION: {"deletion-violation"},
    Category.OTHER: {"reference"},
}  # fmt: skip

# One attribute of a new user that the export refuses, each in its own words.
REFUSED = [
    {"userPrincipalName": ["no-at.contoso.com"]},
    {"userPrincipalName": ["a" * 64 + "@contoso.com"]},
    {"userPrincipalName": ["umläut@contoso.com"]},
    {"userPrincipalName": ["period.@contoso.com"]},
    {"userPrincipalName": ["ada@contoso.local"]},
    {"proxyAddresses": ["smtp:" + "a" * 256 + "@contoso.com"]},
    {"proxyAddresses": ["SMTP:ada @contoso.com"]},
    {"userCertificate": [f"MII{n}" for n in range(16)]},
    {"proxyAddresses": [f"smtp:a{n}@contoso.com" for n in range(301)]},
    {"thumbnailPhoto": ["102401"]},
    {"extensionAttribute1": ["x" * 251]},
]


@cache
def all_faults() -> list[Fault]:
    """Those of Contoso as it is found, and of what goes wrong beyond it."""
    return [*report(contoso(NOON), NOON).faults, *_refused_data(), *_refused_takeovers()]


def _refused_data() -> list[Fault]:
    scene = stage()
    for number, more in enumerate(REFUSED):
        scene.user(f"Ada {number}", f"ada{number}", **more)
    scene.cycle()
    return list(faults(scene))


def _refused_takeovers() -> list[Fault]:
    """A role holder, a user who is tied to another account, and one whose source is the cloud come back."""
    found: list[Fault] = []
    for spoil in (_give_role, _give_identifier, _make_cloud_its_source):
        scene = stage()
        ada = scene.user("Ada Lindgren", "ada")
        scene.cycle()
        there = scene.state.cloud[scene.cloud_of(ada)]
        scene.do("ad-move", object=ada, container=scene.container("OU=Leavers"))
        scene.cycle()
        scene.do("cloud-restore", object=there.id)
        for name in (switches.HARDENED_ROLES, switches.HARDENED_IDENTIFIER):
            switch(scene, name, on=True)
        spoil(there)
        scene.do("ad-move", object=ada, container=scene.container("OU=People"))
        scene.cycle()
        found += faults(scene)
    return found


def _give_role(user) -> None:
    user.roles = ["User Administrator"]


def _give_identifier(user) -> None:
    user.identifier = "another-account"


def _make_cloud_its_source(user) -> None:
    user.cloud_managed = True


def _sentences_of_the_export() -> set[str]:
    """Every sentence in the code of the export that is no docstring, up to its first changing part."""
    found = set()
    for file in Path(export.__file__).parent.glob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        formatted = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if text.endswith(".") and " " in text and id(node) not in docstrings | formatted:
                found.add(text)
    return found


DISTINCT = sorted({(one.category, one.detail) for one in all_faults()})


@pytest.mark.parametrize(("category", "detail"), DISTINCT)
def test_a_detail_leads_to_an_end_of_its_category(category, detail):
    first, *_ = guess(FLOW, detail)
    assert walk(FLOW, first.answers).here.name in ENDS[category]


@pytest.mark.parametrize("fault", {(f.type, f.detail): f for f in all_faults()}.values(), ids=lambda f: f.type.value)
def test_an_error_copied_from_its_page_leads_to_an_end_of_its_category(fault):
    text = f"{fault.type}\n{fault.attribute}\n{fault.value}\n{fault.detail}\n{fault.incoming.display_name}"
    first, *_ = guess(FLOW, text)
    assert walk(FLOW, first.answers).here.name in ENDS[fault.category]


def test_no_sentence_of_the_simulator_was_left_out():
    said = {one.detail for one in all_faults()}
    assert _sentences_of_the_export() | set(DETAILS.values()) <= said


def test_every_category_was_seen():
    assert {one.category for one in all_faults()} == set(Category)
