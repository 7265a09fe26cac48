// Memory of one script engine: blocks by size from large pieces, all given back at once at the end.
// Drawing a chart takes and drops hundreds of thousands of small objects; malloc took a seventh of the time, and
// freeing each of them at the end as long as drawing a chart. One thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

namespace tcosim {

class ScriptMemory {
 public:
  /// Null where there is no memory, and for size 0.
  [[nodiscard]] void* take(std::size_t size) noexcept {
    if (size == 0 || size > kLargest) return nullptr;
    const std::size_t kind = kind_of(size + sizeof(Head));
    if (Head* const block = free_[kind]) {
      free_[kind] = block->next;
      block->kind = kind;
      return block + 1;
    }
    Head* const block = carve(size_of(kind));
    if (block == nullptr) return nullptr;
    block->kind = kind;
    return block + 1;
  }

  void drop(void* memory) noexcept {
    if (memory == nullptr) return;
    Head* const block = static_cast<Head*>(memory) - 1;
    const std::size_t kind = block->kind;
    block->next = free_[kind];
    free_[kind] = block;
  }

  /// As realloc(): what is there stays, up to the smaller size.
  [[nodiscard]] void* resize(void* memory, std::size_t size) noexcept {
    if (memory == nullptr) return take(size);
    if (size == 0) {
      drop(memory);
      return nullptr;
    }
    const std::size_t room = size_of((static_cast<Head*>(memory) - 1)->kind) - sizeof(Head);
    if (size <= room && size >= room / 4) return memory;
    void* const moved = take(size);
    if (moved == nullptr) return nullptr;
    std::memcpy(moved, memory, size < room ? size : room);
    drop(memory);
    return moved;
  }

 private:
  union Head {
    std::size_t kind;  ///< of a block in use
    Head* next;        ///< of a free one
  };
  struct Free {
    void operator()(std::byte* piece) const { std::free(piece); }
  };

  static constexpr std::size_t kStep = 16, kFine = 32, kPiece = 1 << 20, kLargest = std::size_t{1} << 30;

  /// Multiples of 16 to 512 bytes, powers of two above.
  static std::size_t kind_of(std::size_t size) noexcept {
    if (size <= kStep * kFine) return (size - 1) / kStep;
    std::size_t kind = kFine;
    while (size_of(kind) < size) ++kind;
    return kind;
  }
  static std::size_t size_of(std::size_t kind) noexcept {
    return kind < kFine ? (kind + 1) * kStep : kStep * kFine << (kind - kFine + 1);
  }

  Head* carve(std::size_t size) noexcept {
    if (size > left_) {
      const std::size_t whole = size > kPiece ? size : kPiece;
      std::unique_ptr<std::byte, Free> piece(static_cast<std::byte*>(std::malloc(whole)));
      if (!piece) return nullptr;
      try {
        pieces_.push_back(std::move(piece));
      } catch (const std::bad_alloc&) {
        return nullptr;
      }
      std::byte* const start = pieces_.back().get();
      // A large block does not cost what is left of the piece at hand.
      if (whole - size < left_) return new (start) Head;
      at_ = start;
      left_ = whole;
    }
    Head* const block = new (at_) Head;
    at_ += size;
    left_ -= size;
    return block;
  }

  std::array<Head*, kFine + 24> free_{};
  std::vector<std::unique_ptr<std::byte, Free>> pieces_;
  std::byte* at_ = nullptr;
  std::size_t left_ = 0;
};

}  // namespace tcosim
