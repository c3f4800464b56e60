"""What a project's modules use, and what its addresses lead to."""

from pathlib import Path

import pytest

from stackyard.project.facts import Project
from stackyard.standard.reader import read_standard


def project(root: Path, files: dict[str, str]) -> Project:
    base = {"manage.py": "", "config/settings.py": "ROOT_URLCONF = 'config.urls'\n"}
    for name, text in (base | files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Project(root, read_standard())


@pytest.mark.parametrize(
    "text",
    [
        "import silk.urls",
        "from silk import urls as tools",
        "from silk.urls import urlpatterns",
        "x = include('silk.urls')",
        "def view():\n    from silk.urls import urlpatterns",
    ],
)
def test_a_use(tmp_path: Path, text: str) -> None:
    found = project(tmp_path, {"shop/views.py": f"\n{text}\n"})
    assert str(found.code.uses("silk.urls")).startswith("shop/views.py:")


@pytest.mark.parametrize(
    "text", ["# import silk.urls", "x = 'see silk.urls for more'", "import silkworm.urls", ""]
)
def test_no_use(tmp_path: Path, text: str) -> None:
    assert project(tmp_path, {"shop/views.py": text}).code.uses("silk.urls") is None


def test_tests_are_not_looked_at(tmp_path: Path) -> None:
    assert project(tmp_path, {"shop/tests/test_x.py": "import silk.urls"}).code.uses("silk") is None


@pytest.mark.parametrize(
    ("urls", "is_served"),
    [
        ("from shop import views", True),
        ("from shop.views import index", True),
        ("urlpatterns = [path('', include('shop.urls'))]", True),
        ("from config.more import urlpatterns", True),
        ("urlpatterns = [path('', include(('shop.urls', 'shop')))]", True),
        ("urlpatterns = [path('', include(f'{name}.urls')) for name in names]", True),
        ("urlpatterns = []", False),
        ("urlpatterns = []  # from shop import views", False),
    ],
)
def test_what_addresses_lead_to(tmp_path: Path, urls: str, is_served: bool) -> None:
    files = {
        "config/urls.py": urls,
        "config/more.py": "from shop.urls import urlpatterns",
        "shop/urls.py": "from . import views\nurlpatterns = []",
        "shop/views.py": "import silk",
        "shop/__init__.py": "",
    }
    assert project(tmp_path, files).code.serves("silk") is is_served


def test_what_a_class_stands_on(tmp_path: Path) -> None:
    files = {
        "own/files.py": "from own import parts\nfrom .parts import Base\nclass Files(Base):\n    pass\n",
        "own/parts.py": (
            "from whitenoise import middleware\nclass Base(middleware.WhiteNoiseMiddleware):\n    pass\n"
        ),
        "own/again.py": "from own.files import Files\n",
        "own/loop.py": "class A(B):\n    pass\nclass B(A):\n    pass\n",
    }
    code = project(tmp_path, files).code
    for name in ("own.files.Files", "own.again.Files", "whitenoise.middleware.WhiteNoiseMiddleware"):
        assert code.stands_on(name, "whitenoise.middleware.WhiteNoiseMiddleware"), name
    assert not code.stands_on("own.loop.A", "whitenoise.middleware.WhiteNoiseMiddleware")
    assert code.stands_on("corsheaders.apps.CorsHeadersAppConfig", "corsheaders")


def test_a_name_that_is_read(tmp_path: Path) -> None:
    code = project(
        tmp_path, {"shop/views.py": "x = settings.ONE\ny = getattr(settings, 'TWO')\nTHREE = 1\n"}
    ).code
    assert code.reads("ONE") and code.reads("TWO") and not code.reads("THREE")
