"""The tables of the articles: a text for each article and locale, the media they show, and the version of it all."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf

from portal import clouds
from portal.clouds import Cloud

# What a list, a chooser or an address needs; the bodies stay in the database.
LIGHT = (
    "id", "collection", "path", "locale", "source_path", "kind", "article_id", "title", "description", "service", "resource",
    "tags", "display_order", "topics", "products", "clouds", "clouds_stated", "for_readers", "translation", "translated_on", "updated",
    "stored_at", "robots", "flow",
)  # fmt: skip


# The pictures a text waits for stand in its HTML (portal.markup writes them so); those that are stored can be shown.
PICTURES = RawSQL(
    """ARRAY(
        SELECT media.path FROM portal_media media
        WHERE media.collection = portal_articletext.collection AND replace(media.path, '&', '&amp;') IN (
            SELECT (regexp_matches(portal_articletext.html, 'data-media="([^"]*)"', 'g'))[1]
        )
    )""",
    (),
    output_field=ArrayField(models.TextField()),
)


class ArticleTexts(models.QuerySet["ArticleText"]):
    """The words that speak of article texts."""

    def for_readers(self) -> ArticleTexts:
        return self.filter(for_readers=True)

    def in_cloud(self, cloud: Cloud) -> ArticleTexts:
        return self.filter(clouds__contains=[cloud.value])

    def for_topic(self, topic: str) -> ArticleTexts:
        return self.filter(topics__contains=[topic])

    def for_product(self, product: str) -> ArticleTexts:
        return self.filter(products__contains=[product])

    def of_article(self, collection: str, path: str) -> ArticleTexts:
        return self.filter(collection=collection, path=path)

    def at_resource(self, service: str, resource: str) -> ArticleTexts:
        return self.filter(service=service.casefold(), resource=resource.casefold())

    def light(self, *more: str) -> ArticleTexts:
        """Without the bodies, but for the columns named; what is asked of them comes along as an answer."""
        return self.only(*LIGHT, *more).annotate(has_original=models.Q(both_html__isnull=False))

    def with_pictures(self) -> ArticleTexts:
        """With the pictures there are of those that the text waits for, as `pictures`."""
        return self.annotate(pictures=PICTURES)


def _header(*keys: str) -> Coalesce:
    """The first of these header values that is not empty, as the database reads it."""
    text, empty = models.TextField(), models.Value("", output_field=models.TextField())
    return Coalesce(*(NullIf(KeyTextTransform(key, "header"), empty) for key in keys), empty, output_field=text)


class ArticleText(models.Model):
    """One article in one locale, as its file said and as its page shows it.

    An article is a collection and a path; this is its text in `locale`. `html` stands before links are fitted to a cloud and is
    empty for kinds that are not Markdown, whose content is `data`.
    """

    collection = models.CharField(max_length=64)
    path = models.TextField()
    locale = models.CharField(max_length=16)
    root = models.TextField()
    source_path = models.TextField()
    digest = models.CharField(max_length=64)

    kind = models.CharField(max_length=40)
    for_readers = models.BooleanField()
    article_id = models.TextField(blank=True)
    title = models.TextField()
    description = models.TextField(blank=True)
    service = models.TextField(blank=True)
    resource = models.TextField(blank=True)
    tags = ArrayField(models.TextField())
    display_order = models.IntegerField(null=True)
    topics = ArrayField(models.TextField())
    products = ArrayField(models.TextField())
    clouds = ArrayField(models.CharField(max_length=16))
    clouds_stated = models.BooleanField()
    translation = models.CharField(max_length=8, blank=True)
    translated_on = models.DateField(null=True)
    updated = models.DateField(null=True)
    robots = models.TextField(blank=True)
    flow = models.TextField(blank=True)
    header = models.JSONField()
    owner = models.GeneratedField(expression=_header("ownershipid"), output_field=models.TextField(), db_persist=True)
    author = models.GeneratedField(
        expression=_header("ms.author", "author", "authors"), output_field=models.TextField(), db_persist=True
    )

    html = models.TextField(blank=True)
    original_html = models.TextField(null=True)
    original_title = models.TextField(blank=True)
    both_html = models.TextField(null=True)
    pairs = models.JSONField(null=True)
    data = models.JSONField(null=True)
    headings = models.JSONField()
    text = models.TextField(blank=True)
    problems = models.JSONField()
    stored_at = models.DateTimeField()

    objects = ArticleTexts.as_manager()

    class Meta:
        app_label = "portal"
        constraints = [
            models.UniqueConstraint(fields=["collection", "path", "locale"], name="article_text_once"),
            models.CheckConstraint(name="article_text_has_a_title", condition=~models.Q(title="")),
        ]
        indexes = [
            GinIndex(fields=["topics"], name="article_topics"),
            GinIndex(fields=["products"], name="article_products"),
            models.Index(fields=["article_id"], name="article_by_id"),
            models.Index(fields=["service", "resource"], name="article_by_resource"),
            models.Index(fields=["collection", "root"], name="article_by_root"),
        ]

    def __str__(self) -> str:
        return f"{self.collection}/{self.path} ({self.locale})"

    @property
    def visible_clouds(self) -> list[Cloud]:
        return clouds.in_order(self.clouds)

    def is_visible_in(self, cloud: Cloud) -> bool:
        return cloud.value in self.clouds

    @property
    def is_bilingual(self) -> bool:
        """Whether the original is kept beside the text. A light text knows it without its bodies."""
        return self.has_original if hasattr(self, "has_original") else self.both_html is not None


class Media(models.Model):
    """One picture of a collection, as its file holds it; drawings stand here once for each locale and colour scheme."""

    collection = models.CharField(max_length=64)
    path = models.TextField()
    root = models.TextField()
    content_type = models.CharField(max_length=64)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        app_label = "portal"
        constraints = [models.UniqueConstraint(fields=["collection", "path"], name="media_once")]

    def __str__(self) -> str:
        return f"{self.collection}/{self.path}"


class ContentVersion(models.Model):
    """A single row that counts the imports that changed something; pages kept in memory are valid for one number."""

    number = models.BigIntegerField(default=0)

    class Meta:
        app_label = "portal"
        constraints = [models.CheckConstraint(name="content_version_is_one_row", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def raise_number(cls) -> None:
        """Make every process render its pages anew; call it in the transaction that changed them."""
        if not cls.objects.filter(pk=1).update(number=models.F("number") + 1):
            cls.objects.create(pk=1, number=1)


class ImportRun(models.Model):
    """One import that changed something: when, what, and every problem it met, for the content owner's pages."""

    collection = models.CharField(max_length=64)
    root = models.TextField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    report = models.JSONField()
    # The edition of the glossary that translations were looked through with.
    glossary = models.CharField(max_length=16, blank=True)

    class Meta:
        app_label = "portal"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.collection} {self.started_at:%Y-%m-%d %H:%M}"


def light_texts(identities: Iterable[tuple[str, str]]) -> list[ArticleText]:
    """All texts of several articles, in every locale, without their bodies; one query, however many articles."""
    wanted = set(identities)
    found = ArticleText.objects.filter(
        collection__in={collection for collection, _ in wanted}, path__in={path for _, path in wanted}
    )
    return [text for text in found.light() if (text.collection, text.path) in wanted]
