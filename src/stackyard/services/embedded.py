"""The services that a run embeds: those whose address the environment does not have yet."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from stackyard.project.running import Services
from stackyard.services import kafka, postgresql, rabbitmq, valkey
from stackyard.services.service import Service
from stackyard.services.supervisor import Supervisor


class Embedded:
    """The embedded services of a run.

    Attributes:
        services: Those that were started, in that order.
        environment: Where every service is, embedded or not.
    """

    def __init__(
        self, wanted: Services, services: list[Service], given: Mapping[str, str], say: Callable[[str], None]
    ) -> None:
        """Take note of what was wanted, what was started, and of the environment that was given."""
        self.services = services
        addresses = {name: value for service in services for name, value in service.environment.items()}
        self.environment = {**addresses, **given}
        if wanted.broker == "rabbitmq" and self.environment.get("AMQP_URL"):
            self.environment.setdefault("CELERY_BROKER_URL", self.environment["AMQP_URL"])
        elif wanted.broker == "redis" and self.environment.get("REDIS_URL"):
            self.environment.setdefault("CELERY_BROKER_URL", _next_database(self.environment["REDIS_URL"]))
        self._say = say
        self._pending = list(services)

    def await_ready(self, supervisor: Supervisor, *, slow: bool) -> None:
        """Wait until the services can be used.

        Args:
            supervisor: Who started them.
            slow: Whether to wait for RabbitMQ too, which takes seconds, and whose clients try again anyway.

        Raises:
            UserError: One ended, or took too long.
        """
        needed = [service for service in self.services if slow or service.process.name != "rabbitmq"]

        def settled() -> bool:
            self.announce()
            return all(service not in self._pending or service.process.has_ended for service in needed)

        supervisor.wait(settled, every=0.02, seconds=max((service.patience for service in needed), default=0))
        for service in needed:
            if service in self._pending:
                raise service.failure

    def announce(self) -> None:
        """Tell of the services that became ready since."""
        for service in list(self._pending):
            if service.is_ready():
                self._say(service.readiness)
                self._pending.remove(service)


@contextlib.contextmanager
def running(
    wanted: Services,
    folder: Path,
    supervisor: Supervisor,
    given: Mapping[str, str],
    say: Callable[[str], None],
) -> Iterator[Embedded]:
    """Run the services that an environment lacks; an address in it, even an empty one, wins.

    Args:
        wanted: The services that the project needs.
        folder: The run's data folder.
        supervisor: Who starts and stops them.
        given: The environment.
        say: Told what goes on.
    """
    with contextlib.ExitStack() as stack:
        sockets = stack.enter_context(postgresql.socket_folder(folder))
        stack.enter_context(supervisor)
        services = []
        if wanted.rabbitmq and "AMQP_URL" not in given:  # the slowest first
            server = rabbitmq.find()
            if server:
                services.append(rabbitmq.start(server, folder, supervisor))
            else:
                say("No RabbitMQ here, so AMQP_URL stays unset: `apt-get install rabbitmq-server` brings it.")
        if wanted.kafka and "KAFKA_BROKERS" not in given:
            services.append(kafka.start(folder, supervisor))
        if wanted.redis and "REDIS_URL" not in given:
            services.append(valkey.start(folder, supervisor))
        if wanted.postgresql and "DATABASE_URL" not in given:
            services.append(postgresql.start(folder, sockets, supervisor))
        yield Embedded(wanted, services, given, say)


def _next_database(redis_url: str) -> str:
    """Give the Redis database after this one, so that clearing the cache leaves the queues alone."""
    parts = urlsplit(redis_url)
    number = parts.path.strip("/")
    return parts._replace(path=f"/{int(number) + 1 if number.isdigit() else 1}").geturl()
