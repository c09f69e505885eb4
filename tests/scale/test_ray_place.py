"""What a node of a cluster is told, and which stores it refuses; Ray itself is not needed for this."""

from dataclasses import replace
from pathlib import Path

import pytest

from sdc.errors import ExtraMissingError, SettingsError
from sdc.scale import ray_cluster
from sdc.scale.ray_place import settings_here, told
from sdc.settings import read_settings

CLINIC = {
    "SDC_DOCUMENTS": "mongodb://sdc:hush@db.clinic.example/sdc",
    "SDC_BLOBS": "s3://clinic/sdc",
    "SDC_S3_SECRET": "hush too",
    "SDC_MASTER_KEY": "hush most",
    "SDC_LANGUAGE": "es",
}


def test_secrets_do_not_travel_and_the_rest_does():
    sent = told(read_settings(CLINIC))
    assert "hush" not in repr(sent)
    own = CLINIC | {"SDC_HOME": "/node", "SDC_LANGUAGE": "en", "SDC_MASTER_KEY": "its own"}
    here = settings_here(sent, own, here="another")
    assert here == replace(read_settings(CLINIC), home=Path("/node"), master_key="its own")


def test_a_node_with_another_store_is_refused():
    sent = told(read_settings(CLINIC))
    other = CLINIC | {"SDC_DOCUMENTS": "mongodb://sdc:hush@db.clinic.example/trial"}
    with pytest.raises(SettingsError, match="another store") as caught:
        settings_here(sent, other)
    assert (caught.value.code, "hush" in str(caught.value)) == ("batch.other-store", False)


@pytest.mark.parametrize("kept", [{}, {"SDC_BLOBS": "s3://clinic/sdc"}, {"SDC_DOCUMENTS": CLINIC["SDC_DOCUMENTS"]}])
def test_a_store_in_a_folder_is_for_one_machine(kept, tmp_path):
    environ = {"SDC_HOME": str(tmp_path), **kept}
    sent = told(read_settings(environ))
    assert settings_here(sent, kept).home == tmp_path
    with pytest.raises(SettingsError, match="one machine") as caught:
        settings_here(sent, environ, here="another")
    assert caught.value.code == "batch.store-not-shared"
    assert "MongoDB" in caught.value.hint


def test_without_ray_it_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(ray_cluster, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissingError, match=r"speech-development-companion\[ray\]"), ray_cluster.connected():
        pass
