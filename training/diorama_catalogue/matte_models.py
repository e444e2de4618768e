"""All matte models of the catalogue."""

from __future__ import annotations

from diorama_catalogue import (
    matte_ben2_models,
    matte_birefnet_models,
    matte_modnet_models,
    matte_nested_models,
)
from diorama_catalogue.matte_export import MatteModel

MODELS: list[MatteModel] = [
    *matte_nested_models.MODELS,
    *matte_birefnet_models.MODELS,
    *matte_modnet_models.MODELS,
    *matte_ben2_models.MODELS,
]
