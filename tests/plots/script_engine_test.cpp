// What draws pictures without a browser: the engine's memory, its engines made ahead, and what it changes of the SVG.
#include "plots/images/script_engine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "charted_result.hpp"
#include "plots/charts/charts.hpp"
#include "plots/images/image_file.hpp"
#include "plots/images/script_memory.hpp"

namespace tcosim {
namespace {

TEST(ScriptMemory, BlocksOfEverySizeAreApartAndKeepWhatIsWritten) {
  ScriptMemory memory;
  std::vector<std::pair<unsigned char*, std::size_t>> blocks;
  for (std::size_t size = 1; size < 3'000'000; size += size / 3 + 1) {
    auto* const block = static_cast<unsigned char*>(memory.take(size));
    ASSERT_NE(block, nullptr) << size;
    std::memset(block, static_cast<int>(blocks.size()), size);
    blocks.emplace_back(block, size);
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto [block, size] = blocks[i];
    EXPECT_EQ(std::count(block, block + size, static_cast<unsigned char>(i)), static_cast<std::ptrdiff_t>(size))
        << size;
  }
}

TEST(ScriptMemory, GivesADroppedBlockAgain) {
  ScriptMemory memory;
  void* const first = memory.take(40);
  memory.drop(first);
  EXPECT_EQ(memory.take(33), first);
  EXPECT_NE(memory.take(33), first);
}

TEST(ScriptMemory, ResizingKeepsTheContentUpToTheSmallerSize) {
  ScriptMemory memory;
  auto* block = static_cast<char*>(memory.resize(nullptr, 10));
  std::memcpy(block, "contingent", 10);
  block = static_cast<char*>(memory.resize(block, 100'000));
  EXPECT_EQ(std::string(block, 10), "contingent");
  block = static_cast<char*>(memory.resize(block, 4));
  EXPECT_EQ(std::string(block, 4), "cont");
  EXPECT_EQ(memory.resize(block, 0), nullptr);
}

TEST(ScriptMemory, NothingIsNullAndTooMuchIsNull) {
  ScriptMemory memory;
  EXPECT_EQ(memory.take(0), nullptr);
  EXPECT_EQ(memory.take(std::size_t{1} << 40), nullptr);
  memory.drop(nullptr);
}

TEST(ReadyEngines, DrawTheSameAsThoseMadeWhenNeeded) {
  const std::vector<Chart> charts = all_charts(run_charts(), testing::charted_result());
  ReadyEngines engines;
  const auto ahead = svgs(charts, {}, &engines), again = svgs(charts, {}, &engines), plain = svgs(charts);
  ASSERT_TRUE(ahead && again && plain);
  EXPECT_EQ(*ahead, *plain);
  EXPECT_EQ(*again, *plain);
}

TEST(ScriptEngine, PutsTextWhereLibrsvgTooFindsIt) {
  const auto documents = svgs(all_charts(run_charts(), testing::charted_result()));
  ASSERT_TRUE(documents);
  for (const std::string& document : *documents) {
    EXPECT_EQ(document.find("dominant-baseline=\"central\""), std::string::npos);
    EXPECT_NE(document.find(" dy=\"0.35em\""), std::string::npos);
  }
}

TEST(ScriptEngine, DrawsAChartTheSameWhateverItDrewBefore) {
  const std::vector<Chart> charts = all_charts(run_charts(), testing::charted_result());
  ScriptEngine used;
  for (const Chart& chart : charts) {
    ASSERT_TRUE(used.svg(charts.front(), {}));
    EXPECT_EQ(*used.svg(chart, {}), *ScriptEngine().svg(chart, {})) << chart.name;
  }
}

TEST(ScriptEngine, ADefinitionThatIsNoJsonIsAnErrorThatNamesTheChart) {
  ScriptEngine engine;
  const auto svg = engine.svg({"broken", "", "", "", 400, "{]"}, {});
  ASSERT_FALSE(svg);
  EXPECT_TRUE(svg.error().starts_with("chart 'broken': SyntaxError")) << svg.error();
  EXPECT_TRUE(engine.svg(chart::histogram(testing::charted_result()).front(), {})) << "the engine goes on";
}

}  // namespace
}  // namespace tcosim
