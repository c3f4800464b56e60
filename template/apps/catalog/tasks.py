"""What the catalogue leaves to tasks."""

from django.tasks import task

from apps.catalog import services


@task(backend="short")
def product_thumbnail_make(product_id: int) -> None:
    """Make the thumbnail of a product's picture.

    Args:
        product_id: The product's primary key.
    """
    services.product_thumbnail_make(product_id)
