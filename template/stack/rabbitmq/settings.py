"""RabbitMQ, as it carries events; Celery may use it, too, and has its own address of it."""

from stack.environment import env, required

AMQP_URL = required("AMQP_URL", fallback="amqp://app:app@127.0.0.1:5672/app")
EVENTS_EXCHANGE = env.str("EVENTS_EXCHANGE", "events")
EVENTS_QUEUE_LIMIT = env.int("EVENTS_QUEUE_LIMIT", 1_000_000)  # messages; further ones wait in the outbox
CONSUMER_THREADS = env.int("CONSUMER_THREADS", 4)  # of a process: so many effects at once, of as many keys
CONSUMER_PREFETCH = env.int("CONSUMER_PREFETCH", 200)  # messages that a process holds, of a group
CONSUMER_TRIES = env.int("CONSUMER_TRIES", 6)  # then an event is put among the dead letters
CONSUMER_PAUSE = env.float("CONSUMER_PAUSE", 1.0)  # seconds until the second try; twice as long each time
