"""Where a request comes from: its client's address, behind as many proxies as there are."""

import pytest
from django.test import RequestFactory

from portal.accounts.local import client_of


def client(direct: str, forwarded: str = "", *, proxies: int = 0, settings=None, host: str = "help.example"):
    settings.PROXIES = proxies
    settings.ALLOWED_HOSTS = ["*"]
    headers = {"host": host} | ({"x-forwarded-for": forwarded} if forwarded else {})
    return client_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=direct))


def test_this_machine_is_nobody_in_particular(settings):
    assert client("127.0.0.1", host="localhost", settings=settings) is None
    assert client("::1", host="localhost:8000", settings=settings) is None


@pytest.mark.parametrize(
    ("direct", "forwarded", "proxies", "expected"),
    [
        ("203.0.113.5", "", 0, "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", 0, "203.0.113.5"),
        ("127.0.0.1", "198.51.100.1", 0, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1", 2, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", "", 0, "203.0.113.5"),
        ("10.0.0.1", "nonsense", 1, "nonsense"),
        ("10.0.0.1", "198.51.100.1:50731", 1, "198.51.100.1"),
        ("10.0.0.1", "[2001:db8:1:2:3:4:5:6]:50731", 1, "2001:db8:1:2::/64"),
        ("10.0.0.1", "[2001:db8:1:2:3:4:5:6]", 1, "2001:db8:1:2::/64"),
    ],
)
def test_a_client_is_known_by_what_its_nearest_proxy_says(settings, direct, forwarded, proxies, expected):
    assert client(direct, forwarded, proxies=proxies, settings=settings) == expected
