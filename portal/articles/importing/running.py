"""The import itself: one at a time, what changed only, a batch in a transaction, and the record of it last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from portal import clock
from portal.articles.health import following, history, terms
from portal.articles.importing import known, pictures, rows, storing, tree
from portal.articles.importing.batches import Batches, batches
from portal.articles.importing.known import Gone, Known
from portal.articles.importing.processes import WorkersDied, outcomes
from portal.articles.importing.reports import Progress, Report, Request, errors_among
from portal.articles.importing.tree import Tree
from portal.articles.models import ArticleText, ContentVersion, ImportRun, Media
from portal.articles.searching import indexing, statistics

# Any number will do, as long as only imports use it.
IMPORT_LOCK = 0x5E1F4E19
# After this many rows the tables of the search are tidied at once, instead of some minutes later by Postgres itself.
MANY = 200
NOTHING = Gone(texts={}, pictures=[])


def import_tree(
    request: Request, *, progress: Progress = lambda done, total: None, waiting: Callable[[], None] = lambda: None
) -> Report:
    """Import what lies below `request.path`, one import at a time; `waiting` is called when another one is at it.

    Raises ValueError, saying the cure, when the request itself makes no sense or a prune would remove too much (then nothing
    was written), or when a process that read files was killed (then what was stored before stays).
    """
    with _alone(waiting):
        started = clock.now()
        root = tree.choose_root(request.path, given=request.root, stored=known.roots(request.collection))
        files = tree.walk(request.path, root)
        root_name = tree.stored_name(root)
        texts = known.known_texts(root_name, files.scope, request.collection)
        shown = known.known_pictures(root_name, files.scope, request.collection)
        gone = known.gone(files, texts, shown) if request.prune else NOTHING
        report = Report(problems=[*files.notes, *files.refused], rejected=len(files.refused))
        placing = _placing(request, files, root_name, [path for _, _, path in shown])
        _import_articles(files, placing, texts, report, started, progress, dry_run=request.dry_run)
        for collection in sorted(_collections(report, texts, request)):
            pictures.store(files, collection, root_name, report, dry_run=request.dry_run)
        _finish(report, gone, started, root_name, request, files)
        return report


@contextmanager
def _alone(waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of all imports; a second one waits its turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [IMPORT_LOCK])
        if not cursor.fetchone()[0]:
            waiting()
            cursor.execute("SELECT pg_advisory_lock(%s)", [IMPORT_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [IMPORT_LOCK])


def _placing(request: Request, files: Tree, root_name: str, stored_pictures: list[str]) -> rows.Placing:
    return rows.Placing(
        root=files.root,
        root_name=root_name,
        collection=request.collection,
        locale=request.locale,
        pictures=frozenset(files.media) | frozenset(stored_pictures),
        fingerprint=rows.fingerprint(request.locale),
    )


def _import_articles(
    files: Tree,
    placing: rows.Placing,
    texts: dict[str, Known],
    report: Report,
    started: datetime,
    progress: Progress,
    *,
    dry_run: bool,
) -> None:
    work = Batches(
        placing=placing,
        known=texts,
        listed=frozenset(files.articles),
        report=report,
        stored_at=started,
        dry_run=dry_run,
    )
    report.read = total = len(files.articles)
    # Files that are stored come first, so that a newcomer of the same name does not take their place.
    todo = sorted(_changed(files, placing, texts, work), key=lambda source_path: source_path not in texts)
    done = total - len(todo)
    progress(done, total)
    try:
        for batch in batches(_counted(outcomes(todo, placing), done, total, progress)):
            work.take(batch)
    except WorkersDied as reason:
        raise ValueError(
            "A process that was reading files was killed, most likely for want of memory. "
            "What was stored before stays; free some memory and run the import again."
        ) from reason


def _changed(files: Tree, placing: rows.Placing, texts: dict[str, Known], work: Batches) -> Iterator[str]:
    """The files to read and render: all but those whose text is stored as it is."""
    for source_path in files.articles:
        stored = texts.get(source_path)
        if stored is None or not _is_unchanged(source_path, stored, placing):
            yield source_path
            continue
        work.report.unchanged += 1
        work.report.collections.add(stored.collection)
        work.report.problems += stored.told()
        work.taken[stored.identity] = source_path


def _is_unchanged(source_path: str, stored: Known, placing: rows.Placing) -> bool:
    try:
        data = rows.bytes_of(placing.root / source_path)
    except rows.CannotRead:
        return False
    return stored.digest == rows.digest_of(data, placing.fingerprint) and not _found_a_picture(stored, placing)


def _found_a_picture(stored: Known, placing: rows.Placing) -> bool:
    """Whether a picture that this text missed is there now, so that its problem is gone."""
    missed = [problem["message"] for problem in stored.problems if problem["code"] == rows.PICTURE_NOT_FOUND]
    return any(message.startswith(f"{picture[:200]} ") for message in missed for picture in placing.pictures)


def _counted(found, done: int, total: int, progress: Progress):
    for number, outcome in enumerate(found, start=done + 1):
        yield outcome
        progress(number, total)


def _collections(report: Report, texts: dict[str, Known], request: Request) -> set[str]:
    given = {request.collection} if request.collection else set()
    return report.collections | {text.collection for text in texts.values()} | given


def _finish(report: Report, gone: Gone, started: datetime, root_name: str, request: Request, files: Tree) -> None:
    """The last transaction: what is gone, the record of the run, and the version that makes every process look again."""
    if request.dry_run:
        report.removed = len(gone.texts)
        return
    with transaction.atomic():
        # A file that took over the article of one that is gone has its row now, under its own source path.
        old = ArticleText.objects.filter(pk__in=gone.texts.values(), source_path__in=gone.texts)
        report.removed = indexing.remove_texts(old)
        pictures_removed = Media.objects.filter(pk__in=gone.pictures).delete()[0]
        if not (report.wrote or pictures_removed or _rejects_anew(report, root_name, files)):
            return
        run = ImportRun.objects.create(
            collection=", ".join(sorted(report.collections)) or request.collection or "",
            root=root_name,
            started_at=started,
            ended_at=clock.now(),
            report=storing.storable(report.as_dict()),
            glossary=terms.edition(),
        )
        _remember(run, report, request, files)
        if report.wrote:
            statistics.refresh()
        if report.wrote or pictures_removed:
            ContentVersion.raise_number()
    if report.new + report.changed >= MANY:
        statistics.settle()


def _remember(run: ImportRun, report: Report, request: Request, files: Tree) -> None:
    """What the content owner's pages tell: the history of problems, and what ails the texts now."""
    told = [problem.path for problem in (*files.refused, *files.notes)]
    listed = [*files.articles, *files.media, *told]
    history.follow(run, given=request.collection or "", scope=files.scope, listed=listed, unread=files.unread)
    following.look_again(run, report.collections)


def _rejects_anew(report: Report, root_name: str, files: Tree) -> bool:
    """Whether files were rejected that the record of the last run does not tell of, or are not rejected any more."""
    errors = errors_among(report.in_order())
    if not errors:
        return history.are_healed(root_name, files.articles)
    last = ImportRun.objects.filter(root=root_name).values_list("report", flat=True).first() or {"problems": []}
    return storing.storable(errors) != [one for one in last["problems"] if one["severity"] == "error"]
