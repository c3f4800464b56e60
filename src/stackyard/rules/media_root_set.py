"""Uploaded files have a folder, where they are kept on the file system.

Without MEDIA_ROOT, Django puts them into whatever folder the process was started in. Looked for are fields
for files and pictures in the project's own models; a storage in a cloud needs no folder.

Standard: Database & Storage, File Storage, development: Django FileSystemStorage.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.project.settings.discover import Settings
from stackyard.project.settings.values import UNSET
from stackyard.rule import Finding, rule

_FIELD = r"^\s+\w+\s*(?::[^=\n]+)?=\s*(?:models\.)?(?:File|Image)Field\("


@rule("media-root-set", entry="filesystem-storage")
def check(project: Project) -> Iterator[Finding]:
    settings = project.settings.development
    if settings is None or not _is_on_disk(settings):
        return
    field = project.mentions(_FIELD)
    is_model = field is not None and ("/models/" in field.path or field.path.endswith("models.py"))
    is_unset = all(value is UNSET or value in (None, "") for value in settings.values("MEDIA_ROOT"))
    if is_unset and is_model:
        yield Finding(
            settings.place("MEDIA_ROOT"),
            f"MEDIA_ROOT is not set, and {field} keeps files: they end up in the working directory",
            'set it to a folder, such as `BASE_DIR / "media"`',
        )


def _is_on_disk(settings: Settings) -> bool:
    """Say whether files that are uploaded surely go to the file system."""
    storages = settings.table("STORAGES")
    if storages is None or settings.values("DEFAULT_FILE_STORAGE") != [UNSET]:
        return False
    backend = storages.get("default", "BACKEND")
    return (backend is None and storages.is_whole) or backend == "django.core.files.storage.FileSystemStorage"
