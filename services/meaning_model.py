"""Which language model reads the meaning of words here, and how. Start at `described`."""

from domain.access import Act
from services.access import require
from services.runtime import runtime

_HOW = {
    "packed-bfloat16": "in bfloat16, the fastest way that this processor has",
    "packed-float32": "in float32, because this processor has no bfloat16",
    "sentence-transformers-float32": "by sentence-transformers, the slow way that reads any model",
}


def described() -> str:
    """One sentence for who looks after the installation; the model need not be loaded."""
    require(Act.READ_AUDIT)
    model, path_name = runtime().model_name
    how = _HOW.get(path_name, f"by {path_name}")
    return f"Themes and search read meaning with {model}, {how}."
