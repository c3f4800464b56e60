"""Events: what all of them have in common, and the settings of all that they pass."""

from stack.environment import PROJECT_SLUG, env
from stack.inbox.settings import *
from stack.outbox.settings import *
from stack.rabbitmq.settings import *

EVENTS_SOURCE = f"/{PROJECT_SLUG}"
EVENTS_MAX_BYTES = env.int("EVENTS_MAX_BYTES", 65_536)  # of a payload; what is large belongs into a storage
