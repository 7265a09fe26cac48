// Cases of the conformance tests; see cases.hpp.
#pragma once

#include "distributions/metalog.hpp"
#include "tests/distributions/case.hpp"

namespace tcosim::testing {

inline Distribution by_coefficients(const List& coefficients, MetalogBounds bounds = {}) {
  return *metalog(coefficients, bounds);
}

inline std::vector<Case> continuous_metalog_cases() {
  return {
      {"Metalog",
       [] {
         return make("metalog", {35, 50, 75});
       }},
      {"MetalogAboveZero",
       [] {
         return make("metalog", {35, 50, 75, 0});
       }},
      {"MetalogBetweenBounds",
       [] {
         return make("metalog", {35, 50, 75, 0, 100});
       }},
      {"MetalogBelowBound",
       [] {
         return by_coefficients({-3.9, 0.11, 0.08}, {{}, 100});
       }},
      {"MetalogFarFromZero",
       [] {
         return by_coefficients({2, 0.2, 0.1}, {1e6, {}});
       }},
      {"MetalogLogistic",
       [] {
         return by_coefficients({-4, 0.5});
       }},
      {"MetalogUniform",
       [] {
         return by_coefficients({5, 0, 0, 2});
       }},
      {"MetalogOneEnd",
       [] {
         return by_coefficients({0, 0.25, 1, 3, 0, 1});
       }},
      {"MetalogNineTerms",
       [] {
         return by_coefficients({50, 9, 3, 12, -8, 2, 5, 4, -3});
       }},
      {"MetalogSixteenTerms",
       [] {
         return by_coefficients({1, 3, -1, 2, 1, -2, 3, 1, -1, 2, 1, 3, -2, 1, 2, -1});
       }},
      {"MetalogTwoHumps",
       [] {
         return by_coefficients({0.2, 0.3, 0, 4}, {-3, 5});
       }},
      {"MetalogBathtub",
       [] {
         return by_coefficients({0, 1.5, 0.4}, {0, 1});
       }},
      {"MetalogNearlyFlatPlace",
       [] {
         return make("metalog", {35, 41.7, 75});
       }},
      {"MetalogCut",
       [] {
         return cut(make("metalog", {35, 50, 75}), 0, 120);
       }},
      {"MetalogMirrored",
       [] {
         return affine(make("metalog", {35, 50, 75, 0}), 10, -2);
       }},
  };
}

inline std::vector<Case> discrete_metalog_cases() {
  return {};
}

inline std::vector<Case> mixed_metalog_cases() {
  return {};
}

}  // namespace tcosim::testing
