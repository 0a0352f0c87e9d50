"""Hypothesis profiles, and the documents that run as tests."""

import os
from pathlib import Path

import hypothesis
import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser as DocstringParser
from sybil.sybil import SybilCollection

hypothesis.settings.register_profile("default", max_examples=60, deadline=None)
hypothesis.settings.register_profile("thorough", max_examples=500, deadline=None)
hypothesis.settings.register_profile("exhaustive", max_examples=20_000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


pytest_collect_file = SybilCollection(
    [
        Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"], fixtures=["document"]),
        Sybil(parsers=[DocstringParser()], patterns=["*.py"], path="src"),
    ]
).pytest()


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> object:
    """Run a document in a folder of its own, with the example ledger beside it."""
    before = Path.cwd()
    folder = tmp_path_factory.mktemp("document")
    (folder / "examples").symlink_to(Path(request.config.rootpath) / "examples")
    os.chdir(folder)
    yield folder
    os.chdir(before)
