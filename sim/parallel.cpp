#include "sim/parallel.hpp"

#include <algorithm>
#include <thread>

#ifdef TCOSIM_STD_THREADS
#include <atomic>
#include <exception>
#include <mutex>
#include <vector>
#else
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#endif

namespace tcosim {

int thread_count(int threads) {
  return threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

#ifdef TCOSIM_STD_THREADS

void for_each_piece(std::size_t pieces, int threads, const std::function<void(std::size_t, std::size_t)>& body) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto work = [&](std::size_t worker) {
    for (std::size_t piece = next++; piece < pieces; piece = next++) {
      try {
        body(piece, worker);
      } catch (...) {
        const std::lock_guard lock(failure_mutex);
        failure = std::current_exception();
        next = pieces;
      }
    }
  };
  std::vector<std::thread> workers;
  for (int w = 1; w < thread_count(threads); ++w) workers.emplace_back(work, static_cast<std::size_t>(w));
  work(0);
  for (std::thread& worker : workers) worker.join();
  if (failure) std::rethrow_exception(failure);
}

#else

void for_each_piece(std::size_t pieces, int threads, const std::function<void(std::size_t, std::size_t)>& body) {
  if (pieces == 0) return;
  // More threads than processors are allowed, as tests of determinism want them; without this oneTBB warns.
  const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(thread_count(threads)));
  tbb::task_arena arena(thread_count(threads));
  arena.execute([&] {
    // Pieces are large (a hundred microseconds and more): one a task, no partitioner to guess.
    tbb::parallel_for(
        tbb::blocked_range<std::size_t>(0, pieces, 1),
        [&](const tbb::blocked_range<std::size_t>& range) {
          const auto worker = static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
          for (std::size_t piece = range.begin(); piece != range.end(); ++piece) body(piece, worker);
        },
        tbb::simple_partitioner());
  });
}

#endif

}  // namespace tcosim
