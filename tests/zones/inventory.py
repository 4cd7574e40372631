"""Everything of `services/` that can hand out text, found by its types. Start at `functions`."""

import dataclasses
import enum
import importlib
import inspect
import io
import pkgutil
import typing
import zipfile
from collections.abc import Callable, Iterator

import services

HOLDS_TEXT = (str, bytes)


def functions() -> dict[str, Callable[..., object]]:
    """Public functions of every service that may return text, by "module.function"."""
    return {name: found for name, found in _public() if _may_hold_text(_returned(found), set())}


def _public() -> Iterator[tuple[str, Callable[..., object]]]:
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"services.{module.name}")
        for name, found in inspect.getmembers(loaded, inspect.isfunction):
            if found.__module__ == loaded.__name__ and not name.startswith("_"):
                yield f"{module.name}.{name}", found


def _returned(function: Callable[..., object]) -> object:
    plain = inspect.unwrap(function)
    return typing.get_type_hints(plain).get("return", typing.Any)


def _may_hold_text(kind: object, seen: set[object]) -> bool:
    """Whether a value of this type can carry words; what cannot be told counts as if it could."""
    if kind in (None, type(None), typing.Any) or isinstance(kind, typing.NewType):
        return kind is typing.Any
    parts = typing.get_args(kind)
    if parts:
        return any(_may_hold_text(part, seen) for part in parts if part is not Ellipsis)
    if not isinstance(kind, type) or kind in seen:
        return isinstance(kind, typing.TypeVar | str)
    if issubclass(kind, enum.Enum):
        return False
    if issubclass(kind, HOLDS_TEXT):
        return True
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        fields = (hints[field.name] for field in dataclasses.fields(kind))
        return any(_may_hold_text(field, seen | {kind}) for field in fields)
    return kind.__module__ not in {"builtins", "datetime", "pathlib"}


def text_in(value: object) -> str:
    """Every text inside a value, however deep, ZIP archives unpacked; for searching in it."""
    return "\n".join(_texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, bytes):
        yield from _unpacked(value)
    elif isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _texts([getattr(value, field.name) for field in dataclasses.fields(value)])
    elif isinstance(value, dict):
        yield from _texts([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _texts(inner)
    else:
        yield repr(value)


def _unpacked(data: bytes) -> Iterator[str]:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        yield data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name
            yield from _unpacked(archive.read(name))
