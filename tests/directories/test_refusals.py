import ast
from pathlib import Path

import portal.directories as package
from portal.directories.refusals import REFUSALS, Leaves, Refusal

CALLS = [
    node
    for path in Path(package.__file__).parent.rglob("*.py")
    for node in ast.walk(ast.parse(path.read_text()))
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal"
]
USED = {
    constant.value
    for call in CALLS
    for constant in ast.walk(call.args[0])
    if isinstance(constant, ast.Constant) and isinstance(constant.value, str)
}


def test_the_sentences_of_the_spec_are_verbatim():
    assert Refusal("soft-deleted").sentence == (
        "User with conflicting attribute is soft deleted in the Microsoft Entra ID. "
        "Ensure the user is hard deleted before retry."
    )
    assert Refusal("cloud-based").sentence == (
        "Updating source anchor to cloud-based user in your tenant is not supported."
    )
    assert Refusal("user-writeback").sentence == "The fix process failed to update the values."


def test_each_says_what_to_do_next():
    assert all(words.next_action.endswith(".") for words in REFUSALS.values())


def test_the_statuses_are_those_of_the_design():
    left = {code: words.leaves for code, words in REFUSALS.items()}
    assert left["soft-deleted"] is left["user-writeback"] is left["export-under-way"] is Leaves.NOT_STARTED
    assert left["cloud-based"] is left["restored-from-bin"] is Leaves.MANUAL_FIX


def test_every_refusal_is_raised_somewhere():
    by_variable = {"cloud-based", "restored-from-bin"}
    assert USED | by_variable == set(REFUSALS)
