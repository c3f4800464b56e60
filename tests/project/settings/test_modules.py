"""Which modules are settings, and what one takes from another."""

from pathlib import Path

import pytest

from stackyard.project.settings.values import UNSET, Unknown
from tests.project.settings.read import HEAD, every, one, production

BASE = f"{HEAD}INSTALLED_APPS = ['one']\nDEBUG = False\n"


@pytest.mark.parametrize(
    ("base", "live", "take"),
    [
        ("config/settings/base.py", "config/settings/production.py", "from .base import *"),
        ("config/settings/base.py", "config/settings/prod.py", "from config.settings.base import *"),
        ("settings/common.py", "settings/staging.py", "from settings.common import *"),
        ("src/site/settings/__init__.py", "src/site/settings/live.py", "from . import *"),
        ("backend/app/settings.py", "backend/app/settings_production.py", "from app.settings import *"),
        ("app/settings.py", "app/heroku.py", "from .settings import *"),
        ("config/django/base.py", "config/django/production.py", "from .base import *"),
    ],
)
def test_production_over_base(tmp_path: Path, base: str, live: str, take: str) -> None:
    files = {
        base: BASE,
        live: f"{take}\nINSTALLED_APPS += ['two']\n",
        "manage.py": "",
        "backend/manage.py": "",
    }
    found = production(tmp_path, files)
    assert found.path == live
    assert found.deployed("INSTALLED_APPS").texts() == ["one", "two"] and found.scope.is_whole


def test_a_module_named_by_manage_is_found_by_that(tmp_path: Path) -> None:
    files = {
        "manage.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'tests_app.conf')\n",
        "tests_app/conf.py": BASE,
    }
    assert production(tmp_path, files).path == "tests_app/conf.py"


def test_a_package_that_chooses(tmp_path: Path) -> None:
    files = {
        "config/settings/__init__.py": (
            "import os\nif os.environ.get('ENV') == 'production':\n    from .live import *\n"
            "else:\n    from .dev import *\n"
        ),
        "config/settings/base.py": BASE,
        "config/settings/live.py": "from .base import *\nSECURE_SSL_REDIRECT = True\n",
        "config/settings/dev.py": "from .base import *\nDEBUG = True\n",
        "config/wsgi.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings')\n",
    }
    settings = every(tmp_path, files)
    whole = next(item for item in settings.modules if item.path.endswith("__init__.py"))
    assert whole.values("DEBUG") == [False] and whole.values("SECURE_SSL_REDIRECT") == [True]


@pytest.mark.parametrize(
    "chosen",
    ["f'environments/{_ENV}.py'", "'environments/{0}.py'.format(_ENV)", "'environments/%s.py' % _ENV"],
)
def test_split_settings_takes_production(tmp_path: Path, chosen: str) -> None:
    files = {
        "server/settings/__init__.py": (
            "from os import environ\nfrom split_settings.tools import include, optional\n"
            "_ENV = environ['DJANGO_ENV']\n"
            f"_parts = ('components/*.py', {chosen}, optional('environments/local.py'))\n"
            "include(*_parts)\n"
        ),
        "server/settings/components/common.py": BASE,
        "server/settings/components/rest.py": "REST_FRAMEWORK = {}\n",
        "server/settings/environments/development.py": "DEBUG = True\nINSTALLED_APPS += ['dev']\n",
        "server/settings/environments/production.py": "SECURE_SSL_REDIRECT = True\n",
    }
    settings = every(tmp_path, files)
    found = settings.production
    assert found is not None and found.path == "server/settings/__init__.py" and found.scope.is_whole
    assert found.values("DEBUG") == [False] and found.values("SECURE_SSL_REDIRECT") == [True]
    assert found.deployed("INSTALLED_APPS").texts() == ["one"] and "REST_FRAMEWORK" in found
    assert {item.path for item in settings.modules} == {"server/settings/__init__.py"}
    other = settings.development
    assert other is not None and other.value("DEBUG") is True
    assert other.items("INSTALLED_APPS").texts() == ["one", "dev"]


