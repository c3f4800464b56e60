"""What Kustomize makes of deploy/kubernetes is what Kubernetes takes; each workload is locked and watched."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from itertools import chain
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.template_copy import TEMPLATE

pytestmark = pytest.mark.docker

FOLDER = TEMPLATE / "deploy/kubernetes"
VERSIONS = ("1.30", "1.37")
"""Of Kubernetes: the oldest that is meant, and the newest whose schemas are at hand."""

BUILDERS = (("kustomize", "build"), ("kubectl", "kustomize"))
EVENTS = ("outbox-publisher", "event-consumer", "stream-consumer")
PODS = ("Deployment", "Job")
CHALLENGE = "acme.cert-manager.io/http01-solver"
KUSTOMIZE = ("Kustomization", "Component")
Object = dict[str, Any]


def _documents(text: str) -> list[Object]:
    return [document for document in yaml.safe_load_all(text) if document]


FILES = {
    str(path.relative_to(FOLDER)): _documents(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.rglob("*.yaml"))
}


@pytest.fixture(scope="module", name="objects")
def fixture_objects() -> list[Object]:
    """What Kustomize makes for production."""
    command = next(([tool, *words] for tool, *words in BUILDERS if shutil.which(tool)), None)
    if command is None:
        pytest.skip("neither kustomize nor kubectl is here")
    done = subprocess.run([*command, FOLDER / "production"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return _documents(done.stdout)


def _named(objects: list[Object], kind: str, name: str) -> Object:
    (found,) = (each for each in objects if (each["kind"], each["metadata"]["name"]) == (kind, name))
    return found


def _workloads(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    """Give each workload's name, and its pod."""
    for each in objects:
        if each["kind"] in PODS:
            yield each["metadata"]["name"], each["spec"]["template"]["spec"]


def _containers(pod: Object) -> Iterator[Object]:
    return chain(pod.get("initContainers", []), pod["containers"])


def _settings(objects: list[Object]) -> Object:
    (found,) = (each for each in objects if each["kind"] == "ConfigMap")
    return found


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "file", [name for name in FILES if not name.startswith(("production/", "prometheus/web"))]
)
def test_each_file_is_valid(file: str, version: str) -> None:
    for document in FILES[file]:
        if document["kind"] not in KUSTOMIZE:
            kubernetes_validate.validate(document, version, strict=True)


def test_each_file_is_named_by_its_kustomization() -> None:
    for name, (first, *_) in FILES.items():
        if first["kind"] not in KUSTOMIZE:
            folder, _, file = name.rpartition("/")
            (kustomization,) = FILES[f"{folder}/kustomization.yaml"]
            patches = [patch.get("path") for patch in kustomization.get("patches", [])]
            assert file in [*kustomization.get("resources", []), *patches], name


@pytest.mark.parametrize("version", VERSIONS)
def test_each_object_is_valid(objects: list[Object], version: str) -> None:
    assert {each["kind"] for each in objects} >= {
        *("ConfigMap", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "NetworkPolicy"),
        *("PodDisruptionBudget", "Service"),
    }
    for each in objects:
        kubernetes_validate.validate(each, version, strict=True)


def test_every_workload_is_locked(objects: list[Object]) -> None:
    workloads = dict(_workloads(objects))
    assert workloads.keys() >= {"web", "celery-worker", "celery-beat", *EVENTS}
    for name, pod in workloads.items():
        assert pod["automountServiceAccountToken"] is False, name
        security = pod["securityContext"]
        assert security["runAsNonRoot"] is True and security["runAsUser"] == 10001, name
        assert security["seccompProfile"] == {"type": "RuntimeDefault"}, name
        for container in _containers(pod):
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "capabilities": {"drop": ["ALL"]},
                "readOnlyRootFilesystem": True,
            }, name
            assert container["resources"]["limits"]["memory"] and container["resources"]["requests"], name
            assert {"name": "tmp", "mountPath": "/tmp"} in container["volumeMounts"], name


