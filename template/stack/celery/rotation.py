"""Has workers and Beat look out for new secrets."""

from typing import Any

from celery.signals import beat_init, worker_ready

from stack.environment.rotation import watch


@worker_ready.connect
@beat_init.connect
def look_out(**_: Any) -> None:
    """Look at them from now on; a worker that ends for new ones lets its tasks end."""
    watch()
