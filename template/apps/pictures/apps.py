"""What profile pictures listen to."""

from django.apps import AppConfig
from django.db.models.signals import pre_delete


class PicturesConfig(AppConfig):
    """Deletes the files with their row, whoever deletes it: its user goes in the admin, too."""

    name = "apps.pictures"

    def ready(self) -> None:
        """Have the files follow their row."""
        # Models, and so services, can only be imported once the apps are loaded.
        from apps.pictures.services import files_delete  # pylint: disable=import-outside-toplevel

        pre_delete.connect(files_delete, sender=self.get_model("Picture"), dispatch_uid="files_delete")
