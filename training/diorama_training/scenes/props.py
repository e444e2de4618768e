"""Things that stand in scenes: furniture, people, animals, vehicles, plants, household objects."""

from __future__ import annotations

import numpy as np

from diorama_training.scenes.shapes import Mesh, box, ellipsoid, join, lathe, tube
from diorama_training.scenes.world import World

Parts = list[tuple[Mesh, int]]
SKIN = ((0.85, 0.65, 0.53), (0.65, 0.45, 0.33), (0.4, 0.26, 0.18), (0.92, 0.75, 0.65))


def put(world: World, parts: Parts, x: float, y: float, z: float, yaw: float = 0.0, is_subject: bool = False) -> None:
    for mesh, material in parts:
        world.add(mesh.turned(yaw).moved(x, y, z), material, is_subject)


def person(world: World, height: float = 1.7) -> Parts:
    """Standing at the origin; arms and legs in a random pose."""
    random = world.random
    s = height / 1.7
    skin = world.tinted(SKIN[random.integers(4)], 0.03, 0.3, 0.1)
    hair = world.tinted(((0.1, 0.07, 0.05), (0.35, 0.2, 0.1), (0.7, 0.55, 0.3), (0.5, 0.5, 0.5))[random.integers(4)], 0.04, 0.1, 0.5)
    top, legs, shoes = world.material(0.5), world.material(0.5), world.material(0.3, 0.2)
    wide = random.uniform(0.85, 1.25)
    stride = random.normal(0, 0.16)
    skirt = random.random() < 0.25
    parts: Parts = [
        (ellipsoid(0.1 * s, 0.13 * s, 0.11 * s).moved(0, 1.57 * s, 0), skin),
        (ellipsoid(0.115 * s, 0.12 * s, 0.12 * s).moved(0, 1.61 * s, 0.025 * s), hair),
        (tube([(0, 1.4 * s, 0), (0, 1.5 * s, 0)], 0.055 * s), skin),
        (lathe(np.array([0.85, 1.0, 1.2, 1.38, 1.44]) * s, np.array([0.17, 0.15, 0.19, 0.2, 0.06]) * s * wide), top),
    ]
    if random.random() < 0.35:
        parts.append((lathe(np.array([1.15, 1.4, 1.62, 1.73]) * s, np.array([0.13, 0.14, 0.12, 0.03]) * s).moved(0, 0, 0.05 * s), hair))
    if skirt:
        parts.append((lathe(np.array([0.35, 0.9]) * s, np.array([0.3, 0.16]) * s * wide), legs))
    for side in (-1, 1):
        swing = stride * side
        hip, knee = (0.09 * side * s, 0.88 * s, 0), (0.1 * side * s, 0.48 * s, swing * 0.6)
        foot = (0.11 * side * s, 0.06 * s, swing)
        parts.append((tube([hip, knee, foot], np.array([0.095, 0.07, 0.05]) * s), legs if not skirt else skin))
        parts.append((ellipsoid(0.05 * s, 0.05 * s, 0.13 * s).moved(foot[0], 0.05 * s, foot[2] - 0.05 * s), shoes))
        raise_arm = random.uniform(0.05, 0.5) if random.random() < 0.75 else random.uniform(1.0, 2.6)
        bend = random.normal(-0.2, 0.3)
        shoulder = np.array([0.19 * side * wide, 1.37, 0]) * s
        elbow = shoulder + np.array([np.sin(raise_arm) * side, -np.cos(raise_arm), bend * 0.5]) * 0.29 * s
        hand = elbow + np.array([np.sin(raise_arm * random.uniform(-0.8, 1.2)) * side, -np.cos(raise_arm * 1.2), bend]) * 0.25 * s
        parts.append((tube([shoulder, elbow], np.array([0.06, 0.045]) * s), top))
        parts.append((tube([elbow, hand], np.array([0.042, 0.04]) * s), skin if random.random() < 0.5 else top))
    if random.random() < 0.25:
        parts.append((box(0.25 * s, 0.3 * s, 0.12 * s).moved(random.choice([-0.3, 0.3]) * s, random.uniform(0.5, 0.9) * s, 0), world.material(0.3)))
    return parts


