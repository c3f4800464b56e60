"""RabbitMQ speaks STOMP where the outbox is published by STOMP.

django-outbox-pattern publishes over STOMP, for which RabbitMQ has a plugin that is off by default. Without
it, the publisher finds nobody at port 61613, and events wait in the outbox.

Flagged is a service of Compose with RabbitMQ's image while django-outbox-pattern is installed, its command
`publish` is not replaced by one of the project's own, and the plugin `rabbitmq_stomp` is named neither in the
service nor in a Dockerfile, a script or a file of enabled plugins.

Standard: docker-compose.yml, essential services: rabbitmq-plugins enable rabbitmq_stomp.
"""

from collections.abc import Iterator

from stackyard.project.facts import Project
from stackyard.rule import Finding, rule

_FILES = ("*enabled_plugins*", "*rabbit*", "*rabbit*/*", "Dockerfile*")


@rule("rabbitmq-stomp", entry="rabbitmq")
def check(project: Project) -> Iterator[Finding]:
    if not project.packages.deployed("django-outbox-pattern") or project.files.matching(
        "*/commands/publish.py"
    ):
        return
    if any("stomp" in project.files.text(path) for path in project.files.matching(*_FILES)):
        return
    if project.process("rabbitmq_stomp"):
        return
    for service in project.services:
        if project.kind(service) == "rabbitmq" and "stomp" not in str(service.entries):
            yield Finding(
                service.where,
                f"the service {service.name} does not speak STOMP, over which the outbox is published",
                'start it by `bash -c "rabbitmq-plugins enable rabbitmq_stomp && rabbitmq-server"`',
            )
            return
