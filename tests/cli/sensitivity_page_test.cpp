// The page of the documentation is what the program prints, so that it cannot fall behind the methods.
#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace tcosim {
namespace {

TEST(SensitivityPage, IsWhatTheProgramPrints) {
  const testing::Folder folder;
  const testing::Outcome printed = testing::run_program("sensitivity --markdown", folder);
  EXPECT_EQ(printed.status, 0);
  EXPECT_EQ(printed.out, testing::read_file(TCOSIM_SOURCE_DIR "/docs/sensitivity.md")) << "make it again: ./dev docs";
}

}  // namespace
}  // namespace tcosim
