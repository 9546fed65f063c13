"""Our own articles: every one whole in its languages, alike in structure, linked to what exists, and in our own words."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.shared import CORPUS, SHARED, needs_shared

ARTICLES = Path(__file__).resolve().parents[2] / "articles"
EVERYWHERE = {"en-us", "sv-se", "de-de", "ja-jp", "ar-sa"}
TOPICS = {
    "object-not-syncing": ["32629809"],
    "attribute-not-syncing": ["32629808"],
    "duplicated-attributes": ["32629786"],
    "user-provisioning-attribute-mapping": ["7855", "9004348"],
}
REQUIRED = {"title", "description", "topics", "products", "clouds", "tags", "updated", "sources"}
OPTIONAL = {"service", "resource", "flow", "robots", "translation"}
OPEN_CLOUDS = {"public", "fairfax", "mooncake", "usnat", "ussec"}
# Sections of Microsoft's present site; a locale in the path would force a language on the reader.
HOSTS = ("https://learn.microsoft.com/entra/", "https://learn.microsoft.com/graph/", "https://entra.microsoft.com")
OTHERS = ("https://github.com/microsoft/idfix", "https://github.com/MicrosoftDocs/azure-docs/issues/")
RETIRED = re.compile(
    r"docs\.microsoft\.com|/azure/active-directory|support\.microsoft\.com|technet|aka\.ms", re.IGNORECASE
)
OLD_MODULES = re.compile(r"\b\w+-(?:Msol|AzureAD)\w+|MSOnline", re.IGNORECASE)

LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
KINDS = (
    ("heading", re.compile(r"^(#{1,6}) ")),
    ("alert", re.compile(r"^> (\[!\w+\])")),
    ("quote", re.compile(r"^>")),
    ("bullet", re.compile(r"^( *)[-*] ")),
    ("number", re.compile(r"^( *\d+)\. ")),
    ("row", re.compile(r"^\|")),
    ("picture", re.compile(r"^!\[")),
)
RUN = 12


def slugs() -> list[str]:
    return sorted(path.parent.name for path in ARTICLES.glob("*/en-us.md"))


def texts() -> list[Path]:
    return sorted(path for path in ARTICLES.glob("*/*.md") if path.parent.name != "flows")


def translations() -> list[Path]:
    return [path for path in texts() if path.stem != "en-us"]


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def parts(path: Path) -> tuple[dict, str]:
    """The front matter and the body of one text."""
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(header), body.strip()


def blocks(body: str) -> list[tuple]:
    """What each line is, with the code and links it carries; a code block is one entry, word for word."""
    found: list[tuple] = []
    for at, piece in enumerate(re.split(r"(^```.*?^```$)", body, flags=re.MULTILINE | re.DOTALL)):
        if at % 2:
            found.append(("code", piece))
        else:
            found.extend(line_shape(line) for line in piece.splitlines() if line.strip())
    return found


def line_shape(line: str) -> tuple:
    kind, mark = next(((kind, hit) for kind, rule in KINDS if (hit := rule.match(line))), ("text", None))
    targets = sorted(bang + target for bang, _, target in LINK.findall(line))
    cells = line.count("|") if kind == "row" else 0
    return kind, mark[1] if mark and mark.groups() else "", cells, targets, sorted(set(CODE.findall(line)))


def prose(body: str) -> list[str]:
    """The lines of a body without code, link targets and the words of buttons, which stay as they are in any language."""
    plain = LINK.sub(r"\2", FENCE.sub("", body))
    return [re.sub(r"\*\*[^*]+\*\*|\*[^*]+\*", "", CODE.sub("", line)) for line in plain.splitlines()]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of RUN words in a row."""
    spoken = words(text)
    return set(zip(*(spoken[start:] for start in range(RUN)), strict=False))


def test_there_are_at_least_fourteen_articles():
    assert len(slugs()) >= 14


@pytest.mark.parametrize("slug", slugs())
def test_each_article_exists_in_its_languages(slug):
    assert {path.stem for path in (ARTICLES / slug).glob("*.md")} >= EVERYWHERE


