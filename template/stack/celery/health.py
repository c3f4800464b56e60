"""Whether the broker takes tasks."""

from celery import current_app

current_app.connection_for_write().get_transport_cls()  # loads its library: see stack.health.checks


def broker() -> None:
    """Connect to Celery's broker."""
    with current_app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=0)  # once: the next probe is the next try
