"""Kafka, as it carries events."""

from stack.environment import PROJECT_SLUG, env, required

KAFKA_BROKERS = required("KAFKA_BROKERS", fallback="127.0.0.1:9092")
KAFKA_SECURITY_PROTOCOL = env.str("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT")  # or SSL, SASL_SSL
KAFKA_SASL_MECHANISM = env.str("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512")
KAFKA_SASL_USERNAME = env.str("KAFKA_SASL_USERNAME", "")
KAFKA_SASL_PASSWORD = env.str("KAFKA_SASL_PASSWORD", "")
KAFKA_CA_FILE = env.str("KAFKA_CA_FILE", "")
KAFKA_PREFIX = env.str("KAFKA_PREFIX", f"{PROJECT_SLUG}.")  # of topics and groups, which a cluster may share
KAFKA_PARTITIONS = env.int(
    "KAFKA_PARTITIONS", 6
)  # of a topic when it is made: so many readers of a group, at most
KAFKA_REPLICATION = env.int(
    "KAFKA_REPLICATION", -1
)  # copies of a topic when it is made; -1: as the broker does
KAFKA_RETENTION_DAYS = env.int("KAFKA_RETENTION_DAYS", 0)  # of a topic when it is made; 0: for ever
STREAM_TRIES = env.int("STREAM_TRIES", 6)  # then an event is put among the dead letters
STREAM_PAUSE = env.float("STREAM_PAUSE", 1.0)  # seconds until the second try; twice as long each time
