"""What the catalogue listens to."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class CatalogConfig(AppConfig):
    """Keeps the cached categories true."""

    name = "apps.catalog"

    def ready(self) -> None:
        """Have the cached list of categories follow what is saved and deleted."""
        # Models, and so services, can only be imported once the apps are loaded.
        from apps.catalog.services import categories_forget  # pylint: disable=import-outside-toplevel

        for signal in (post_save, post_delete):
            for model in ("Category", "Product"):
                signal.connect(
                    categories_forget, sender=self.get_model(model), dispatch_uid="categories_forget"
                )