@pytest.mark.parametrize(
    "text",
    [
        "from elsewhere import *",
        "try:\n    from .local import *\nexcept ImportError:\n    pass",
        "django_heroku.settings(locals())",
        "globals().update(load())",
        "for key in names:\n    globals()[key] = 1",
        "exec(open('x').read())",
        "settings = dynaconf.DjangoDynaconf(__name__)",
    ],
)
def test_names_may_come_from_code_that_is_not_there(tmp_path: Path, text: str) -> None:
    found = one(tmp_path, f"{text}\n")
    assert not found.scope.is_whole
    assert isinstance(found.values("X")[0], Unknown) and found.values("X") != [UNSET]


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    from .local import *\nexcept ImportError:\n    pass",
        "try:\n    from local_settings import *\nexcept:\n    pass",
        "with suppress(ModuleNotFoundError):\n    from .machine import *",
    ],
)
def test_a_machine_s_own_module_leaves_alone_what_goes_with_the_code(tmp_path: Path, text: str) -> None:
    found = one(tmp_path, f"USE_TZ = False\nDEBUG = True\n{text}\n")
    assert found.values("USE_TZ") == [False] and found.values("AUTH_USER_MODEL") == [UNSET]
    assert len(found.values("DEBUG")) == 2 and found.values("SECURE_SSL_REDIRECT") != [UNSET]


@pytest.mark.parametrize(
    "text",
    [
        "from .local import *",
        "try:\n    from plugins.settings import *\nexcept ImportError:\n    pass",
        "try:\n    from .local import *\nexcept ImportError:\n    pass\nfrom elsewhere import *",
        "try:\n    pass\nexcept ImportError:\n    pass\nfrom .local import *",
    ],
)
def test_another_module_may_decide_everything(tmp_path: Path, text: str) -> None:
    found = one(tmp_path, f"USE_TZ = False\n{text}\n")
    assert len(found.values("USE_TZ")) == 2 and found.values("AUTH_USER_MODEL") != [UNSET]


def test_a_function_of_its_own_is_looked_into(tmp_path: Path) -> None:
    files = {
        "config/extra.py": "def add(names):\n    names['X'] = 1\n    names['APPS'].append('two')\n",
        "config/settings.py": f"{HEAD}from config.extra import add\nadd(globals())\n",
    }
    found = production(tmp_path, files)
    assert found.scope.is_whole and isinstance(found.values("X")[0], Unknown)
    assert found.values("X") != [UNSET] and found.values("Y") == [UNSET]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("X = True", [True]),
        ("X = 1\nif DEBUG:\n    X = 2", [1]),
        ("if not DEBUG:\n    X = 2", [2]),
        ("if DEBUG:\n    X = 2", [UNSET]),
        ("if FLAG:\n    X = 2", [UNSET, 2]),
        ("X = 1\nif FLAG:\n    X = 2", [1, 2]),
        ("if DEBUG:\n    X = 1\nelif FLAG:\n    X = 2\nelse:\n    X = 3", [2, 3]),
        ("X = 1\nif FLAG:\n    X = 2\nelse:\n    X = 3", [2, 3]),
        ("X = 1\nif FLAG:\n    X = 2\nelif OTHER:\n    X = 3", [1, 2, 3]),
        ("X = 1\nif FLAG:\n    if OTHER:\n        X = 2\nelse:\n    X = 3", [1, 2, 3]),
        ("X = 1 if DEBUG else 2", [2]),
        ("try:\n    X = 1\nexcept ImportError:\n    X = 2", [1, 2]),
    ],
)
def test_conditions_decide(tmp_path: Path, text: str, wanted: list[object]) -> None:
    assert one(tmp_path, f"DEBUG = env.bool('DEBUG')\n{text}\n").values("X") == wanted


def test_what_is_set_before_code_that_is_not_there_may_have_changed(tmp_path: Path) -> None:
    found = one(tmp_path, "X = 1\nA = ['one']\nfrom .local import *\nY = 2\n")
    assert found.values("X")[0] == 1 and isinstance(found.values("X")[1], Unknown)
    assert found.values("Y") == [2]
    assert found.deployed("A").texts() == ["one"] and not found.deployed("A").is_whole


def test_nobody_develops_on_what_only_others_stand_on(tmp_path: Path) -> None:
    files = {
        "shop/common.py": BASE,
        "deploy/production/settings.py": "from shop.common import *\nMEDIA_ROOT = '/media'\n",
    }
    found = every(tmp_path, files)
    assert found.development is found.production and found.production is not None
    assert found.production.path == "deploy/production/settings.py"


def test_a_base_that_is_named_is_run_on(tmp_path: Path) -> None:
    files = {
        "manage.py": "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.common')\n",
        "shop/common.py": BASE,
        "shop/production.py": "from .common import *\n",
    }
    found = every(tmp_path, files).development
    assert found is not None and found.path == "shop/common.py"
