"""The experimental step: off unless a model is named, and refused before any file is touched without its extra."""

import pytest

from sdc.emotion import classifier
from sdc.errors import ExtraMissingError
from sdc.pipeline.doctor import examine
from sdc.pipeline.labelling import about_labels, check_voice_labels, label_voice
from sdc.session import Provenance, Session, VoiceLabels
from sdc.settings import read_settings


@pytest.fixture
def settings(tmp_path):
    return lambda model: read_settings({"SDC_HOME": str(tmp_path), "SDC_EMOTION_MODEL": model})


def test_off_where_no_model_is_named(settings):
    from sdc.pipeline.steps import Results, Sound
    from sdc.session import Analysis

    results = Results(Session("a.cha"), Analysis("a.cha"), Sound(), None)
    assert label_voice(results, settings("")) is results
    check_voice_labels(settings(""))
    assert not [check for check in examine(settings("")) if check.name == "voice labels"]


def test_without_a_recording_nothing_is_loaded(settings):
    from sdc.pipeline.steps import Results, Sound
    from sdc.session import Analysis

    results = Results(Session("a.cha"), Analysis("a.cha"), Sound(), None)
    assert label_voice(results, settings("made-up/model")) is results


def test_a_missing_extra_is_told_before_any_file_is_touched(settings, monkeypatch):
    monkeypatch.setattr(classifier, "NEEDED", ("torch_that_is_not_there",))
    with pytest.raises(ExtraMissingError):
        check_voice_labels(settings("made-up/model"))
    (check,) = [check for check in examine(settings("made-up/model")) if check.name == "voice labels"]
    assert not check.ok
    assert "[emotion]" in check.hint


def test_model_revision_and_licence_are_printed():
    made = Provenance("voice labels", "transformers", "5", "made-up/model", "0123456789abcdef")
    assert about_labels(VoiceLabels("CHI", (), "mit", made)) == (
        "Experimental, for researchers: voice labels by made-up/model (revision 0123456789ab, licence mit)."
    )
