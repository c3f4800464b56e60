"""RabbitMQ: what a killed worker had in hand comes back at once, and no message is lost.

No ``eta`` or ``countdown`` may lie beyond its ``consumer_timeout``, 30 minutes by default. Queues are classic
and durable; quorum queues pay on a cluster only, and then ``CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"`` is
the line to add, before the queue exists.
"""

SCHEME = "amqp"
URL = "amqp://127.0.0.1:5672"
"""Where it is in development."""


def transport_options(_task_time_limit: int) -> dict[str, int | bool]:
    """Have it confirm that it has the message."""
    return {"confirm_publish": True}
