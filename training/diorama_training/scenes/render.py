"""Ray casts a world with Embree: colour, inverse depth along the viewing axis, and soft alpha."""

from __future__ import annotations

import cv2
import numpy as np
from embreex import rtcore_scene
from embreex.mesh_construction import TriangleMesh
from numpy.typing import NDArray

from diorama_training.damage import damage
from diorama_training.scenes.shapes import join, rotation, smooth_noise
from diorama_training.scenes.world import PRESENT, World
from diorama_training.stages import Stage

Floats = NDArray[np.float32]
OVERSAMPLE = 2
# Bytes to linear light.
LINEAR = ((np.arange(256) / 255) ** 2.2).astype(np.float32)


def render(world: World, patches: NDArray[np.uint8], size: tuple[int, int]) -> Stage:
    random = world.random
    height, width = size[0] * OVERSAMPLE, size[1] * OVERSAMPLE
    mesh = join(world.meshes)
    face_mesh = np.repeat(np.arange(len(world.meshes)), [len(m.faces) for m in world.meshes])
    scene = rtcore_scene.EmbreeScene()
    TriangleMesh(scene, mesh.vertices[mesh.faces].astype(np.float32))
    camera = world.camera
    turn = rotation(camera.yaw, camera.pitch, camera.roll)
    tan = np.tan(camera.fov / 2)
    y, x = np.meshgrid(np.linspace(1, -1, height, dtype=np.float32), np.linspace(-1, 1, width, dtype=np.float32), indexing="ij")
    local = np.stack([x * tan * width / height, y * tan, np.ones_like(x)], -1).reshape(-1, 3)
    length = np.linalg.norm(local, axis=1)
    rays = np.ascontiguousarray((local / length[:, None]) @ turn.T, dtype=np.float32)
    origin = np.array(camera.position, np.float32)
    hit = scene.run(np.repeat(origin[None], len(rays), 0), rays, output=True)
    seen = hit["primID"] >= 0
    far = np.where(seen, hit["tfar"], 1e9).astype(np.float32)
    inverse = np.where(seen, length / np.maximum(far, 1e-4), 0.0)
    faces = np.maximum(hit["primID"], 0)
    sky = paint_sky(rays, random, world.indoor)
    colour = shade(world, scene, mesh, faces, face_mesh, hit, rays, origin, far, seen, patches, sky)
    colour = np.where(seen[:, None], colour, sky)
    alpha = seen & np.array(world.mesh_subject)[face_mesh[faces]] if world.subject == PRESENT else np.zeros_like(seen)
    small = (size[1], size[0])
    picture = cv2.resize(colour.reshape(height, width, 3).astype(np.float32), small, interpolation=cv2.INTER_AREA)
    matte = cv2.resize(alpha.reshape(height, width).astype(np.float32), small, interpolation=cv2.INTER_AREA)
    # Mixed pixels have no depth between; each takes one of its four samples.
    sharp = inverse.reshape(height, width)[::OVERSAMPLE, ::OVERSAMPLE].astype(np.float32)
    if world.focus_metres > 0:
        picture = defocus(picture, sharp, matte, world)
    picture = np.clip(picture, 0, None) ** (1 / 2.2)
    picture = np.clip(picture * 255, 0, 255).astype(np.uint8)
    return Stage(damage(picture, random) if random.random() < 0.3 else picture, np.clip(sharp, 0, 6e4).astype(np.float16), (matte * 255).round().astype(np.uint8), world.subject)


def paint_sky(rays: Floats, random: np.random.Generator, indoor: bool) -> Floats:
    kind = random.integers(4)
    zenith = np.array([(0.1, 0.25, 0.7), (0.45, 0.5, 0.55), (0.3, 0.3, 0.5), (0.05, 0.15, 0.45)][kind], np.float32) * random.uniform(0.6, 1.3)
    horizon = np.array([(0.7, 0.8, 0.95), (0.75, 0.77, 0.8), (0.95, 0.6, 0.35), (0.5, 0.65, 0.85)][kind], np.float32) * random.uniform(0.7, 1.1)
    up = np.clip(rays[:, 1:2], 0, 1) ** 0.6
    colour = horizon * (1 - up) + zenith * up
    clouds = smooth_noise(128, 256, random, 5).astype(np.float32)
    column = ((np.arctan2(rays[:, 0], rays[:, 2]) / 2.4 + 0.5) * 255).clip(0, 255).astype(int)
    row = ((1 - np.clip(rays[:, 1], -0.2, 1)) / 1.2 * 127).clip(0, 127).astype(int)
    cover = np.clip(clouds[row, column] + random.uniform(-1, 0.7), 0, 1)[:, None] * random.uniform(0, 0.9)
    return (colour * (1 - cover) + random.uniform(0.6, 1.0) * cover).astype(np.float32) * (0.4 if indoor else 1.0)