def animal(world: World, length: float = 0.9) -> Parts:
    """A four-legged body of random proportions, looking along x."""
    random = world.random
    fur, dark = world.material(0.3), world.material(0.2, 0.3)
    leg, fat = length * random.uniform(0.25, 0.6), length * random.uniform(0.14, 0.26)
    body = leg + fat * 0.8
    neck = np.array([length * random.uniform(0.55, 0.75), body + length * random.uniform(0.1, 0.5), random.normal(0, 0.1) * length])
    parts: Parts = [
        (ellipsoid(length * 0.5, fat, fat * 0.9).moved(0, body, 0), fur),
        (tube([(length * 0.35, body + fat * 0.3, 0), neck], [fat * 0.7, fat * 0.5]), fur),
        (ellipsoid(fat * 0.85, fat * 0.65, fat * 0.6).moved(*(neck + [fat * 0.4, 0, 0])), fur),
        (ellipsoid(fat * 0.4, fat * 0.3, fat * 0.3).moved(*(neck + [fat * 1.1, -fat * 0.15, 0])), dark),
        (tube([(-length * 0.48, body, 0), (-length * 0.7, body + random.uniform(-0.3, 0.4) * length, 0.05)], [fat * 0.2, fat * 0.08]), fur),
    ]
    for x in (-0.36, 0.36):
        for z in (-0.6, 0.6):
            swing = random.normal(0, 0.08) * length
            parts.append((tube([(x * length, body - fat * 0.3, z * fat), (x * length + swing, 0.02, z * fat)], [fat * 0.33, fat * 0.18]), fur))
    for z in (-0.35, 0.35):
        parts.append((lathe([0, fat * random.uniform(0.4, 0.9)], [fat * 0.2, 0.004], 8).moved(neck[0] + fat * 0.2, neck[1] + fat * 0.4, z * fat), dark))
    return parts


def car(world: World) -> Parts:
    """Along x, on the ground."""
    random = world.random
    paint, glass, tyre = world.material(2.0, 0.15), world.tinted((0.12, 0.15, 0.18), 0.03, 1, 0.3), world.tinted((0.06, 0.06, 0.06), 0.01, 1, 0.1)
    length, wide, tall = random.uniform(3.4, 5.2), random.uniform(1.6, 2.0), random.uniform(0.5, 0.8)
    cabin = random.uniform(0.45, 0.8) * length
    parts: Parts = [
        (box(length, tall, wide).moved(0, 0.3, 0), paint),
        (box(cabin, random.uniform(0.45, 1.2), wide * 0.88).moved(random.uniform(-0.12, 0.05) * length, 0.3 + tall, 0), glass if random.random() < 0.6 else paint),
    ]
    for x in (-0.32, 0.32):
        for z in (-0.48, 0.48):
            parts.append((lathe([-0.1, -0.1, 0.1, 0.1], [0.0, 0.32, 0.32, 0.0]).turned(pitch=np.pi / 2).moved(x * length, 0.32, z * wide), tyre))
    return parts


