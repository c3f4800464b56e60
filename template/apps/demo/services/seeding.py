"""Fills an empty shop, through the services that everybody else uses."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.text import slugify

from apps.accounts.models import User
from apps.catalog.models import Category, Product
from apps.catalog.services import product_create, product_thumbnail_make
from apps.demo.services.goods import GOODS, Goods
from apps.demo.services.pictures import picture_draw
from apps.orders.services import order_cancel, order_pay, order_place

STAFF_GROUP = "Shop staff"


class Login(NamedTuple):
    """Somebody who can log in, as the first run leaves them."""

    role: str
    email: str
    password: str


# Fixed, so that the second run can print them too; a machine where strangers could use them refuses the demo.
LOGINS = [
    Login("admin", "admin@example.com", "demo-admin-password"),
    Login("staff", "staff@example.com", "demo-staff-password"),
    Login("customer", "customer@example.com", "demo-customer-password"),
]


@transaction.atomic
def demo_seed() -> int:
    """Add what is missing of people, goods and orders; leave what is there as it is.

    Returns:
        How many products were added.
    """
    _people_make()
    there = set(Product.objects.values_list("slug", flat=True))
    missing = [goods for goods in GOODS if slugify(goods.name) not in there]
    if missing:
        _goods_make(missing)
        _orders_make(User.objects.get_by_natural_key("customer@example.com"))
    return len(missing)


def _people_make() -> None:
    there = set(
        User.objects.filter(email__in=[login.email for login in LOGINS]).values_list("email", flat=True)
    )
    missing = [login for login in LOGINS if login.email not in there]
    with ThreadPoolExecutor() as threads:  # a hash takes a good part of a second of one processor
        hashes = threads.map(make_password, [login.password for login in missing])
    for login, password in zip(missing, hashes, strict=True):
        user = User(
            email=login.email,
            password=password,
            first_name=login.role.title(),
            is_staff=login.role != "customer",
            is_superuser=login.role == "admin",
        )
        user.save()
        if login.role == "staff":
            group, _ = Group.objects.get_or_create(name=STAFF_GROUP)
            group.permissions.set(
                Permission.objects.filter(content_type__app_label__in=("catalog", "orders"))
            )
            user.groups.add(group)


def _goods_make(goods: list[Goods]) -> None:
    categories = {
        name: Category.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0]
        for name in {item.category for item in goods}
    }
    for item in goods:
        product = product_create(
            category=categories[item.category],
            name=item.name,
            slug=slugify(item.name),
            price=item.price,
            stock=item.stock,
            description=item.description,
            picture=picture_draw(item.name),
        )
        product_thumbnail_make(product.pk)


def _orders_make(customer: User) -> None:
    """Place three orders; their keys see to it that there are never more."""
    paid = order_place(customer, {"moka-pot": 1, "set-of-six-bowls": 2}, idempotency_key="demo-paid")
    if not paid.replayed:
        order_pay(paid.order.pk)
    cancelled = order_place(customer, {"oak-bookshelf": 1}, idempotency_key="demo-cancelled")
    if not cancelled.replayed:
        order_cancel(cancelled.order.pk)
    order_place(customer, {"dotted-notebook": 3, "fountain-pen": 1}, idempotency_key="demo-placed")
