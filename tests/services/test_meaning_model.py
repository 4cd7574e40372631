"""Which language model runs, as staff are told."""

import pytest

from analysis.model_folder import packed_path_name
from domain.access import Actor, Grant, StaffRole
from domain.errors import NotPermitted
from services import meaning_model
from services.access import acting_as
from services.runtime import runtime
from tests.fakes import WordEmbedder


@pytest.mark.parametrize(
    ("bfloat16", "told"), [(True, "the fastest way"), (False, "has no bfloat16")]
)
def test_the_way_that_runs_is_told_in_words(app_runtime, monkeypatch, bfloat16, told):
    model = WordEmbedder()
    model.path_name = packed_path_name(bfloat16=bfloat16)
    monkeypatch.setitem(vars(runtime()), "_embedder", model)

    assert told in meaning_model.described()


def test_a_facilitator_is_not_asked_to_know(app_runtime):
    fay = Actor("Fay", (Grant(StaffRole.FACILITATOR),))

    with acting_as(fay), pytest.raises(NotPermitted):
        meaning_model.described()
