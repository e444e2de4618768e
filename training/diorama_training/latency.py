"""One-thread latency of the exported model on the CPU.

    python -m diorama_training.latency --side 512
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import onnxruntime

from diorama_training.export import EMBEDDED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=EMBEDDED)
    parser.add_argument("--side", type=int, default=512, help="long side; the short one is three quarters")
    parser.add_argument("--runs", type=int, default=25)
    options = parser.parse_args()
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(options.model), settings, providers=["CPUExecutionProvider"])
    short = round(options.side * 0.75 / 32) * 32
    image = np.random.default_rng(1).random((1, 3, short, options.side), dtype=np.float32)
    for _ in range(3):
        session.run(None, {"image": image})
    times = []
    for _ in range(options.runs):
        start = time.perf_counter()
        session.run(None, {"image": image})
        times.append((time.perf_counter() - start) * 1000)
    print(f"{options.side}x{short}: median {np.median(times):.1f} ms, fastest {min(times):.1f} ms")


if __name__ == "__main__":
    main()
