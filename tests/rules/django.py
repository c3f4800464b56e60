"""Tiny Django projects, for the tests of rules about settings."""

HEAD = "ROOT_URLCONF = 'config.urls'\n"
"""The first line of the settings."""


def django(settings: str, *packages: str, urls: str = "urlpatterns = []\n", **files: str) -> dict[str, str]:
    """Give the files of a project with one module of settings.

    Args:
        settings: What they say from the second line on.
        packages: What it asks for, a requirement each.
        urls: Its addresses.
        files: Others, by their paths, with `__` for a slash and without `.py`.
    """
    listed = "\n".join(f'    "{package}",' for package in packages)
    return {
        "manage.py": "",
        "pyproject.toml": f'[project]\nname = "x"\ndependencies = [\n{listed}\n]\n',
        "config/settings.py": f"{HEAD}{settings}\n",
        "config/urls.py": urls,
        **{f"{name.replace('__', '/')}.py": text for name, text in files.items()},
    }


def split(base: str, production: str = "", development: str = "") -> dict[str, str]:
    """Give the files of a project whose production and development have settings of their own."""
    return {
        "manage.py": "",
        "config/settings/base.py": f"{HEAD}{base}\n",
        "config/settings/production.py": f"from .base import *\n{production}\n",
        "config/settings/local.py": f"from .base import *\n{development}\n",
    }
