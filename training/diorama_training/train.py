"""Trains for a given wall-clock time; stops, resumes and ends at the same schedule.

    python -m diorama_training.train --run first --minutes 50
"""

from __future__ import annotations

import argparse
import math
import signal
import socket
import sys
import time
from collections import defaultdict
from pathlib import Path

import torch
import torch.distributed
import torch.multiprocessing
from torch import Tensor
from torch.utils.data import DataLoader

from diorama_training.losses import alpha_loss, depth_loss, front_loss, subject_loss
from diorama_training.network import DioramaNet
from diorama_training.photos import WORK
from diorama_training.samples import SampleStream

# Up to this share of the time: side of the (square-equal) picture, and batch of each process.
Step = tuple[float, int, int]
STEPS: tuple[Step, ...] = ((0.42, 160, 24), (0.9, 224, 16), (1.01, 288, 10))
# From this share of the time on, the averaged network teaches depth on photos that have none.
TEACHER_FROM = 0.9
SAVE_SECONDS = 120
LOG_STEPS = 50


def learning_rate(progress: float, peak: float) -> float:
    warm = min(1.0, progress / 0.02 + 0.02)
    return peak * warm * (0.5 + 0.5 * math.cos(math.pi * min(progress, 1.0)) + 0.004)


def step_of(progress: float, steps: tuple[Step, ...]) -> int:
    return next(index for index, step in enumerate(steps) if progress < step[0])


def make_network(options: argparse.Namespace) -> tuple[DioramaNet, DioramaNet, torch.optim.Optimizer, dict[str, float]]:
    torch.manual_seed(options.seed)
    network = DioramaNet().to(memory_format=torch.channels_last)
    if options.start:
        network.load_state_dict(torch.load(options.start, map_location="cpu", weights_only=True)["average"])
    average = DioramaNet().to(memory_format=torch.channels_last).eval()
    average.load_state_dict(network.state_dict())
    decayed = [p for p in network.parameters() if p.ndim > 1]
    plain = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 0.03}, {"params": plain, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98))
    return network, average, optimiser, {"step": 0, "seconds": 0.0, "samples": 0}


def teach(average: DioramaNet, batch: dict[str, Tensor], size: tuple[int, ...]) -> Tensor:
    """What the slow network says of the depth of undamaged photos, at stride 2; -1 for pictures with a truth of their own."""
    clean = (batch["clean"].float() / 255).contiguous(memory_format=torch.channels_last)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        logit = average(clean)[0].float()[..., ::2, ::2]
    target = torch.full(size, -1.0)
    target[batch["untold"]] = torch.sigmoid(logit)
    return target


def losses(network: DioramaNet, average: DioramaNet, batch: dict[str, Tensor], taught: bool) -> dict[str, Tensor]:
    image = (batch["image"].float() / 255).contiguous(memory_format=torch.channels_last)
    alpha = batch["alpha"].float() / 255
    with torch.autocast("cpu", torch.bfloat16):
        depth_logit, alpha_logit, subject_logit = network(image)
    depth_logit, alpha_logit = depth_logit.float().contiguous(), alpha_logit.float().contiguous()
    # The depth head works at stride 2: a quarter of the points tells as much and costs a quarter.
    coarse_logit, coarse_depth, coarse_alpha = (x[..., ::2, ::2].contiguous() for x in (depth_logit, batch["depth"], alpha))
    parts = {
        "alpha": alpha_loss(alpha_logit, alpha, batch["alpha_weight"]),
        "subject": 0.6 * subject_loss(subject_logit.float(), batch["subject"], batch["subject_weight"]),
        "depth": depth_loss(coarse_logit, coarse_depth, batch["floor"], batch["depth_weight"]),
        "front": 0.25 * front_loss(coarse_logit, coarse_alpha, batch["front_weight"]),
    }
    if taught:
        answer = teach(average, batch, coarse_logit.shape)
        untold = 1.0 - batch["depth_weight"]
        parts["taught"] = 0.3 * depth_loss(coarse_logit, answer, torch.full_like(untold, 0.05), untold)
    return parts


@torch.no_grad()
def follow(average: DioramaNet, network: DioramaNet, step: int) -> None:
    decay = min(0.998, (1 + step) / (20 + step))
    for slow, fast in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if slow.is_floating_point():
            slow.lerp_(fast, 1 - decay)
        else:
            slow.copy_(fast)


def save(folder: Path, network: DioramaNet, average: DioramaNet, optimiser: torch.optim.Optimizer, state: dict[str, float]) -> None:
    beside = folder / "last.part"
    parts = {"network": network.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict()}
    torch.save({**parts, "state": state, "shape": network.shape.to_dict()}, beside)
    beside.rename(folder / "last.pt")


