"""Redis: what a killed worker had in hand comes back after twice CELERY_TASK_TIME_LIMIT.

It must not evict (``maxmemory-policy noeviction``), and wants a database of its own and, to survive its own
crash, an append-only file. It can lose the one message that a worker is fetching in the instant of its death.
"""

SCHEME = "redis"
URL = "redis://127.0.0.1:6379/1"
"""Where it is in development."""


def transport_options(task_time_limit: int) -> dict[str, int | bool]:
    """Bound what it may take to answer, and hand out again what is not acknowledged.

    Args:
        task_time_limit: Seconds after which a task is killed.
    """
    return {
        "socket_connect_timeout": 2,  # seconds
        "socket_timeout": 5,  # seconds
        # Redis can't tell that a worker has died: a task that is not acknowledged for this long is handed
        # out again. If this were shorter than the hard limit, tasks still at work would run twice; the longer
        # it is, the longer a killed worker's tasks wait. No `countdown` or `eta` may lie further ahead.
        "visibility_timeout": 2 * task_time_limit,  # seconds
        "unacked_restore_throttle": 1,  # look for them every 10 s, not every 100 s
    }
