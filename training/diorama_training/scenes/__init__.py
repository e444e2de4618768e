"""Synthetic pictures with exact depth and exact soft alpha, ray cast with Embree."""
