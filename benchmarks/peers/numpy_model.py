#!/usr/bin/python3
"""The sixteen-input model in NumPy: PCG64 generators, whole chunks at a time, percentiles by np.percentile.

numpy_model.py DRAWS THREADS prints one JSON object. With THREADS above 1 the chunks are shared by threads, each chunk
with a generator of its own, as NumPy's guide on multithreaded generation has it (the methods release the lock).
"""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

CHUNK = 16384  # fastest of 4,096 to 1,048,576: the temporaries stay in the second-level cache


def pert(rng, low, mode, high, n):
    width = high - low
    return low + width * rng.beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, n)


def lognormal(rng, mean, sd, n):
    sigma2 = np.log1p((sd / mean) ** 2)
    return rng.lognormal(np.log(mean) - sigma2 / 2, np.sqrt(sigma2), n)


def totals(rng, n):
    total = (1 + rng.poisson(3, n)) * pert(rng, 140, 200, 320, n) * lognormal(rng, 2.5, 0.5, n)
    total += pert(rng, 100, 150, 260, n) * rng.triangular(22, 30, 45, n)
    total += 6 * rng.uniform(0.8, 1.5, n) * rng.triangular(20, 25, 30, n)
    total += pert(rng, 1, 1.5, 3, n) * rng.normal(9000, 800, n)
    total += rng.gamma(9, 1200 / 9, n)
    total += lognormal(rng, 10000, 4000, n) * rng.triangular(0.015, 0.02, 0.03, n)
    total += rng.poisson(0.5, n) * lognormal(rng, 2000, 2500, n)
    total += (rng.random(n) < 0.2) * rng.uniform(1000, 5000, n)
    return total


def sample(draws, threads):
    result = np.empty(draws)
    starts = range(0, draws, CHUNK)
    if threads == 1:
        rng = np.random.Generator(np.random.PCG64(1))
        for start in starts:
            part = result[start:start + CHUNK]
            part[:] = totals(rng, len(part))
        return result

    def fill(start, seed):
        part = result[start:start + CHUNK]
        part[:] = totals(np.random.Generator(np.random.PCG64(seed)), len(part))

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(fill, starts, np.random.SeedSequence(1).spawn(len(starts))))
    return result


def main():
    draws, threads = int(float(sys.argv[1])), int(sys.argv[2])
    begin = time.perf_counter()
    sampled = sample(draws, threads)
    mean, sd = sampled.mean(), sampled.std(ddof=1)
    middle = time.perf_counter()
    p50, p80, p90 = np.percentile(sampled, [50, 80, 90])
    end = time.perf_counter()
    print(json.dumps({
        "draws": draws, "threads": threads, "sampling_seconds": middle - begin, "percentile_seconds": end - middle,
        "mean": mean, "sd": sd, "P50": p50, "P80": p80, "P90": p90}))


if __name__ == "__main__":
    main()
