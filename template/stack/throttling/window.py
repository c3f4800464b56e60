"""What came within the last so many seconds: counted in Redis, for all processes together."""

from django.conf import settings
from django_redis import get_redis_connection  # type: ignore[import-untyped]
from redis import RedisError
from redis.commands.core import Script
from rest_framework import status
from rest_framework.exceptions import APIException

from stack.throttling.rate import Rate

# A list of times, of which the old ones are dropped. Redis runs one script at a time, by its own clock, so
# neither many requests at one moment nor servers that disagree about the time get one more in.
_ADMIT = """
local key, limit, window = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]) * 1000000
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%.0f', now - window))
local count = redis.call('ZCARD', key)
if count < limit then
  redis.call('ZADD', key, string.format('%.0f', now), string.format('%.0f:%d', now, count))
  redis.call('EXPIRE', key, ARGV[2])
  return 0
end
local oldest = redis.call('ZRANGE', key, count - limit, count - limit, 'WITHSCORES')[2]
return oldest and oldest + window - now or window
"""


class CountUnavailable(APIException):
    """Nothing can be counted now, and what would be counted is refused rather than let through."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "This is not possible for the moment. Try again soon."
    default_code = "unavailable"
    wait = 10
    """Seconds after which the caller may come again."""


def rate_of(kind: str) -> Rate | None:
    """Return the rate of a kind, or None where nothing of it is counted."""
    rate: Rate | None = settings.THROTTLE_RATES[kind]
    return rate if settings.THROTTLING else None


def admit(name: str, rate: Rate) -> float:
    """Let one more in, unless as many as the rate allows have come within its time.

    Args:
        name: Whose count it is.
        rate: At most how many, in how many seconds. Those that are refused do not count.

    Returns:
        0 for one that is let in; else the seconds until the next one would be.

    Raises:
        CountUnavailable: Redis does not answer.
    """
    try:
        return float(_script()(keys=[_key(name)], args=[rate.limit, rate.seconds])) / 1e6
    except RedisError as error:
        raise CountUnavailable from error


def forget(name: str) -> None:
    """Begin a count anew.

    Raises:
        CountUnavailable: Redis does not answer.
    """
    try:
        get_redis_connection("default").delete(_key(name))
    except RedisError as error:
        raise CountUnavailable from error


def _script() -> Script:
    client = get_redis_connection("default")
    return Script(client, _ADMIT)


def _key(name: str) -> str:
    return f"{settings.CACHES['default']['KEY_PREFIX']}:rate:{name}"
