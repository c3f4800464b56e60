"""deploy/swarm on a real Swarm: it comes up by itself, and a new release costs no request."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackyard.services import ports
from tests.docker.certificates import Authority
from tests.docker.runtime import DOMAIN, built_image, environment
from tests.docker.stack import docker
from tests.docker.swarm import Swarm
from tests.docker.traffic import APPLICATION, Client

pytestmark = pytest.mark.docker

SERVERS = """
services:
  db: &server
    image: postgres:17
    environment: {{POSTGRES_USER: app, POSTGRES_HOST_AUTH_METHOD: trust}}
    networks: [inside]
    stop_grace_period: 1s
    deploy: {{endpoint_mode: dnsrr}}
  redis:
    <<: *server
    image: redis:8-alpine
  web:
    environment: {{WEB_CONCURRENCY: "1", WEB_THREADS: "100"}}
    command: [gunicorn, -c, stack/gunicorn/conf.py, "slow:application"]
    configs: [{{source: slow, target: /app/slow.py}}]
configs:
  slow: {{file: "{slow}"}}
"""
"""What is asked by its address, and an application to wait for."""


@pytest.fixture(scope="module", name="manager", autouse=True)
def fixture_manager() -> Iterator[None]:
    """A Swarm, if this machine is not in one already."""
    if docker("info", "--format", "{{.Swarm.LocalNodeState}}").strip() == "active":
        yield
        return
    docker("swarm", "init", "--advertise-addr", "127.0.0.1")
    yield
    docker("swarm", "leave", "--force")


@pytest.fixture(scope="module", name="folder")
def fixture_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the tests' own."""
    return tmp_path_factory.mktemp("swarm")


@pytest.fixture(scope="module", name="client")
def fixture_client(folder: Path) -> Client:
    """A client of the stack."""
    authority = Authority(folder, "authority")
    authority.make()
    authority.sign(DOMAIN)
    return Client(ports.reserve(), authority.certificate)


@pytest.fixture(scope="module", name="swarm")
def fixture_swarm(folder: Path, client: Client) -> Iterator[Swarm]:
    """The whole stack, up from nothing."""
    (folder / "slow.py").write_text(APPLICATION, encoding="utf-8")
    (folder / "servers.yml").write_text(SERVERS.format(slow=folder / "slow.py"), encoding="utf-8")
    (folder / "template").mkdir()
    with built_image(folder / "template") as image:
        swarm = Swarm(
            folder / "template/deploy/swarm",
            {
                "IMAGE": image,
                "WORKER_REPLICAS": "1",
                "HTTP_PORT": str(ports.reserve()),
                "HTTPS_PORT": str(client.port),
                "EXTRA_FILES": str(folder / "servers.yml"),
            },
        )
        try:
            variables = environment(DATABASE_URL="postgres://app:none@db:5432/app")
            swarm.make_secret(
                "ENVIRONMENT_SECRET", "".join(f"{name}={value}\n" for name, value in variables.items())
            )
            swarm.make_secret("CERTIFICATE_SECRET", (folder / f"{DOMAIN}.pem").read_text(encoding="utf-8"))
            swarm.make_secret(
                "CERTIFICATE_KEY_SECRET", (folder / f"{DOMAIN}.key").read_text(encoding="utf-8")
            )
            swarm.deploy()
            yield swarm
        finally:
            swarm.close()


def test_every_container_is_locked(swarm: Swarm) -> None:
    containers = swarm.containers()
    own = {"nginx", "web", "celery_worker", "celery_beat"}
    own |= {"outbox_publisher", "event_consumer", "stream_consumer"}
    assert own <= containers.keys()
    for name in own:
        host, config = containers[name]["HostConfig"], containers[name]["Config"]
        assert host["ReadonlyRootfs"] and host["CapDrop"] in (["ALL"], ["CAP_ALL"]), name
        assert config["User"].split(":")[0] not in ("", "0", "root"), name
        assert host["Memory"] and host["NanoCpus"] and host["PidsLimit"], name
        assert not {"SECRET_KEY", "DATABASE_URL"} & {line.partition("=")[0] for line in config["Env"]}, name


def test_a_rolling_update_fails_no_request(swarm: Swarm, client: Client) -> None:
    before = swarm.inspect("web")["Version"]["Index"]
    answers = asyncio.run(client.while_it_runs(lambda: swarm.update("web", "--force"), clients=60))
    update = swarm.inspect("web")
    assert update["Version"]["Index"] > before and update["UpdateStatus"]["State"] == "completed"
    assert [answer for answer in answers if not answer.server] == []
    assert {answer.method for answer in answers} == {"GET", "POST"} and len(answers) >= 200
    assert len({answer.server for answer in answers}) == 4, "two old tasks and two new ones"


def test_a_release_that_never_gets_ready_is_rolled_back_and_fails_no_request(
    swarm: Swarm, client: Client
) -> None:
    broken = ("--env-add", "DATABASE_URL=postgres://app:none@nowhere:5432/app")
    hurry = ("--health-start-period", "5s", "--health-interval", "2s", "--health-retries", "2")
    update = functools.partial(swarm.update, "web", *broken, *hurry, check=False)
    answers = asyncio.run(client.while_it_runs(update, clients=20))
    web = swarm.inspect("web")
    assert web["UpdateStatus"]["State"] == "rollback_completed", web["UpdateStatus"]
    assert [answer for answer in answers if not answer.server] == []


def test_the_stack_can_be_deployed_again(swarm: Swarm) -> None:
    nginx = swarm.folder.parent / "nginx/nginx.conf"
    nginx.write_text(nginx.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    before = swarm.inspect("nginx")["Spec"]["TaskTemplate"]["ContainerSpec"]["Configs"]
    swarm.deploy()  # though a config of Swarm can't be changed
    assert swarm.inspect("nginx")["Spec"]["TaskTemplate"]["ContainerSpec"]["Configs"] != before
