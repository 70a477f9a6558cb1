"""The matrix speaks of every model, and the rows that the other tests look at can tell right from wrong."""

from __future__ import annotations

import pytest

from app.models import METADATA
from tests.app.database.matrix import EVERYBODY, MATRIX
from tests.app.database.world import KINDS, MODELS, World

each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def test_every_model_says_who_sees_and_who_writes_it():
    assert sorted(MATRIX) == [model.__name__ for model in MODELS]


def test_every_table_belongs_to_a_model():
    assert set(METADATA.tables) == {model.__tablename__ for model in MODELS}


def test_the_matrix_names_only_viewers_that_exist():
    named = {kind for access in MATRIX.values() for kind in access.all | access.own | access.writers}
    assert named <= EVERYBODY == set(KINDS)


@each_model
def test_there_are_rows_to_see(world: World, model):
    assert world.owners[model]


@each_model
def test_where_a_row_is_somebodys_own_there_are_rows_of_others(world: World, model):
    for kind in MATRIX[model.__name__].own:
        assert world.seen(model, kind), kind
        assert set(world.owners[model]) - world.seen(model, kind), kind
