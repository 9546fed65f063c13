"""API tokens: a part of a person's rights in one tenant, for a time; only a digest is kept."""

from datetime import timedelta

import pytest
from django.db import connection

from portal import clock
from portal.accounts import tokens
from portal.accounts.models import ApiToken, Membership, RecordEntry
from portal.accounts.rights import Right, Role

pytestmark = pytest.mark.django_db

BOTH = (Right.SEE, Right.SEE_RECORD)


def made(office, person=None, **fields):
    values = {"name": "nightly", "rights": BOTH, "days": 30, **fields}
    return tokens.make(office.tenant, person or office.ada, **values)


def test_a_secret_finds_its_token(office):
    token, secret = made(office)
    assert tokens.find(secret) == token
    assert tokens.find(secret[:-1]) is None
    assert tokens.find(secret + "x") is None
    assert tokens.find("shp_" + "x" * 500) is None
    assert tokens.find("") is None


def test_the_secret_is_not_kept(office):
    _token, secret = made(office)
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_apitoken::text FROM portal_apitoken")
        (row,) = cursor.fetchone()
    assert secret not in row
    assert secret.removeprefix(tokens.PREFIX)[8:] not in row
    assert not RecordEntry.objects.filter(details__icontains=secret[-20:]).exists()


def test_every_secret_is_another(office):
    assert made(office)[1] != made(office)[1]


def test_it_ends_by_itself(office):
    _token, secret = made(office, days=7)
    with clock.frozen(office.now + timedelta(days=6, hours=23)):
        assert tokens.find(secret)
    with clock.frozen(office.now + timedelta(days=7, seconds=1)):
        assert tokens.find(secret) is None


def test_it_lives_a_year_at_most(office):
    token, _secret = made(office, days=10_000)
    assert (token.expires_at - token.made_at).days == tokens.LONGEST_DAYS


def test_a_revoked_one_is_dead_at_once_and_once(office):
    token, secret = made(office)
    assert tokens.revoke(token, office.ada)
    assert tokens.find(secret) is None
    assert not tokens.revoke(token, office.ada)
    assert RecordEntry.objects.filter(what="token-revoked").count() == 1


def test_making_is_recorded_without_the_secret(office):
    made(office)
    line = RecordEntry.objects.get(what="token-made")
    assert (line.who, line.about) == (office.ada.name, "nightly")
    assert line.details["rights"] == ["see", "see-record"]


def test_it_carries_no_right_that_its_maker_has_not(office):
    token, _secret = made(office, office.rosa)
    assert token.rights == ["see"]


def test_it_never_carries_a_right_to_act(office):
    token, _secret = made(office, rights=list(Right))
    assert set(token.rights) == {"see", "see-record"}


def test_a_right_taken_away_is_gone_from_the_token(office):
    token, _secret = made(office)
    assert token.rights_now() == {Right.SEE, Right.SEE_RECORD}
    Membership.objects.filter(person=office.ada).update(role=Role.READER)
    assert token.rights_now() == {Right.SEE}
    Membership.objects.filter(person=office.ada).delete()
    assert token.rights_now() == frozenset()


def test_a_person_who_is_locked_out_has_no_token(office):
    _token, secret = made(office)
    office.ada.is_active = False
    office.ada.save()
    assert tokens.find(secret) is None


def test_there_are_so_many_and_no_more(office):
    for _number in range(tokens.MOST_LIVING):
        token, _secret = made(office)
    with pytest.raises(tokens.TooMany):
        made(office)
    tokens.revoke(token, office.ada)
    made(office)


def test_the_day_of_use_is_written_once_a_day(office, django_assert_num_queries):
    token, secret = made(office)
    tokens.find(secret)
    assert ApiToken.objects.get(pk=token.pk).used_on == office.now.date()
    with django_assert_num_queries(1):
        tokens.find(secret)
