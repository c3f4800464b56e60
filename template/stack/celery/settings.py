"""Celery, on the broker that CELERY_BROKER_URL names.

A task is done when it has ended, not when it was fetched: what a killed worker had in hand runs again, so
tasks are idempotent.
"""

from celery.exceptions import SoftTimeLimitExceeded

from stack.celery.brokers import brokers
from stack.environment import BASE_DIR, PROJECT_SLUG, env, required
from stack.health.settings import HEALTH_CHECKS
from stack.logging.settings import LOGGING
from stack.tasks.settings import TASKS

# In development the last of them, where there are several.
CELERY_BROKER_URL = required("CELERY_BROKER_URL", fallback=brokers()[-1].URL)

CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # what waits inside a busy worker, no idle one can take
CELERY_TASK_REJECT_ON_WORKER_LOST = True
# Bounds the above: a task that always takes its process down is given up after `max_retries`, as any other.
CELERY_TASK_RETRY_ON_WORKER_LOST = True
# The broker hands out again what a lost connection had in hand: without this it would run twice at once.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True

CELERY_TASK_TIME_LIMIT = env.int("CELERY_TASK_TIME_LIMIT", 300)  # seconds; then the process is killed
CELERY_TASK_SOFT_TIME_LIMIT = env.int(  # seconds; then SoftTimeLimitExceeded is raised in the task
    "CELERY_TASK_SOFT_TIME_LIMIT", CELERY_TASK_TIME_LIMIT * 9 // 10
)
CELERY_WORKER_CONCURRENCY = env.int("CELERY_WORKER_CONCURRENCY", 0) or None  # None: as many as processors
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_TASK_DEFAULT_QUEUE", PROJECT_SLUG)  # projects may share a broker

CELERY_ACCEPT_CONTENT = ["json"]  # pickle would let whoever reaches the broker run code
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = env.str("CELERY_RESULT_BACKEND", "") or None
CELERY_RESULT_EXPIRES = 3600  # seconds, for a task that asks for its result to be kept

CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker outlives any outage of its broker
# A web request that sends a task to a dead broker fails in seconds, and says so: two tries, each bounded.
CELERY_BROKER_CONNECTION_TIMEOUT = 2  # seconds
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2}
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, int | bool] = next(
    (
        broker.transport_options(CELERY_TASK_TIME_LIMIT)
        for broker in brokers()
        if CELERY_BROKER_URL.startswith(broker.SCHEME)
    ),
    {},
)

# Read-only containers keep it on a volume or a tmpfs.
CELERY_BEAT_SCHEDULE_FILENAME = env.str("CELERY_BEAT_SCHEDULE_FILE", str(BASE_DIR / "celerybeat-schedule"))
CELERY_BEAT_ENABLE_REMOTE_CONTROL = True  # so that Beat can be asked for its health, as workers can
CELERY_BEAT_MAX_LOOP_INTERVAL = 30  # seconds; Beat that missed two turns no longer answers

TASKS["default"] = {
    "BACKEND": "stack.celery.backend.CeleryBackend",
    # Whatever went wrong: again after up to 1, 2, 4... seconds, for some minutes; then it is given up.
    "OPTIONS": {
        "autoretry_for": (Exception,),
        "retry_backoff": True,
        "retry_backoff_max": CELERY_TASK_TIME_LIMIT,  # seconds; well below the visibility timeout
        "default_retry_delay": min(30, CELERY_TASK_TIME_LIMIT),  # seconds, when its process was lost
        "max_retries": 8,
    },
}
# Ends what a file that was made for it would keep busy; again, it would take as long.
TASKS["short"] = {
    "BACKEND": TASKS["default"]["BACKEND"],
    "OPTIONS": {
        **TASKS["default"]["OPTIONS"],
        "time_limit": min(30, CELERY_TASK_TIME_LIMIT),  # seconds
        "soft_time_limit": min(20, CELERY_TASK_SOFT_TIME_LIMIT),
        "dont_autoretry_for": (SoftTimeLimitExceeded,),
    },
}
HEALTH_CHECKS["broker"] = "stack.celery.health.broker"
LOGGING["filters"]["no_values"] = {"()": "stack.celery.logging.NoValuesFilter"}
for _logger in ("celery.app.trace", "celery.worker.strategy"):
    LOGGING["loggers"][_logger] = {"filters": ["no_values"]}