def furniture(world: World) -> Parts:
    """A table, chair, cupboard, sofa, shelf or bed."""
    random = world.random
    wood, cloth = world.material(0.8), world.material(0.6)
    kind = random.integers(6)
    w, d = random.uniform(0.5, 1.8), random.uniform(0.4, 0.9)
    if kind == 0:
        h = random.uniform(0.4, 0.8)
        legs = [box(0.05, h, 0.05).moved(x * (w / 2 - 0.05), 0, z * (d / 2 - 0.05)) for x in (-1, 1) for z in (-1, 1)]
        return [(box(w, 0.04, d).moved(0, h, 0), wood), (join(legs), wood), *clutter(world, w, d, h + 0.04)]
    if kind == 1:
        legs = [box(0.04, 0.45, 0.04).moved(x * 0.2, 0, z * 0.2) for x in (-1, 1) for z in (-1, 1)]
        return [(join(legs), wood), (box(0.46, 0.05, 0.46).moved(0, 0.45, 0), cloth), (box(0.46, random.uniform(0.3, 0.6), 0.04).moved(0, 0.5, 0.21), wood)]
    if kind == 2:
        h = random.uniform(0.7, 2.2)
        return [(box(w, h, d), wood), (box(0.02, h * 0.9, 0.02).moved(0, 0.05, -d / 2), cloth), *clutter(world, w, d, h)]
    if kind == 3:
        w = random.uniform(1.2, 2.4)
        arms = [box(0.18, 0.6, 0.85).moved(x * w / 2, 0, 0) for x in (-1, 1)]
        return [(box(w, 0.42, 0.85), cloth), (box(w, 0.85, 0.22).moved(0, 0, 0.35), cloth), (join(arms), cloth), (ellipsoid(0.22, 0.2, 0.1).moved(random.uniform(-0.5, 0.5), 0.55, 0.15), wood)]
    if kind == 4:
        h = random.uniform(1.0, 2.2)
        boards = [box(w, 0.03, 0.3).moved(0, y, 0) for y in np.arange(0.1, h, 0.35)]
        books: Parts = []
        for y in np.arange(0.13, h - 0.3, 0.35):
            for x in np.arange(-w / 2 + 0.05, w / 2 - 0.05, random.uniform(0.06, 0.2)):
                if random.random() < 0.7:
                    books.append((box(0.04, random.uniform(0.12, 0.28), 0.2).moved(x, y, -0.02), world.material(0.2)))
        return [(join(boards), wood), (box(w, h, 0.02).moved(0, 0, 0.15), wood), *books]
    return [(box(1.5, 0.45, 2.0), cloth), (box(1.5, random.uniform(0.7, 1.2), 0.06).moved(0, 0, 1.0), wood), (box(1.3, 0.12, 0.4).moved(0, 0.45, 0.7), world.material(0.4))]


def clutter(world: World, width: float, depth: float, height: float) -> Parts:
    """A few small objects on a surface."""
    random = world.random
    parts: Parts = []
    for _ in range(random.integers(0, 5)):
        x, z = random.uniform(-0.4, 0.4) * width, random.uniform(-0.4, 0.4) * depth
        parts += [(mesh.moved(x, height, z), material) for mesh, material in household(world, random.uniform(0.08, 0.3))]
    return parts


def household(world: World, size: float) -> Parts:
    """A bottle, bowl, box, ball, vase with stalks, lamp, stack or random turned solid, standing at y = 0."""
    random = world.random
    first, second = world.material(size), world.material(size, 0.3)
    kind = random.integers(8)
    if kind == 0:
        return [(lathe(np.array([0, 0, 0.6, 0.72, 1.0, 1.0]) * size, np.array([0, 0.16, 0.16, 0.06, 0.06, 0]) * size), first), (lathe(np.array([0.2, 0.5]) * size, np.array([0.165, 0.165]) * size), second)]
    if kind == 1:
        return [(lathe(np.array([0, 0, 0.15, 0.4, 0.36, 0.1]) * size, np.array([0, 0.2, 0.42, 0.55, 0.52, 0.02]) * size), first), *[(ellipsoid(0.15 * size, 0.14 * size, 0.15 * size).moved(random.normal(0, 0.15) * size, 0.35 * size, random.normal(0, 0.15) * size), second) for _ in range(random.integers(0, 5))]]
    if kind == 2:
        return [(box(size * random.uniform(0.3, 1.2), size * random.uniform(0.2, 1), size * random.uniform(0.3, 1)).turned(random.uniform(0, 3)), first)]
    if kind == 3:
        r = size * 0.45
        return [(ellipsoid(r, r * random.uniform(0.7, 1.1), r).moved(0, r * 0.9, 0), first)]
    if kind == 4:
        stalks = [tube([(0, 0.4 * size, 0), (random.normal(0, 0.2) * size, random.uniform(0.8, 1.4) * size, random.normal(0, 0.2) * size)], 0.012 * size, 5) for _ in range(random.integers(3, 12))]
        heads = [ellipsoid(*(random.uniform(0.04, 0.14, 3) * size), 8).moved(*stalk.vertices[-1]) for stalk in stalks]
        green = world.tinted((0.2, 0.45, 0.15))
        return [(lathe(np.array([0, 0, 0.3, 0.5]) * size, np.array([0, 0.15, 0.2, 0.1]) * size), first), (join(stalks), green), (join(heads), second if random.random() < 0.5 else green)]
    if kind == 5:
        return [(lathe(np.array([0, 0.03, 0.04, 0.6]) * size, np.array([0.22, 0.22, 0.03, 0.03]) * size), second), (lathe(np.array([0.55, 1.0]) * size, np.array([0.3, 0.18]) * size), first)]
    if kind == 6:
        return [(box(size * random.uniform(0.5, 0.9), size * 0.12, size * random.uniform(0.4, 0.7)).turned(random.normal(0, 0.3)).moved(0, i * 0.12 * size, 0), world.material(size)) for i in range(random.integers(2, 7))]
    heights = np.sort(random.uniform(0, 1, 6)) * size
    radii = np.abs(random.normal(0.25, 0.12, 6)) * size
    radii[-1] = 0.0
    return [(lathe(np.concatenate([[0], heights]), np.concatenate([[0], radii])), first)]


