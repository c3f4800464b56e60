"""What changes the catalogue."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from secrets import randbits
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.db.models.fields.files import FieldFile

from apps.catalog.models import Product
from apps.catalog.selectors import CATALOGUE_VERSION_KEY
from stack.errors import Conflict, Rejected
from stack.images import ImageUnreadable, thumbnail_make

logger = logging.getLogger(__name__)

THUMBNAIL_SIZE = (320, 320)
"""Pixels: width and height of the box it fits into."""


def product_create(**values: Any) -> Product:
    """Put a new product into the catalogue.

    Args:
        **values: The product's columns, valid as such.

    Returns:
        The saved product.

    Raises:
        Conflict: When another product has that slug.
    """
    with _slug_free(values["slug"]):
        return Product.objects.create(**values)


@transaction.atomic
def product_update(product: Product, **values: Any) -> Product:
    """Change these columns of a product, and no others: what was sold meanwhile stays sold.

    With a new picture the old files go, once that is committed. The new thumbnail is made by the task of
    that name, which the caller sends.

    Args:
        product: The product.
        **values: The columns to change, valid as such.

    Returns:
        The same product.

    Raises:
        Conflict: When another product has that slug, or this one was deleted in the meantime.
    """
    saved = Product.objects.select_for_update(no_key=True).filter(pk=product.pk).first()
    if saved is None:
        raise Conflict("The product was deleted in the meantime.", code="product_deleted")
    if "picture" in values:
        _delete_on_commit(saved.picture, saved.thumbnail)
        values["thumbnail"] = ""
    for name, value in values.items():
        setattr(product, name, value)
    with _slug_free(product.slug):
        product.save(update_fields=values)
    return product


def product_delete(product: Product) -> None:
    """Remove a product and its pictures.

    Raises:
        Conflict: When it was ever ordered; orders keep what they sold.
    """
    try:
        with transaction.atomic():
            # Waits for the orders that are being placed, which no check could see yet.
            saved = Product.objects.select_for_update().filter(pk=product.pk).first()
            if saved:
                saved.delete()
                _delete_on_commit(saved.picture, saved.thumbnail)
    except ProtectedError as error:
        raise Conflict(
            "The product was ordered, so it cannot be deleted; take it off sale instead.",
            code="product_ordered",
        ) from error


def product_thumbnail_make(product_id: int) -> bool:
    """Make the thumbnail of a product's picture, unless it has one; drop a picture that can't be decoded.

    Args:
        product_id: The product's primary key.

    Returns:
        Whether a thumbnail was made: not if the product or its picture is gone, or somebody was faster.
    """
    product = Product.objects.filter(pk=product_id, thumbnail="").exclude(picture="").first()
    if product is None:
        return False
    # Decoding takes a while, and holds no lock: the picture may have been changed meanwhile.
    same_picture = Product.objects.filter(pk=product_id, picture=product.picture.name, thumbnail="")
    try:
        with product.picture.open() as source:
            content = thumbnail_make(source, THUMBNAIL_SIZE)
    except FileNotFoundError:  # replaced a moment ago; whoever did that has sent a task of their own
        return False
    except ImageUnreadable as error:
        if same_picture.update(picture=""):
            logger.warning("the picture of product %s can't be decoded and is dropped: %s", product_id, error)
            _delete_on_commit(product.picture)
        return False
    product.thumbnail.save("thumbnail.webp", content, save=False)
    if not same_picture.update(thumbnail=product.thumbnail.name):
        product.thumbnail.delete(save=False)
        return False
    return True


@transaction.atomic(savepoint=False)
def stock_take(pieces: Mapping[str, int]) -> list[Product]:
    """Take pieces off the shelf.

    Args:
        pieces: How many of which product, by slug.

    Returns:
        The products, with their prices, in the order of ``pieces``; locked until the transaction ends.

    Raises:
        Rejected: When one is not for sale.
        Conflict: When there are too few of one.
    """
    products = {product.slug: product for product in _locked(slug__in=pieces, is_active=True)}
    if missing := [slug for slug in pieces if slug not in products]:
        raise Rejected(f"Not for sale: {', '.join(missing)}.", code="not_for_sale")
    if short := [slug for slug, wanted in pieces.items() if products[slug].stock < wanted]:
        raise Conflict(f"Not enough in stock: {', '.join(short)}.", code="out_of_stock")
    for slug, wanted in pieces.items():
        products[slug].stock -= wanted
    Product.objects.bulk_update(products.values(), ["stock"])
    return [products[slug] for slug in pieces]


@transaction.atomic(savepoint=False)
def stock_return(pieces: Mapping[int, int]) -> None:
    """Put pieces back on the shelf.

    Args:
        pieces: How many of which product, by primary key.
    """
    products = _locked(pk__in=pieces)
    for product in products:
        product.stock += pieces[product.pk]
    Product.objects.bulk_update(products, ["stock"])


def categories_forget(**_signal: Any) -> None:
    """Have the list of categories read anew, once the present transaction is committed.

    Receives the signals of saved and deleted categories and products (``apps.py``), so that the admin's
    changes count too. Takes and returns of stock send none: they don't change the list.
    """
    transaction.on_commit(lambda: cache.set(CATALOGUE_VERSION_KEY, randbits(53), timeout=None), robust=True)


def _locked(**which: Any) -> list[Product]:
    """Lock products, always in the same order: two who want the same ones queue up, and never deadlock."""
    return list(Product.objects.filter(**which).order_by("pk").select_for_update(no_key=True))


def _delete_on_commit(*files: FieldFile) -> None:
    for file in files:
        if file.name:
            transaction.on_commit(partial(file.storage.delete, file.name), robust=True)


@contextmanager
def _slug_free(slug: str) -> Iterator[None]:
    """Tell the loser of a race for a slug, which both found free, what happened."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not Product.objects.filter(slug=slug).exists():
            raise
        raise Conflict(f"There is a product {slug} already.", code="slug_taken") from error
