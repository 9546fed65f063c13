"""Packages import only from layers below them, never sideways; what stands outside the stack is imported by nobody."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import portal

ROOT = Path(portal.__file__).parent
LAYERS = (
    {"problems", "clouds", "locales", "clock"},
    {"markup", "syncrules"},
    {"flows", "directories", "forms", "search"},
    {"accounts"},
    {"articles", "sync"},
    {"diagnosis"},
    {"pages", "api"},
)
LAYER = {package: number for number, packages in enumerate(LAYERS) for package in packages}
OUTSIDE = {"settings", "urls", "models", "tasks", "management", "templatetags", "middleware", "runtime", "migrations"}
# What Django and WSGI servers ask for by name, and what only settings and the runtime read.
FRAMES = {"__init__", "apps", "checks", "wsgi", "environment"}
PURE = frozenset().union(*LAYERS[:3])


def package_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(file: Path) -> Iterator[tuple[int, str]]:
    """The packages of the portal that a module imports, with the line."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "portal" and not node.level:
            names = [f"portal.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [_absolute(file, node)]
        else:
            continue
        yield from ((node.lineno, name.split(".")[1]) for name in names if name.startswith("portal."))


def _absolute(file: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    above = file.relative_to(ROOT.parent).parts[: -node.level]
    return ".".join([*above, node.module or ""]).rstrip(".")


def modules(packages: set[str] | frozenset[str]) -> list[Path]:
    return [file for file in sorted(ROOT.rglob("*.py")) if package_of(file) in packages]


def test_every_package_has_its_layer():
    assert {package_of(file) for file in ROOT.rglob("*.py")} <= LAYER.keys() | OUTSIDE | FRAMES


def test_packages_import_only_downwards():
    wrong = [
        f"{file.relative_to(ROOT.parent)}:{line} imports portal.{other}"
        for file in modules(LAYER.keys())
        for line, other in imported(file)
        if other != package_of(file) and LAYER.get(other, len(LAYERS)) >= LAYER[package_of(file)]
    ]
    assert wrong == []


def test_what_is_outside_the_stack_is_imported_by_nobody():
    wrong = [
        f"{file.relative_to(ROOT.parent)}:{line} imports portal.{other}"
        for file in modules(LAYER.keys())
        for line, other in imported(file)
        if other in OUTSIDE | FRAMES
    ]
    assert wrong == []


def test_the_runtime_needs_no_layer():
    """It starts what the layers need, so it may know settings' readers and the shared words, and nothing else."""
    wrong = [
        f"{file.relative_to(ROOT.parent)}:{line} imports portal.{other}"
        for file in modules({"runtime"})
        for line, other in imported(file)
        if other not in {"runtime", "environment", "wsgi"} | LAYERS[0]
    ]
    assert wrong == []


@pytest.mark.parametrize("package", sorted(PURE))
def test_what_is_below_accounts_knows_no_django(package):
    wrong = []
    for file in modules({package}):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            wrong += [f"{file.name}:{node.lineno} imports {name}" for name in names if name.split(".")[0] == "django"]
    assert wrong == []


def test_no_function_imports_its_own_project():
    """An import inside a function dodges a circle; layers have none. Heavy libraries may be loaded where they are needed."""
    wrong = [
        f"{file.relative_to(ROOT.parent)}:{inner.lineno}"
        for file in modules(LAYER.keys())
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if (isinstance(inner, ast.ImportFrom) and (inner.module or "").split(".")[0] == "portal")
        or (isinstance(inner, ast.Import) and any(alias.name.split(".")[0] == "portal" for alias in inner.names))
    ]
    assert wrong == []
