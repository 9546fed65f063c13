"""The conventions of the project, as far as a program can see them."""

import ast
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

import portal

ROOT = Path(portal.__file__).parent
CHECKOUT = ROOT.parent
TEMPLATES = CHECKOUT / "templates"
STATIC = CHECKOUT / "static"
PYTHON = [file for file in sorted(ROOT.rglob("*.py")) if "migrations" not in file.parts]
PAGES = sorted(TEMPLATES.rglob("*.html"))
# Python's and Django's own spelling decides these.
NOT_OURS = {"__exit__"}


def trees(files: list[Path] = PYTHON) -> Iterator[tuple[str, ast.Module]]:
    for file in files:
        yield str(file.relative_to(CHECKOUT)), ast.parse(file.read_text())


def test_only_the_clock_tells_time():
    """Monotonic clocks measure how long something took, and may."""
    calls = {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "timezone.now",
        "time.time",
        "timezone.localdate",
    }
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        if name != "portal/clock.py"
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in calls)
        or (isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"})
    ]
    assert wrong == []


def test_booleans_are_keyword_only():
    wrong = []
    for name, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name in NOT_OURS:
                continue
            positional = [*node.args.posonlyargs, *node.args.args]
            defaults = [None] * (len(positional) - len(node.args.defaults)) + node.args.defaults
            wrong += [
                f"{name}:{node.lineno} {node.name}({argument.arg})"
                for argument, default in zip(positional, defaults, strict=True)
                if (argument.annotation is not None and ast.unparse(argument.annotation) in {"bool", "bool | None"})
                or (isinstance(default, ast.Constant) and isinstance(default.value, bool))
            ]
    assert wrong == []


def test_there_are_no_services_managers_or_utils():
    names = [file.stem for file in PYTHON]
    assert not [
        name for name in names if name in {"services", "managers", "utils", "helpers", "misc", "common", "base"}
    ]
    classes = [
        f"{name}:{node.name}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Helper|Utils?|Base)$", node.name)
    ]
    assert classes == []


def test_there_are_no_signals_and_no_work_in_save():
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and node.module == "django.dispatch")
        or (isinstance(node, ast.FunctionDef) and node.name == "save")
    ]
    assert wrong == []


def test_every_module_opens_with_what_it_is_for():
    assert [name for name, tree in trees() if tree.body and not ast.get_docstring(tree)] == []


def test_no_check_is_silenced():
    """A bare `except Exception` says why in a comment on its line."""
    wrong = []
    for file in PYTHON:
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            if re.search(r"# (noqa|type: ignore)", line) or re.search(
                r"except (Exception|BaseException)\b[^#]*$", line
            ):
                wrong.append(f"{file.relative_to(CHECKOUT)}:{number}")
    assert wrong == []


def test_no_shared_folder_is_named_by_its_place():
    absolute = re.compile(r"(?<![\w.:/])/(?:[\w-]+/)*(?:shared|\.library)\b")
    assert [str(file) for file in [*PYTHON, *PAGES] if absolute.search(file.read_text())] == []
    assert absolute.search("/".join(["", "srv", "shared", "corpus"]))
    assert not absolute.search("../shared/corpus")


def environment_variables(files: list[Path]) -> set[str]:
    """Names that the code reads from the environment: by portal.environment, by os.environ."""
    found = set()
    for _, tree in trees(files):
        for node in ast.walk(tree):
            named = None
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("environment.", "os.environ.")):
                named = node.args[0] if node.args else None
            elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                named = node.slice
            if isinstance(named, ast.Constant):
                found.add(named.value)
    return found - {"DJANGO_SETTINGS_MODULE"}


def variables_of_the_readme() -> set[str]:
    """Those of the configuration table: the code words of a row's first cell."""
    rows = re.findall(r"^\|([^|]*`[A-Z][A-Z0-9_]+`[^|]*)\|", (CHECKOUT / "README.md").read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}


def test_every_environment_variable_is_in_the_readme():
    assert environment_variables(PYTHON) - variables_of_the_readme() == set(), "add them to the configuration table"


