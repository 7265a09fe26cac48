// The one place where threads are made: numbered pieces of work, on oneTBB (or on std::thread in builds for
// ThreadSanitizer, which does not understand Debian's oneTBB).
// Nothing here decides a result: callers store by piece and combine in the order of pieces.
#pragma once

#include <cstddef>
#include <functional>

namespace tcosim {

/// Threads that `threads` stands for: itself, or all processors for 0.
[[nodiscard]] int thread_count(int threads);

/// Calls body(piece, worker) for every piece in [0, pieces), worker in [0, thread_count(threads)); a worker
/// runs one piece at a time. An exception of the body ends the work and is thrown here.
void for_each_piece(std::size_t pieces, int threads,
                    const std::function<void(std::size_t piece, std::size_t worker)>& body);

}  // namespace tcosim
