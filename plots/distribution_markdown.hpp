// The catalogue of distributions as a page of Markdown, for the documentation.
// Made from the same rows as the terminal's pages (distribution_text.hpp).
// Promises one heading a family, in the order and under the purposes of the list.
#pragma once

#include <string>
#include <vector>

#include "plots/distribution_text.hpp"

namespace tcosim {

[[nodiscard]] std::string catalogue_markdown(const std::vector<FamilyPage>& pages);

}  // namespace tcosim