def shade(world, scene, mesh, faces, face_mesh, hit, rays, origin, far, seen, patches, sky) -> Floats:  # type: ignore[no-untyped-def]
    random = world.random
    corner = mesh.faces[faces]
    u, v = hit["u"][:, None], hit["v"][:, None]
    # Embree's u and v weigh the second and third corner.
    normals = mesh.normals.astype(np.float32, copy=False)
    normal = normals[corner[:, 0]] * (1 - u - v) + normals[corner[:, 1]] * u + normals[corner[:, 2]] * v
    normal = normal / (np.linalg.norm(normal, axis=1, keepdims=True) + 1e-9)
    normal = normal * np.where((normal * rays).sum(1, keepdims=True) > 0, np.float32(-1), np.float32(1))
    point = origin + rays * np.where(seen, far, np.float32(0))[:, None]
    material = np.array(world.mesh_material)[face_mesh[faces]]
    surface = paint(world, material, point, normal, far, patches)
    glow = np.array([m.glow for m in world.materials], np.float32)[material][:, None]
    ambient = random.uniform(0.25, 0.7)
    light = ambient * (0.75 + 0.25 * normal[:, 1:2]) * np.array([1, 1, random.uniform(0.9, 1.15)], np.float32)
    tint = np.array([1.0, random.uniform(0.85, 1.0), random.uniform(0.65, 1.0)], np.float32)
    if world.indoor:
        lamp = (np.array(world.camera.position) + random.normal(0, 1, 3) * [1.2, 0.3, 1.5] + [0, 0.6, 1.0]).astype(np.float32)
        way = lamp - point
        distance = np.linalg.norm(way, axis=1, keepdims=True)
        way = way / (distance + 1e-6)
        strength = random.uniform(0.6, 1.6) / (0.3 + (distance / random.uniform(2, 5)) ** 2)
        limit = distance
    else:
        angle, rise = random.uniform(0, 2 * np.pi), random.uniform(0.15, 1.3)
        sun = np.array([np.cos(angle) * np.cos(rise), np.sin(rise), np.sin(angle) * np.cos(rise)], np.float32)
        way, strength, limit = np.broadcast_to(sun, point.shape), float(random.choice([0.15, 0.6, 1.1])), None
    facing = np.clip((normal * way).sum(1, keepdims=True), 0, 1)
    shadow = np.zeros(len(point), bool)
    ask = np.flatnonzero(seen & (facing[:, 0] > 0.01))
    if len(ask) and random.random() < 0.8:
        start = point[ask] + normal[ask] * (1e-3 * np.maximum(far[ask], 0.3))[:, None]
        reach = scene.run(start.astype(np.float32), way[ask].astype(np.float32), query="DISTANCE")
        shadow[ask] = reach < (limit[ask, 0] if limit is not None else 1e6)
    light = light + strength * tint * facing * np.where(shadow, np.float32(random.uniform(0.0, 0.25)), np.float32(1))[:, None]
    colour = surface * np.maximum(light, glow * 1.3)
    colour = colour + float(random.choice([0, 0.15])) * np.clip(-(normal * rays).sum(1, keepdims=True), 0, 1) ** 20
    haze = 1 - np.exp(-np.where(seen, far, np.float32(0)) / world.haze_metres)[:, None]
    return (colour * (1 - haze) + sky.mean(0) * haze).astype(np.float32)


def paint(world: World, material: NDArray[np.int64], point: Floats, normal: Floats, far: Floats, patches: NDArray[np.uint8]) -> Floats:
    """Base colours in linear light: flat colour, photo patch by the strongest normal axis, window grid."""
    table = world.materials
    base = np.array([m.colour for m in table], np.float32)[material] ** 2.2
    share = np.array([m.patch_share for m in table], np.float32)[material]
    size = np.array([m.patch_metres for m in table], np.float32)[material]
    patch = np.array([max(m.patch, 0) for m in table])[material]
    axis = np.abs(normal).argmax(1)
    across = np.where(axis == 0, point[:, 2], point[:, 0])
    along = np.where(axis == 1, point[:, 2], point[:, 1])
    side = patches.shape[1]
    mirrored = [np.abs(((value / size) % 2) - 1) for value in (across, along)]
    column, row = [(m * (side - 1)).astype(int).clip(0, side - 1) for m in mirrored]
    texture = LINEAR[patches[patch, row, column]]
    # Far away a patch shrinks below a pixel: fade to its mean instead of flickering.
    footprint = far * 0.002 / size * side
    mean = ((patches.reshape(len(patches), -1, 3)[:, ::37].mean(1, dtype=np.float32) / 255) ** 2.2)[patch]
    keep = np.clip(1.6 - np.log2(np.maximum(footprint, 1)) / 2, 0, 1)[:, None]
    texture = texture * keep + mean * (1 - keep)
    colour = base * (1 - share[:, None]) + texture * share[:, None]
    grid = np.array([m.grid for m in table], np.float32)[material]
    cell = np.maximum(grid, 1e-3)
    window = (grid > 0) & (axis != 1) & (np.abs((across / cell) % 1 - 0.5) < 0.27) & (np.abs((along / (cell * 1.2)) % 1 - 0.5) < 0.3)
    return np.where(window[:, None], colour * 0.3 + 0.03, colour).astype(np.float32)


def defocus(picture: Floats, inverse: Floats, matte: Floats, world: World) -> Floats:
    """A shallow lens: blur grows with the difference of inverse depth from the focus; the subject stays sharp."""
    strength = world.random.uniform(1.0, 6.0) * world.focus_metres
    circle = np.abs(inverse - 1 / world.focus_metres) * strength
    circle = cv2.blur(circle * (1 - matte), (5, 5))
    weight = (1 - matte)[..., None] + 1e-3
    result = picture
    for sigma in (1.0, 2.2, 4.5):
        # Blurred without the subject, so that its colours do not bleed into the far.
        soft = cv2.GaussianBlur(picture * weight, (0, 0), sigma) / cv2.GaussianBlur(weight, (0, 0), sigma)[..., None]
        result = np.where((circle > sigma * 0.7)[..., None], soft, result)
    return result * (1 - matte[..., None]) + picture * matte[..., None]
