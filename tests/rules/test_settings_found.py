"""settings-found."""

from tests.rules.django import django
from tests.rules.repo import Break, flags, passes

BREAK = Break("config/settings.py", "", None)


def test_settings_are_found_by_what_they_set() -> None:
    passes("settings-found", django(""))


def test_settings_are_found_by_what_names_them() -> None:
    manage = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_conf')\n"
    passes("settings-found", {"manage.py": manage, "site_conf.py": "INSTALLED_APPS = []\n"})


def test_a_library_has_none() -> None:
    passes("settings-found", {"pyproject.toml": "", "library/models.py": ""})


def test_a_project_without_settings() -> None:
    flags("settings-found", {"manage.py": "", "shop/models.py": ""}, "manage.py no module of settings")


def test_settings_that_are_kept_elsewhere() -> None:
    manage = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\n"
    files = {"manage.py": manage, "build/static.py": "INSTALLED_APPS = []\n"}
    flags("settings-found", files, "manage.py:1 no settings config.settings")
    passes("settings-found", files | {"manage.py": manage.replace("config.settings", "build.static")})


def test_a_name_in_a_comment_is_none() -> None:
    manage = "# os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\nstart()\n"
    passes("settings-found", {"manage.py": manage, "site/global.py": "INSTALLED_APPS = []\n"})
