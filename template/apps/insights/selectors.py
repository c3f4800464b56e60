"""What is read of sales."""

from django.db.models import QuerySet

from apps.insights.models import Sale


def sale_list() -> QuerySet[Sale]:
    """Return the sales, the newest day first."""
    return Sale.objects.all()
