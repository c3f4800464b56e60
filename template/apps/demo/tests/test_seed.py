"""The demo shop."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.models import User
from apps.catalog.models import Category, Product
from apps.demo.management.commands import seed_demo
from apps.demo.services.goods import GOODS
from apps.orders.models import Order

pytestmark = pytest.mark.django_db


def seed() -> list[dict[str, str]]:
    output = StringIO()
    call_command("seed_demo", stdout=output)
    logins: list[dict[str, str]] = json.loads(output.getvalue().splitlines()[-1])["logins"]
    return logins


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Category, Product, Order, User))


def test_an_empty_shop_is_filled_once(client: Client) -> None:
    logins = seed()
    first = counts()
    assert first == (6, len(GOODS), 3, 3)
    assert not Product.objects.filter(thumbnail="").exists()
    assert set(Order.objects.values_list("status", flat=True)) == {"placed", "paid", "cancelled"}
    assert (seed(), counts()) == (logins, first)
    assert [login["role"] for login in logins] == ["admin", "staff", "customer"]
    for login in logins:
        assert client.login(username=login["email"], password=login["password"])


def test_staff_may_change_the_shop_and_nothing_else() -> None:
    seed()
    staff = User.objects.get_by_natural_key("staff@example.com")
    assert staff.is_staff and not staff.is_superuser
    assert staff.has_perms(["catalog.change_product", "orders.view_order"])
    assert not staff.has_perm("accounts.change_user")


def test_what_somebody_changed_stays() -> None:
    seed()
    Product.objects.filter(slug="moka-pot").update(price=1)
    Product.objects.filter(slug="seed-box").delete()
    seed()
    assert Product.objects.get(slug="moka-pot").price == 1
    assert counts()[1:] == (len(GOODS), 3, 3)


def test_production_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seed_demo, "PRODUCTION", True)
    with pytest.raises(CommandError, match="does not run in production"):
        seed()
    assert not User.objects.exists()
