#include "plots/distribution_markdown.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tcosim {
namespace {

TEST(CatalogueMarkdown, HasOneSectionAFamilyUnderItsPurpose) {
  FamilyPage page;
  page.entry = {"uniform", "between two bounds", "you know the bounds", "uniform(1, 3)"};
  page.signatures = {{{"low", "in the value's unit", "least | first", "", "low"}}};
  page.formula = "1 / (high - low)";
  page.moments = "mean (low + high)/2";
  page.source = "a_book";
  page.advice = "Use it.";
  page.examples = {"uniform(1, 3)", "uniform(2, 2)"};
  page.mean = 2;
  page.variance = INFINITY;
  page.p10 = "1.2";
  page.p50 = "2";
  page.p90 = "2.8";
  FamilyPage other = page;
  other.entry = {"poisson", "a count", "you count", "poisson(3)"};
  const std::string text = catalogue_markdown({page, other, page});
  EXPECT_NE(text.find("- **you know the bounds**: [uniform](#uniform), [uniform](#uniform)\n"
                      "- **you count**: [poisson](#poisson)\n"),
            std::string::npos);
  EXPECT_NE(text.find("\n## you know the bounds\n\n"
                      "### uniform\n"
                      "between two bounds. Use it.\n\n"
                      "```\nuniform(1, 3)\n```\n"
                      "mean 2, variance infinite, P10 1.2, P50 2, P90 2.8\n\n"
                      "| parameter | meaning | measured |\n|---|---|---|\n"
                      "| `low` | least \\| first | in the value's unit |\n\n"
                      "`1 / (high - low)`; `mean (low + high)/2` (a\\_book).\n\n"
                      "Also: `uniform(2, 2)`.\n"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace tcosim
