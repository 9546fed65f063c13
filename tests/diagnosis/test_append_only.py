"""The record and the journal of fixes are only added to: the database itself refuses to change or to remove a line."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from portal.accounts.models import RecordEntry
from portal.diagnosis.models import JournalEntry

pytestmark = pytest.mark.parametrize("lines", [RecordEntry, JournalEntry], ids=["record", "journal"])


def everything(lines) -> list[dict[str, object]]:
    return list(lines.objects.order_by("pk").values())


@pytest.fixture
def kept(office, lines) -> list[dict[str, object]]:
    """The lines of a fix that was done."""
    office.fixed()
    assert everything(lines)
    return everything(lines)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET what = 'nothing'",
        "UPDATE {table} SET details = '{{}}' WHERE id = (SELECT max(id) FROM {table})",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})",
    ],
)
def test_no_statement_changes_or_removes_a_line(kept, lines, statement):
    with pytest.raises(IntegrityError, match="is only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=lines._meta.db_table))
    assert everything(lines) == kept


def test_nothing_is_saved_over_a_line_or_deleted_through_the_models(kept, lines):
    last = lines.objects.latest("pk")
    last.what = "nothing"
    for act in (last.save, last.delete, lines.objects.all().delete, lambda: lines.objects.update(what="nothing")):
        with pytest.raises(IntegrityError, match="is only added to"), transaction.atomic():
            act()
    assert everything(lines) == kept


def test_a_line_can_be_added(kept, lines):
    last = lines.objects.latest("pk")
    last.pk = None
    last.save(force_insert=True)
    assert everything(lines)[:-1] == kept
