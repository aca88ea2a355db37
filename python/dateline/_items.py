"""What read_many takes: paths stand for the pieces of their files."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

from dateline import _native


def expand(items: Iterable[Any]) -> Iterator[Any]:
    """The items with each path replaced by its pieces."""
    if isinstance(items, (str, bytes)):
        raise TypeError("read_many takes an iterable of items; for one text use read")
    return _expanded(items)


def _expanded(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        if isinstance(item, os.PathLike):
            yield from _native.pieces(os.fspath(item))
        else:
            yield item
