import asyncio
import warnings
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_its_first_cell_to_its_last(path):
    notebook = nbformat.read(path, as_version=4)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the kernel's client warns about its own loop
        from nbclient import NotebookClient

        client = NotebookClient(
            notebook, timeout=240, resources={"metadata": {"path": path.parent}}
        )
        asyncio.run(client.async_execute())

    assert all(cell.get("execution_count") for cell in notebook.cells if cell.cell_type == "code")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_results(path):
    notebook = nbformat.read(path, as_version=4)

    assert all(not cell.get("outputs") for cell in notebook.cells)
