"""All depth models of the catalogue."""

from __future__ import annotations

from diorama_catalogue import depth_anything_v2, depth_dpt, depth_midas, depth_zoe
from diorama_catalogue.depth_export import CatalogueModel

MODELS: list[CatalogueModel] = [
    *depth_anything_v2.MODELS,
    *depth_dpt.MODELS,
    *depth_midas.MODELS,
    *depth_zoe.MODELS,
]
