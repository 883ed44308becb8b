"""Runs wagtail-localize's longer work on the queue, telling the queue ids only."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import django_rq
from django.apps import apps
from django.db import models, transaction
from django.utils.module_loading import import_string
from wagtail_localize.tasks import BaseJobBackend

logger = logging.getLogger(__name__)

JOB = "config.translation_jobs.run"
#: Marks a row's model and key among a job's arguments.
ROW = "row"
TIMEOUT_SECONDS = 600


class TranslationJobBackend(BaseJobBackend):
    """wagtail-localize would put whole users, their password's hash among them, into Redis."""

    def __init__(self, options: Mapping[str, str]) -> None:
        self.queue_name = options.get("QUEUE", "default")

    def enqueue(self, func: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        """Has the work done after the commit, by a worker; here and now where the queue is away."""
        packed = (f"{func.__module__}.{func.__qualname__}", pack(list(args)), pack(dict(kwargs)))
        transaction.on_commit(partial(self._hand_over, *packed))

    def _hand_over(self, function: str, args: Any, kwargs: Any) -> None:
        try:
            django_rq.get_queue(self.queue_name).enqueue(
                JOB, function, args, kwargs, job_timeout=TIMEOUT_SECONDS, result_ttl=0, description=function
            )
        except Exception as error:
            logger.warning("the queue is away (%s): the translation is made at once", type(error).__name__)
            run(function, args, kwargs)


def run(function: str, args: Any, kwargs: Any) -> None:
    """What a worker does: reads the rows that the arguments name, and calls the function.

    :raises django.core.exceptions.ObjectDoesNotExist: a row has been deleted in the meantime.
    """
    import_string(function)(*unpack(args), **unpack(kwargs))


def pack(value: Any) -> Any:
    """The value with each database row, at any depth of lists and dicts, as its model's label and its key."""
    if isinstance(value, models.Model):
        return (ROW, value._meta.label_lower, value.pk)
    if isinstance(value, dict):
        return {key: pack(item) for key, item in value.items()}
    if isinstance(value, list | models.QuerySet):
        return [pack(item) for item in value]
    return value


def unpack(value: Any) -> Any:
    """The opposite of `pack`: the rows as they are now."""
    if isinstance(value, tuple) and value[:1] == (ROW,):
        _mark, label, key = value
        return apps.get_model(label)._base_manager.get(pk=key)
    if isinstance(value, dict):
        return {key: unpack(item) for key, item in value.items()}
    if isinstance(value, list):
        return [unpack(item) for item in value]
    return value