def test_every_server_is_watched(objects: list[Object]) -> None:
    for name, pod in _workloads(objects):
        if not name.startswith("migrate"):
            (container,) = pod["containers"]
            assert {"startupProbe", "livenessProbe"} <= container.keys(), name


def test_a_dead_database_restarts_no_web(objects: list[Object]) -> None:
    (container,) = _named(objects, "Deployment", "web")["spec"]["template"]["spec"]["containers"]
    paths = {probe: container[probe]["httpGet"]["path"] for probe in container if probe.endswith("Probe")}
    assert paths == {
        "startupProbe": "/health/live",
        "livenessProbe": "/health/live",
        "readinessProbe": "/health/ready",
    }


def test_a_roll_out_of_the_web_drains(objects: list[Object]) -> None:
    spec = _named(objects, "Deployment", "web")["spec"]
    pod = spec["template"]["spec"]
    _, pause = pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"]
    timeout = int(_settings(objects)["data"].get("WEB_TIMEOUT", 30))
    assert pod["terminationGracePeriodSeconds"] >= int(pause) + timeout + 10
    assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    assert "replicas" not in spec, "the autoscaler's figure would be put back at each roll-out"


def test_never_two_beats(objects: list[Object]) -> None:
    spec = _named(objects, "Deployment", "celery-beat")["spec"]
    assert (spec["replicas"], spec["strategy"]) == (1, {"type": "Recreate"})


def test_workers_wait_for_migrations(objects: list[Object]) -> None:
    for name in ("celery-worker", "celery-beat", *EVENTS):
        (first,) = _named(objects, "Deployment", name)["spec"]["template"]["spec"]["initContainers"]
        assert first["command"][-2:] == ["migrate", "--check"]


def test_a_release_has_its_own_migration(objects: list[Object]) -> None:
    images = {container["image"] for _, pod in _workloads(objects) for container in _containers(pod)}
    (image,) = images
    assert f"migrate-{image.rpartition(':')[2]}" in dict(_workloads(objects))


def test_all_settings_arrive(objects: list[Object]) -> None:
    name = _settings(objects)["metadata"]["name"]
    for workload, pod in _workloads(objects):
        for container in _containers(pod):
            assert container["envFrom"] == [
                {"configMapRef": {"name": name}},
                {"secretRef": {"name": "secrets"}},
            ], workload


def test_nothing_points_into_the_void(objects: list[Object]) -> None:
    labels = [
        each["spec"]["template"]["metadata"]["labels"].items() for each in objects if each["kind"] in PODS
    ]
    ports = {
        port["name"]
        for _, pod in _workloads(objects)
        for one in pod["containers"]
        for port in one.get("ports", [])
    }
    for each in objects:
        spec = each.get("spec", {})
        selector = spec.get("podSelector") or spec.get("selector") or {}
        wanted = selector.get("matchLabels", selector).items()
        if wanted == {(CHALLENGE, "true")}:
            continue  # cert-manager's own pod
        assert any(wanted <= those for those in labels), each["metadata"]["name"]
        for rule in spec.get("ingress", []):
            assert {port["port"] for port in rule["ports"]} <= ports, each["metadata"]["name"]
    assert _named(objects, "Service", "web")["spec"]["ports"][0]["targetPort"] in ports


def test_nobody_gets_in_unless_told(objects: list[Object]) -> None:
    assert _named(objects, "NetworkPolicy", "deny-all-in")["spec"] == {
        "podSelector": {},
        "policyTypes": ["Ingress"],
    }


def test_no_secret_is_committed(objects: list[Object]) -> None:
    assert "Secret" not in {each["kind"] for each in objects}
    assert not {"SECRET_KEY", "DATABASE_URL", "JWT_SIGNING_KEY"} & _settings(objects)["data"].keys()


def test_no_object_is_named_by_the_project(objects: list[Object]) -> None:
    # A project's slug may have underscores, which the names of objects may not.
    names = [each["metadata"]["name"] for each in objects]
    names += [container["name"] for _, pod in _workloads(objects) for container in _containers(pod)]
    assert not [name for name in names if "myproject" in name]