def tree(world: World, height: float) -> Parts:
    """A trunk with branches and a crown of leaf blobs, or a bare one, or a conifer."""
    random = world.random
    bark, leaf = world.tinted((0.3, 0.22, 0.15)), world.tinted((0.2, 0.36, 0.12), 0.08, 0.5, 0.9)
    kind = random.random()
    if kind < 0.25:
        cones = [lathe(np.array([0.15 + 0.25 * i, 0.15 + 0.25 * i, 0.5 + 0.25 * i]) * height, np.array([0, 0.26 - 0.07 * i, 0.0]) * height, 10) for i in range(3)]
        return [(tube([(0, 0, 0), (0, height * 0.3, 0)], 0.03 * height, 6), bark), (join(cones), leaf)]
    branches = [tube([(0, 0, 0), (random.normal(0, 0.03) * height, height * 0.5, 0)], [0.035 * height, 0.02 * height], 7)]
    ends = []
    for _ in range(random.integers(5, 12)):
        end = np.array([random.normal(0, 0.2), random.uniform(0.6, 0.98), random.normal(0, 0.2)]) * height
        branches.append(tube([(0, random.uniform(0.3, 0.5) * height, 0), end], [0.015 * height, 0.005 * height], 5))
        ends.append(end)
    if kind < 0.4:
        return [(join(branches), bark)]
    blobs = [ellipsoid(*(random.uniform(0.08, 0.22, 3) * height), 10).moved(*(end + random.normal(0, 0.03, 3) * height)) for end in ends for _ in range(2)]
    return [(join(branches), bark), (join(blobs), leaf)]


def thin(world: World, width: float, height: float) -> Parts:
    """A fence, railing, net, or twigs, upright in the plane z = 0."""
    random = world.random
    material = world.material(0.3, 0.2)
    kind = random.integers(3)
    rods: list[Mesh] = []
    radius = random.uniform(0.003, 0.012) * max(width, height) / 2
    if kind == 0:
        rods += [tube([(x, 0, 0), (x, height, 0)], radius, 5) for x in np.arange(-width / 2, width / 2, width / random.integers(5, 25))]
        rods += [tube([(-width / 2, y, 0), (width / 2, y, 0)], radius, 5) for y in (0.1 * height, 0.9 * height)]
    elif kind == 1:
        for k in np.linspace(-1.5, 1.5, random.integers(8, 20)):
            for sign in (-1, 1):
                rods.append(tube([(k * width / 2 - sign * height / 2, 0, 0), (k * width / 2 + sign * height / 2, height, 0)], radius * 0.6, 4))
    else:
        for _ in range(random.integers(4, 16)):
            start = np.array([random.uniform(-0.5, 0.5) * width, random.choice([0, 1]) * height, random.normal(0, 0.05) * width])
            points = [start]
            step = np.array([random.normal(0, 0.1) * width, (0.2 if start[1] == 0 else -0.2) * height, random.normal(0, 0.03) * width])
            for _ in range(random.integers(2, 5)):
                step = step + random.normal(0, 0.05, 3) * width
                points.append(points[-1] + step)
            rods.append(tube(points, np.linspace(radius * 1.5, radius * 0.5, len(points)), 5))
    return [(join(rods), material)]