def share_gradients(network: DioramaNet, processes: int) -> None:
    """Every process gets the mean of all gradients, so that all take the same step."""
    if processes == 1:
        return
    gradients = [p.grad for p in network.parameters() if p.grad is not None]
    flat = torch.cat([g.flatten() for g in gradients])
    torch.distributed.all_reduce(flat)
    flat /= processes
    for gradient, part in zip(gradients, flat.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(part.view_as(gradient))


def agree(seconds: float, processes: int) -> float:
    """The first process's clock, so that all change the picture's size at the same step."""
    if processes == 1:
        return seconds
    clock = torch.tensor([seconds], dtype=torch.float64)
    torch.distributed.broadcast(clock, 0)
    return float(clock.item())


def train(rank: int, options: argparse.Namespace, port: int) -> None:
    torch.set_num_threads(options.threads)
    if options.processes > 1:
        address = f"tcp://127.0.0.1:{port}"
        torch.distributed.init_process_group("gloo", init_method=address, rank=rank, world_size=options.processes)
    folder = WORK / "runs" / options.run
    folder.mkdir(parents=True, exist_ok=True)
    network, average, optimiser, state = make_network(options)
    last = folder / "last.pt"
    if last.exists():
        saved = torch.load(last, map_location="cpu", weights_only=True)
        network.load_state_dict(saved["network"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        state = saved["state"]
        if rank == 0:
            print(f"resumed at step {state['step']}, {state['seconds'] / 60:.1f} min", flush=True)
    network.train()
    torch.manual_seed(options.seed * 1000 + rank + int(state["step"]) * 7)
    budget = options.minutes * 60
    while state["seconds"] < budget:
        train_step_size(rank, options, network, average, optimiser, state, budget, folder)
    if rank == 0:
        save(folder, network, average, optimiser, state)
        print("done", flush=True)


def train_step_size(
    rank: int,
    options: argparse.Namespace,
    network: DioramaNet,
    average: DioramaNet,
    optimiser: torch.optim.Optimizer,
    state: dict[str, float],
    budget: float,
    folder: Path,
) -> None:
    """Trains at one picture size until the schedule asks for the next."""
    steps = ((1.01, options.side, options.batch),) if options.side else STEPS
    index = step_of(state["seconds"] / budget, steps)
    _, side, batch_size = steps[index]
    seed = (options.seed * 1000 + int(state["step"])) * 16 + rank
    stream = SampleStream(WORK / "photos", WORK / "scenes", WORK / "measured", batch_size, side, seed)
    loader = iter(DataLoader(stream, batch_size=None, num_workers=options.workers, prefetch_factor=4))
    sums: dict[str, float] = defaultdict(float)
    clock = saved = time.monotonic()
    waited = 0.0
    while state["seconds"] < budget and step_of(state["seconds"] / budget, steps) == index:
        before = time.monotonic()
        batch = next(loader)
        waited += time.monotonic() - before
        rate = learning_rate(state["seconds"] / budget, options.rate)
        for group in optimiser.param_groups:
            group["lr"] = rate
        parts = losses(network, average, batch, state["seconds"] / budget >= TEACHER_FROM)
        total = torch.stack(list(parts.values())).sum()
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        share_gradients(network, options.processes)
        norm = torch.nn.utils.clip_grad_norm_(network.parameters(), 3.0)
        if torch.isfinite(norm):
            optimiser.step()
            follow(average, network, int(state["step"]))
        for name, part in parts.items():
            sums[name] += part.item()
        now = time.monotonic()
        state["step"] += 1
        state["samples"] += batch_size * options.processes
        state["seconds"] = agree(state["seconds"] + now - clock, options.processes)
        clock = now
        if rank == 0 and state["step"] % LOG_STEPS == 0:
            means = " ".join(f"{name} {value / LOG_STEPS:.3f}" for name, value in sums.items())
            print(f"{state['seconds'] / 60:5.1f} min step {state['step']} side {side} samples {state['samples']} rate {rate:.5f} {means} waited {waited:.1f}s", flush=True)
            sums.clear()
            waited = 0.0
        if rank == 0 and now - saved > SAVE_SECONDS:
            save(folder, network, average, optimiser, state)
            saved = now


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def train_together(options: argparse.Namespace) -> None:
    """One process for each share of the batch; none outlives this one, however it is told to end."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    group = torch.multiprocessing.spawn(train, (options, free_port()), options.processes, join=False)
    try:
        while not group.join():
            pass
    finally:
        for process in group.processes:
            process.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default="first")
    parser.add_argument("--minutes", type=float, default=50)
    parser.add_argument("--processes", type=int, default=2, help="each trains its own batches; gradients are shared")
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--workers", type=int, default=1, help="that draw samples, for each process")
    parser.add_argument("--start", type=Path, help="begin with the averaged weights of another run")
    parser.add_argument("--rate", type=float, default=2.0e-3, help="highest learning rate")
    parser.add_argument("--side", type=int, help="one picture side for the whole run")
    parser.add_argument("--batch", type=int, default=24, help="batch for --side")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.processes == 1:
        train(0, options, 0)
    else:
        train_together(options)


if __name__ == "__main__":
    main()
