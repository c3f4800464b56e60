"""The library's decorator, made safe: `@publish([Config(destination="/topic/…")])` on a model.

The library's own calls `super(self.__class__, self).save`, which skips the model's own `save`, and never ends
on a subclass. This one calls whatever `save` there was, and tells of it in the same transaction. It stands in
the library's place: code that imports it from there gets this one.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.db import models, transaction
from django_outbox_pattern import decorators
from django_outbox_pattern.decorators import Config
from django_outbox_pattern.models import Published

from stack.outbox.emitting import hold, wake

M = TypeVar("M", bound=models.Model)
told_of: list[type[models.Model]] = []
"""The models whose saves are told of."""


def publish(configs: Iterable[Config]) -> Callable[[type[M]], type[M]]:
    """Have each `save` of a model tell of what was saved, as the library does; its key is the model's.

    Args:
        configs: Where to, and which fields.
    """
    configs = list(configs)
    body: Any = decorators._get_body  # pylint: disable=protected-access  # there is no other

    def decorate(model: type[M]) -> type[M]:
        save: Any = model.save

        @wraps(save)
        def save_and_tell(self: M, *args: Any, **kwargs: Any) -> None:
            with transaction.atomic():
                save(self, *args, **kwargs)
                key = f"{self._meta.label_lower}:{self.pk}"
                hold([key])
                for destination, fields, serializer, version in configs:
                    event = Published(
                        body=body(self, fields, serializer), destination=destination, version=version
                    )
                    event.save()  # type: ignore[no-untyped-call]
                    # Its save makes the headers anew.
                    Published.objects.filter(pk=event.pk).update(
                        headers=event.headers | {"ce-partitionkey": key}
                    )
                wake()

        setattr(model, "save", save_and_tell)
        told_of.append(model)
        return model

    return decorate


decorators.publish = publish
