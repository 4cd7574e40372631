"""The one store, model and settings of this process, made when first needed. Start at `runtime`."""

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from domain.identifiers import Suggestion
from services.settings import Settings, read_settings
from store.engine import Store

if TYPE_CHECKING:
    from analysis.name_model import NameModel


class Embedder(Protocol):
    """Turns texts into unit vectors; the model itself or a stand-in for tests."""

    model_id: str
    path_name: str

    def count_tokens(self, text: str) -> int: ...

    def use_threads(self, n_threads: int | None) -> None: ...

    def embed(
        self, texts: Sequence[str], *, on_progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]: ...


class ModelOutline(Protocol):
    """What is known of the model without loading its weights."""

    model_id: str
    path_name: str

    def count_tokens(self, text: str) -> int: ...


class IdentifierSearch(Protocol):
    """Finds what could tell who somebody is."""

    def find(self, texts: Sequence[str]) -> list[tuple[Suggestion, ...]]: ...


class Runtime:
    """What pages, routes, the command line and the worker share within one process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.database_url)
        self.house = self.store
        """Where people may be voting meanwhile: they go first."""
        self._model_lock = threading.Lock()
        self._identifier_searches: dict[tuple[str, ...], IdentifierSearch] = {}

    def embedder(self) -> Embedder:
        """The embedding model; loaded at the first call, which takes seconds."""
        with self._model_lock:
            return self._embedder

    def borrow_model(self, other: "Runtime") -> None:
        """Use the embedding model of another runtime, and wait for whoever votes there."""
        self._embedder = other.embedder()
        self.house = other.house

    @property
    def is_model_loaded(self) -> bool:
        return "_embedder" in self.__dict__

    @property
    def model_name(self) -> tuple[str, str]:
        """Which model and which arithmetic: the key of the cache, known without loading it."""
        if self.is_model_loaded:
            return self._embedder.model_id, self._embedder.path_name
        return self._described.model_id, self._described.path_name

    def count_tokens(self, text: str) -> int:
        """How many of the model's places a text takes; needs the tokenizer only."""
        if self.is_model_loaded:
            return self._embedder.count_tokens(text)
        return self._described.count_tokens(text)

    def identifier_search(self, roster: tuple[str, ...]) -> IdentifierSearch:
        """A search that knows these people; the first one loads the model that finds names."""
        from analysis.identifiers import IdentifierSearch as Search

        with self._model_lock:
            known = self._identifier_searches.get(roster)
            if known is None:
                known = Search(roster, self._name_model)
                self._identifier_searches = {roster: known}
            return known

    @property
    def identifier_search_name(self) -> str:
        """Which rules and which model a search would use, known without loading it."""
        return self._identifier_search_name

    @cached_property
    def _identifier_search_name(self) -> str:
        from analysis.identifiers import SEARCH_VERSION
        from analysis.name_model import outline_name_model

        return f"{SEARCH_VERSION} {outline_name_model(self.settings.name_model)}"

    @cached_property
    def _name_model(self) -> "NameModel":
        from analysis.name_model import load_name_model  # heavy: spaCy

        return load_name_model(self.settings.name_model)

    @cached_property
    def _described(self) -> ModelOutline:
        from analysis.model_folder import outline_model

        return outline_model(self.settings.embedding_model)

    @cached_property
    def _embedder(self) -> Embedder:
        from analysis.embeddings import load_embedder  # heavy: torch

        return load_embedder(self.settings.embedding_model)


_lock = threading.Lock()
_current: Runtime | None = None


def runtime() -> Runtime:
    """The runtime of this process."""
    global _current
    with _lock:
        if _current is None:
            _current = Runtime(read_settings())
        return _current


def use_runtime(replacement: Runtime | None) -> None:
    """Put another runtime in its place: a test's, or none, so that the next call makes one."""
    global _current
    with _lock:
        _current = replacement