def test_the_readme_names_no_variable_that_nothing_reads():
    everywhere = [*PYTHON, *sorted((CHECKOUT / "tests").rglob("*.py"))]
    assert variables_of_the_readme() - environment_variables(everywhere) == set()


def test_the_reader_of_variables_finds_them():
    assert environment_variables(PYTHON) >= {"DATABASE_URL", "PORTAL_DATA", "PORTAL_SECRET_KEY", "PORT"}


def test_parts_are_underscored_and_pages_are_not():
    """What a page or part includes is a part; what others extend is a frame; what is left, and extends a frame, is a page."""
    texts = {str(file.relative_to(TEMPLATES)): file.read_text() for file in PAGES}
    included = {name for text in texts.values() for name in re.findall(r'{%\s*include\s+"([^"]+)"', text)}
    frames = {name for text in texts.values() for name in re.findall(r'{%\s*extends\s+"([^"]+)"', text)}
    pages = {name for name, text in texts.items() if re.search(r"{%\s*extends", text)} - frames
    assert [name for name in included | frames if not Path(name).name.startswith("_")] == []
    assert [name for name in pages if Path(name).name.startswith("_")] == []


def test_no_underscored_template_is_rendered_as_a_page():
    """Where a view shows nothing but a part, it looks first whether htmx asks, and leads everybody else to a page."""
    wrong = []
    for name, tree in trees(sorted((ROOT / "pages").rglob("*.py"))):
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef) or "request.htmx" in ast.unparse(function):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "show" and len(node.args) > 2:
                    page = node.args[2]
                    if isinstance(page, ast.Constant) and Path(page.value).name.startswith("_"):
                        wrong.append(f"{name}:{node.lineno} shows {page.value}")
    assert wrong == []


def test_every_template_that_is_named_exists():
    named = {name for file in PAGES for name in re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', file.read_text())}
    for _, tree in trees():
        strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        named |= {text for text in strings if isinstance(text, str) and re.fullmatch(r"[\w/-]+\.html", text)}
    assert {name for name in named if not (TEMPLATES / name).is_file()} == set()


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_templates_hold_no_script_style_or_handler(file):
    """The content security policy would stop them, silently."""
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", file.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text, re.IGNORECASE)
    for script in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.IGNORECASE | re.DOTALL):
        assert "src=" in script[0] or 'type="application/json"' in script[0]
        assert "src=" not in script[0] or not script[1].strip()


# Left and right as properties or values; a comment may name them.
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?<![\w-])(?:(?:min|max)-)?(?:width|height)\s*:(?![^()]*\))"
)


def test_the_portal_has_one_small_stylesheet():
    """Swagger UI, which the page of the API shows, brings its own colours; docs.css is for that page alone."""
    assert {file.name for file in STATIC.glob("*.css")} == {"portal.css", "docs.css"}
    assert (STATIC / "portal.css").stat().st_size < 40_000
    linked = {name for file in PAGES for name in re.findall(r'{% static "([\w.-]+\.css)" %}', file.read_text())}
    assert linked == {"portal.css", "docs.css"}
    assert [file.name for file in PAGES if "docs.css" in file.read_text()] == ["docs.html"]


def test_the_stylesheet_names_no_side_of_the_screen():
    """So that right-to-left is free."""
    for file in STATIC.glob("*.css"):
        rules = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
        assert PHYSICAL.findall(rules) == [], file.name


@pytest.mark.parametrize(
    "wrong", ["p { margin-left: 0 }", "p { text-align: right }", "p { top: 0 }", "p { width: 1px }"]
)
def test_the_reader_of_stylesheets_finds_sides(wrong):
    assert PHYSICAL.search(wrong)
    assert not PHYSICAL.search("@media (max-width: 40rem) { p { inset-inline-start: 0; stroke-width: 2 } }")


def test_the_scripts_are_small():
    assert sum(file.stat().st_size for file in STATIC.glob("*.js")) < 15_000


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    said = StringIO()
    call_command("makemigrations", "portal", check=True, dry_run=True, stdout=said)
    assert "No changes" in said.getvalue()
