"""A data set of the store goes to a rented machine only where each family agreed to that, now."""

import pytest

from finetune.launching.example import JOB, write_example
from pipeline.test_dataset_building import ALL, add
from sdc.errors import ConsentError
from sdc.finetune.launching.job import read_job
from sdc.finetune.launching.rendering import render
from sdc.finetune.launching.writing import write_job
from sdc.pipeline.dataset_building import build_from_store
from sdc.pipeline.departing import leave_for_rented
from sdc.store.consents import Purpose


@pytest.fixture
def mia(app, tmp_path, cha):
    child = app.repository.add_child("Mia")
    app.consents.grant(child.id, Purpose.TRAINING, by="mother")
    add(app, tmp_path, child, cha(line="the bid [: big] dog"), "one")
    return child


def launch(app, tmp_path, out="out"):
    """Build the data set beside the job of the example and render that job, as `sdc finetune launch` does."""
    job = read_job(write_example(tmp_path, JOB))
    build_from_store(app, job.data, ALL, actor="cli")
    return write_job(render("colab", job), job, tmp_path / out, sealed=False, leave=lambda names: ask(app, names))


def ask(app, pseudonyms):
    leave_for_rented(app, pseudonyms, actor="cli")


def test_a_consent_for_training_does_not_cover_a_rented_machine(app, mia, tmp_path):
    with pytest.raises(ConsentError, match=r"^Mia: Not done.*rented computer") as caught:
        launch(app, tmp_path)
    assert caught.value.code == "consent.missing" and "rented_training" in caught.value.hint
    assert not (tmp_path / "out").exists()
    app.consents.grant(mia.id, Purpose.RENTED_TRAINING, by="mother")
    assert "train.ipynb" in launch(app, tmp_path)
    assert [line.action for line in app.audit.lines(child_id=mia.id)].count("dataset.launch") == 1


@pytest.mark.parametrize("purpose", [Purpose.TRAINING, Purpose.RENTED_TRAINING])
def test_what_was_taken_back_after_building_counts(app, mia, purpose):
    app.consents.grant(mia.id, Purpose.RENTED_TRAINING, by="mother")
    ask(app, [app.pseudonyms.of(mia.id)])
    app.consents.withdraw(mia.id, purpose, by="mother")
    with pytest.raises(ConsentError, match="withdrawn"):
        ask(app, [app.pseudonyms.of(mia.id)])


def test_a_dry_run_is_no_line_of_the_audit(app, mia):
    app.consents.grant(mia.id, Purpose.RENTED_TRAINING, by="mother")
    leave_for_rented(app, [app.pseudonyms.of(mia.id)], actor=None)
    assert "dataset.launch" not in [line.action for line in app.audit.lines(child_id=mia.id)]


def test_a_child_that_was_erased_stays(app):
    with pytest.raises(ConsentError, match="or no longer") as caught:
        ask(app, ["R-000000000000"])
    assert caught.value.code == "launch.unknown-child"


def test_a_data_set_for_rented_machines_leaves_the_others_out(app, mia, tmp_path, cha):
    ben = app.repository.add_child("Ben")
    for purpose in (Purpose.TRAINING, Purpose.RENTED_TRAINING):
        app.consents.grant(ben.id, purpose, by="father")
    add(app, tmp_path, ben, cha(line="the big [/] big elephant"), "ben")
    built = build_from_store(app, tmp_path / "set", ALL, for_rented=True, actor="cli")
    assert [(r.name, r.error.code) for r in built.refused] == [("Mia", "consent.missing")]
    ask(app, [app.pseudonyms.of(ben.id)])