@pytest.mark.parametrize("path", texts(), ids=name)
def test_the_header_is_complete(path):
    header, body = parts(path)
    assert set(header) >= REQUIRED
    assert set(header) - REQUIRED <= OPTIONAL
    assert isinstance(header["updated"], date)
    assert header["sources"]
    assert set(header["clouds"]) <= OPEN_CLOUDS
    assert ("translation" in header) == (path.stem != "en-us")
    assert body.startswith(f"# {header['title']}\n")


@pytest.mark.parametrize("path", texts(), ids=name)
def test_topics_are_those_the_portal_promises(path):
    assert parts(path)[0]["topics"] == TOPICS.get(path.parent.name, [])


@pytest.mark.parametrize("path", translations(), ids=name)
def test_a_translation_keeps_the_header_of_the_english(path):
    own, english = parts(path)[0], parts(path.with_name("en-us.md"))[0]
    spoken = {"title", "description", "translation"}
    assert {key: own[key] for key in own.keys() - spoken} == {key: english[key] for key in english.keys() - spoken}


@pytest.mark.parametrize("path", translations(), ids=name)
def test_a_translation_has_the_structure_of_the_english(path):
    own, english = blocks(parts(path)[1]), blocks(parts(path.with_name("en-us.md"))[1])
    for mine, theirs in zip(own, english, strict=False):
        assert mine == theirs
    assert len(own) == len(english)


@pytest.mark.parametrize("path", translations(), ids=name)
def test_a_translation_leaves_no_english_sentence(path):
    english = {line.strip() for line in prose(parts(path.with_name("en-us.md"))[1]) if len(words(line)) > 3}
    assert not [line for line in prose(parts(path)[1]) if line.strip() in english]


@pytest.mark.parametrize("path", texts(), ids=name)
def test_each_article_answers_who_undo_when_and_how_to_see(path):
    section = parts(path)[1].split("\n## ")[1]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 4, "the first section has a table with four answers"


@pytest.mark.parametrize("slug", slugs())
def test_an_article_is_long_enough_to_help_and_short_enough_to_read(slug):
    assert 350 <= len(words(parts(ARTICLES / slug / "en-us.md")[1])) <= 1700


@pytest.mark.parametrize("path", texts(), ids=name)
def test_links_between_articles_and_drawings_resolve(path):
    for _, _, target in LINK.findall(parts(path)[1]):
        if target.startswith("https://"):
            continue
        place = (path.parent / target).resolve()
        assert place.is_file() or (place / "en-us.md").is_file(), target


@pytest.mark.parametrize("path", texts(), ids=name)
def test_links_lead_to_addresses_in_use(path):
    header, body = parts(path)
    outside = [target for _, _, target in LINK.findall(body) if "://" in target] + header["sources"]
    assert all(target.startswith(HOSTS + OTHERS) for target in outside), outside
    assert not RETIRED.search(body)


@pytest.mark.parametrize("slug", slugs())
def test_the_flow_of_an_article_exists(slug):
    flow = parts(ARTICLES / slug / "en-us.md")[0].get("flow")
    assert flow is None or (ARTICLES / "flows" / f"{flow}.toml").is_file()


@pytest.mark.parametrize("path", texts(), ids=name)
def test_commands_come_from_modules_still_alive(path):
    assert not OLD_MODULES.search("".join(FENCE.findall(parts(path)[1])))


@pytest.mark.parametrize("slug", slugs())
def test_a_permanent_deletion_is_never_without_a_warning(slug):
    body = parts(ARTICLES / slug / "en-us.md")[1]
    destroys = re.search(r"Remove-Mg|onPremisesObjectIdentifier\": null|AuthoritativeNull,\[", body)
    assert not destroys or "> [!WARNING]" in body[: destroys.end() + 400]


@needs_shared
def test_no_sentence_is_copied_from_the_spec_or_the_corpora():
    ours = {run for path in texts() for line in prose(path.read_text(encoding="utf-8")) for run in runs(line)}
    copied = {}
    for source in [*(SHARED / "spec").glob("*.txt"), *CORPUS.rglob("*.md")]:
        if shared := ours & runs(source.read_text(encoding="utf-8", errors="replace")):
            copied[source.name] = " ".join(min(shared))
    assert not copied
