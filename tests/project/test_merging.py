"""Compose files become what `docker compose` makes of them."""

from textwrap import dedent

from stackyard.formats.yaml_reader import read_yaml
from stackyard.formats.yamls import Mapping
from stackyard.project.compose import Compose
from stackyard.project.merging import Merging


def composed(*paths: str, variables: dict[str, str] | None = None, **files: str) -> Compose:
    contents = {name.replace("__", "/") + ".yml": read_yaml(dedent(text))[0] for name, text in files.items()}

    def read(path: str) -> Mapping | None:
        found = contents.get(path)
        return found if isinstance(found, Mapping) else None

    return Merging(read, variables or {}).compose(*paths)


def test_an_override_stands_over_its_base() -> None:
    compose = composed(
        "base.yml",
        "over.yml",
        base="""
            services:
              web:
                image: shop:1
                command: gunicorn
                environment: {A: "1", B: "2"}
                ports: ["80:80"]
                volumes: [".:/app", "data:/data"]
                depends_on: [db]
              db: {image: postgres:18}
            volumes: {data: }
        """,
        over="""
            services:
              web:
                command: runserver
                environment: ["B=3", C]
                ports: ["81:81"]
                volumes: ["./other:/app"]
                depends_on: {redis: {condition: service_healthy}}
              redis: {image: redis:8}
        """,
    )
    web = compose.services["web"]
    assert set(compose.services) == {"web", "db", "redis"} and compose.volumes == {"data"}
    assert web.command == "runserver" and str(web.place("command")) == "over.yml:4"
    assert str(web.place("image")) == "base.yml:4"
    assert web.environment == {"A": "1", "B": "3", "C": None}
    assert [port.text for port in web.ports] == ["80:80", "81:81"]
    assert web.mounts == [("./other", "/app"), ("data", "/data")]
    assert web.needs == {"db": "service_started", "redis": "service_healthy"}


def test_reset_and_override_take_the_place() -> None:
    compose = composed(
        "base.yml",
        "over.yml",
        base="services: {web: {image: shop, ports: ['80:80'], environment: {A: '1'}}}",
        over="services: {web: {ports: !override ['81:81'], environment: !reset null}}",
    )
    assert [port.text for port in compose.services["web"].ports] == ["81:81"]
    assert compose.services["web"].environment == {}


def test_extends_takes_from_another_service_or_file() -> None:
    compose = composed(
        "a__compose.yml".replace("__", "/"),
        a__compose="""
            services:
              worker:
                extends: {file: ../common.yml, service: app}
                command: celery -A config worker
              beat: {extends: worker, command: celery -A config beat}
        """,
        common="services: {app: {build: ., environment: {A: '1'}}}",
    )
    worker, beat = compose.services["worker"], compose.services["beat"]
    assert worker.environment == beat.environment == {"A": "1"}
    assert beat.command == "celery -A config beat"
    assert worker.build is not None and worker.build.dockerfile == "Dockerfile"


def test_what_extends_itself_ends() -> None:
    compose = composed("a.yml", a="services: {web: {image: x, extends: web}}")
    assert compose.services["web"].entries["image"] == "x"


def test_includes_are_taken() -> None:
    compose = composed(
        "a.yml",
        a="include: [b.yml, {path: [c.yml]}, 5]\nservices: {web: {image: x}}",
        b="include: [a.yml]\nservices: {db: {image: postgres:18}}",
        c="services: {redis: {image: redis:8}}",
    )
    assert set(compose.services) == {"web", "db", "redis"}


def test_anchors_and_merge_keys() -> None:
    compose = composed(
        "a.yml",
        a="""
            x-app: &app
              build: {context: ./backend, dockerfile: docker/Dockerfile, target: runtime}
              env_file: [.env, {path: extra.env, required: false}]
            services:
              web: {<<: *app, command: [gunicorn, config.wsgi]}
              worker: {<<: *app, entrypoint: sh -c, command: ["celery worker"]}
        """,
    )
    web = compose.services["web"]
    assert web.build is not None
    assert (web.build.context, web.build.dockerfile) == ("backend", "backend/docker/Dockerfile")
    assert web.build.target == "runtime"
    assert web.env_files == [".env", "extra.env"]
    assert web.command == "gunicorn config.wsgi"


def test_variables_are_filled_in() -> None:
    compose = composed(
        "a.yml", a="services: {db: {image: 'postgres:${TAG:-16}'}, r: {image: '$R'}}", variables={"TAG": "18"}
    )
    image, other = compose.services["db"].image, compose.services["r"].image
    assert image is not None and image.tag == "18" and image.is_known
    assert other is not None and not other.is_known


def test_ports_know_their_address() -> None:
    compose = composed(
        "a.yml",
        a="""
            services:
              db:
                image: postgres
                ports:
                  - "5432:5432"
                  - 127.0.0.1:5433:5432
                  - "[::1]:5434:5432"
                  - "5432"
                  - {target: 5432, published: 5435, host_ip: 127.0.0.1}
                  - {target: 5432}
        """,
    )
    ports = compose.services["db"].ports
    assert [port.is_local for port in ports] == [False, True, True, False, True]
    assert [port.where.line for port in ports] == [6, 7, 8, 9, 10]


def test_health_checks_are_told_from_disabled_ones() -> None:
    compose = composed(
        "a.yml",
        a="""
            services:
              a: {image: x, healthcheck: {test: [CMD, ok]}}
              b: {image: x, healthcheck: {disable: true, test: ok}}
              c: {image: x, healthcheck: {test: [NONE]}}
              d: {image: x, healthcheck: {interval: 5s}}
              e: {image: x}
        """,
    )
    assert [service.is_watched for service in compose.services.values()] == [True, False, False, False, False]


def test_what_makes_no_sense_is_passed_over() -> None:
    compose = composed(
        "a.yml",
        a="""
            services:
              web: {image: [1], build: [x], command: {a: b}, environment: x, env_file: [[x]], ports: x,
                    volumes: {a: b},
                    depends_on: 3, healthcheck: yes, extends: {file: nowhere.yml, service: x}}
              other:
              more: text
            include: text
            volumes: text
        """,
    )
    web = compose.services["web"]
    assert (web.image, web.build, web.command, web.environment) == (None, None, "", {})
    assert (web.env_files, web.ports, web.mounts, web.needs, web.is_watched) == ([], [], [], {}, False)
