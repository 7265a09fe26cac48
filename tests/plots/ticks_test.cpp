#include "plots/ticks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace tcosim::text {
namespace {

std::vector<std::string> labels(double low, double high, std::size_t most) {
  std::vector<std::string> all;
  for (const Tick& tick : round_ticks(low, high, most)) all.push_back(tick.label);
  return all;
}

TEST(Ticks, AreRoundAmountsInside) {
  EXPECT_EQ(labels(15000, 39000, 5), (std::vector<std::string>{"15,000", "20,000", "25,000", "30,000", "35,000"}));
  EXPECT_EQ(labels(-0.95, 8.05, 5), (std::vector<std::string>{"0", "2", "4", "6", "8"}));
  EXPECT_EQ(labels(0.1, 0.35, 3), (std::vector<std::string>{"0.1", "0.2", "0.3"}));
}

TEST(Ticks, HaveLabelsThatDifferAtAnySize) {
  for (const double scale : {1e-12, 1e-9, 1e-3, 1.0, 1e6, 1e14, 1e15, 1e18, 1e300}) {
    for (const double offset : {0.0, 3.0, 250.0, -7.0}) {
      const auto all = labels((offset + 1.1) * scale, (offset + 5.3) * scale, 6);
      EXPECT_GE(all.size(), 2U) << scale << " " << offset;
      EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size()) << scale << " " << offset;
    }
  }
}

TEST(Ticks, AreNoneWithoutALength) {
  EXPECT_TRUE(round_ticks(5, 5, 4).empty());
  EXPECT_TRUE(round_ticks(0, std::nan(""), 4).empty());
  EXPECT_TRUE(round_ticks(0, 1, 0).empty());
}

}  // namespace
}  // namespace tcosim::text
