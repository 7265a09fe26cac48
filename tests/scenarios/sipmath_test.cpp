#include "scenarios/sipmath.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "distributions/catalogue.hpp"
#include "distributions/metalog.hpp"
#include "read_text.hpp"
#include "scenarios/sipmath_fit.hpp"

namespace tcosim {
namespace {

using ::testing::HasSubstr;

const std::string kExample = TCOSIM_SOURCE_DIR "/tests/scenarios/sipmath/devtime.SIPmath";

std::string example_text() {
  std::ifstream file(kExample, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

SipLibrary library_of(const std::string& text) {
  auto library = read_sipmath(text);
  if (!library) throw std::runtime_error(library.error());
  return std::move(library).value();
}

const SipVariable& variable_of(const SipLibrary& library, const std::string& name) {
  for (const SipVariable& variable : library.variables)
    if (variable.name == name) return variable;
  throw std::runtime_error("no variable " + name);
}

// The trials in the example's own metadata, with as many digits as it has.
TEST(SipMath, GivesThePublishedTrialsOfTheExample) {
  const SipLibrary library = library_of(example_text());
  const auto expect = [&](const char* name, std::initializer_list<double> trials) {
    std::uint64_t trial = 0;
    for (const double value : trials)
      EXPECT_NEAR(sip_trial(library, variable_of(library, name), ++trial), value, 1e-13) << name << " " << trial;
  };
  expect("Accounts", {5.91064824323855, 3.99951401423695, 3.61593085127843});
  expect("Products", {4.81850430027545, 16.264999616127, 9.21182344011462});
  expect("Orders", {8.84993813887317, 5.73877017205265, 7.90854997496018});
  expect("Fulfillment", {6.7522436646553, 11.4933053690752, 5.97047076730257});
  expect("Marketing", {4.97377773402723, 5.26303264347232, 11.3668582781926});
  // of the lookup table the metadata name the first trials that are not 0
  const SipVariable& poisson = variable_of(library, "Poisson");
  EXPECT_EQ(sip_trial(library, poisson, 6), 1);
  EXPECT_EQ(sip_trial(library, poisson, 23), 2);
  EXPECT_EQ(sip_trial(library, poisson, 299), 3);
}

TEST(SipMath, SaysWhyAVariableCannotBeUsed) {
  const SipLibrary library = library_of(example_text());
  const auto reason = [&](const std::string& name) -> std::string {
    for (const SipOmission& omission : library.omissions)
      if (omission.variable == name) return omission.reason;
    return "";
  };
  EXPECT_EQ(reason("ProductDemand"),
            "sips[10].function: 'SIP_Array' is not supported, Metalog_1_0 and Lookup_Table are");
  EXPECT_EQ(reason("Steelhead1 (array)"), "U01.copula[1].function: 'SIP_Array' is not supported, GaussianCopula is");
  EXPECT_EQ(
      reason("Variable2_seed3_param"),
      "U01.rng[1].arguments.seed3: the parameter 'User-entered Seed3', which a user is to enter, is not supported");
  EXPECT_EQ(reason("StandardNormal"), "") << "its Excel twins are no variables of their own";
}

std::string library_text(const std::string& sip, const std::string& rng = R"("entity": 1, "varId": 2)") {
  return R"({"name": "Small", "U01": {"rng": [{"name": "R", "function": "HDR_2_0", "arguments": {)" + rng +
         R"(}}]}, "sips": [)" + sip + "]}";
}

std::string sip_text(const std::string& arguments, const std::string& ref = R"({"source": "rng", "name": "R"})") {
  return R"({"name": "x", "ref": )" + ref + R"(, "function": "Metalog_1_0", "arguments": )" + arguments + "}";
}

TEST(SipMath, NamesThePlaceOfEveryMistake) {
  const auto reason = [](const std::string& text) {
    const SipLibrary library = library_of(text);
    return library.omissions.size() == 1 ? library.omissions[0].reason : "no single omission";
  };
  const std::string fine = R"({"aCoefficients": [10, 1]})";
  EXPECT_EQ(reason(library_text(sip_text("{}"))), "sips[0].arguments: there is no 'aCoefficients'");
  EXPECT_EQ(reason(library_text(sip_text(R"({"aCoefficients": [1, "2"]})"))),
            "sips[0].arguments.aCoefficients[1]: '2' is no number");
  EXPECT_THAT(reason(library_text(sip_text(R"({"aCoefficients": [10, -1]})"))), HasSubstr("sips[0].arguments: "));
  EXPECT_THAT(reason(library_text(sip_text(R"({"aCoefficients": [1, 1], "lowerBound": 5, "upperBound": 4})"))),
              HasSubstr("sips[0].arguments: "));
  EXPECT_EQ(reason(library_text(sip_text(fine, R"({"source": "rng", "name": "S"})"))),
            "sips[0].ref.name: there is no 'S' in U01.rng");
  EXPECT_EQ(reason(library_text(sip_text(fine, R"({"source": "copula", "name": "C", "copulaLayer": "l"})"))),
            "sips[0].ref.name: there is no 'C' in U01.copula");
  EXPECT_EQ(reason(library_text(sip_text(fine, R"({"source": "dice", "name": "C"})"))),
            "sips[0].ref.source: 'dice' is neither rng nor copula");
  EXPECT_EQ(reason(library_text(sip_text(fine), R"("entity": 1)")), "U01.rng[0].arguments: there is no 'varId'");
  EXPECT_EQ(reason(library_text(sip_text(fine), R"("entity": -1, "varId": 1)")),
            "U01.rng[0].arguments.entity: -1 is no whole number from 0 up");
}

TEST(SipMath, IsNoLibraryWithoutVariables) {
  EXPECT_EQ(read_sipmath("{}").error(), "it is no SIPmath library: it has no list 'sips' of variables");
  EXPECT_EQ(read_sipmath("{\n\"sips\": [,]}").error(), "it is not valid JSON, see line 2, column 10");
  EXPECT_EQ(read_sipmath(R"({"libraryType": "SIPmath_2_0", "sips": []})").error(),
            "libraryType: 'SIPmath_2_0' is not supported, 'SIPmath_3_0' is");
}

std::string copula_text(const std::string& entries, const std::string& rows = R"(["a", "b", "c"])",
                        const std::string& columns = R"(["a", "b", "c"])") {
  return R"({"globalVariables": [{"name": "M", "value": {"rows": )" + rows + R"(, "columns": )" + columns +
         R"(, "matrix": [)" + entries + R"(]}}], "U01": {"rng": [
    {"name": "R1", "function": "HDR_2_0", "arguments": {"entity": 1, "varId": 1}},
    {"name": "R2", "function": "HDR_2_0", "arguments": {"entity": 1, "varId": 2}},
    {"name": "R3", "function": "HDR_2_0", "arguments": {"entity": 1, "varId": 3}}],
    "copula": [{"name": "C", "function": "GaussianCopula", "copulaLayer": ["l1", "l2", "l3"],
      "arguments": {"correlationMatrix": {"type": "globalVariables", "value": "M"}, "rng": ["R1", "R2", "R3"]}}]},
    "sips": [)" +
         sip_text(R"({"aCoefficients": [10, 1]})", R"({"source": "copula", "name": "C", "copulaLayer": "l3"})") + "]}";
}

TEST(SipMath, ChecksCorrelationMatrices) {
  const auto reason = [](const std::string& entries) {
    const SipLibrary library = library_of(copula_text(entries));
    return library.omissions.empty() ? "" : library.omissions[0].reason;
  };
  EXPECT_EQ(reason(""), "");
  EXPECT_EQ(reason(R"({"row": "a", "col": "b", "value": 0.5}, {"row": "b", "col": "a", "value": 0.5})"), "");
  EXPECT_EQ(reason(R"({"row": "a", "col": "b", "value": 0.5}, {"row": "b", "col": "a", "value": 0})"), "");
  EXPECT_EQ(reason(R"({"row": "a", "col": "b", "value": 0.5}, {"row": "b", "col": "a", "value": 0.4})"),
            "globalVariables[0].value.matrix[1].value: the same pair has 0.5 and 0.4");
  EXPECT_EQ(reason(R"({"row": "a", "col": "b", "value": 1.5})"),
            "globalVariables[0].value.matrix[0].value: 1.5 is no correlation from -1 to 1");
  EXPECT_EQ(reason(R"({"row": "a", "col": "z", "value": 0.5})"),
            "globalVariables[0].value.matrix[0]: 'row' and 'col' are expected to be two of the rows' names");
  EXPECT_EQ(reason(R"({"row": "a", "col": "b", "value": 0.9}, {"row": "b", "col": "c", "value": 0.9},
                      {"row": "a", "col": "c", "value": -0.9})"),
            "globalVariables[0].value.matrix: these correlations cannot hold together: the matrix has a negative "
            "eigenvalue");
}

TEST(SipMath, NamesOfAMatrixAreTextsAndDiffer) {
  const auto reason = [](const std::string& rows, const std::string& columns) {
    const SipLibrary library = library_of(copula_text("", rows, columns));
    return library.omissions.empty() ? "" : library.omissions[0].reason;
  };
  const std::string fine = R"(["a", "b", "c"])";
  EXPECT_EQ(reason(R"(["a", [], "c"])", fine), "globalVariables[0].value.rows[1]: a list is no text");
  EXPECT_EQ(reason(R"(["a", "b", "a"])", fine), "globalVariables[0].value.rows[2]: 'a' is there twice");
  EXPECT_EQ(reason(fine, R"(["a", "b", 7])"), "globalVariables[0].value.columns[2]: 7 is no text");
  EXPECT_EQ(reason(fine, R"(["b", "a", "c"])"),
            "globalVariables[0].value.columns: these are not the names of 'rows', in their order");
  EXPECT_EQ(reason(fine, R"(["a", "b"])"),
            "globalVariables[0].value.rows: rows and columns are expected to be the same 3 names, one for each layer");
}

// Comparing or copying values that nest a million deep would run out of stack.
TEST(SipMath, RefusesWhatNestsDeep) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  const auto library = read_sipmath(copula_text("", nested(1'000'000), nested(1'000'000)));
  ASSERT_FALSE(library);
  EXPECT_EQ(library.error(), "it nests deeper than 64 lists and objects");
  EXPECT_EQ(read_sipmath(nested(1'000'000)).error(), "it nests deeper than 64 lists and objects");
  EXPECT_TRUE(read_sipmath(copula_text("", nested(50), nested(50))));
}

TEST(SipMath, RefusesListsThatAreLongerThanALibrarys) {
  std::string entries = "{}";
  for (int i = 1; i <= 10'000; ++i) entries += ",{}";
  EXPECT_EQ(read_sipmath(R"({"sips": [], "U01": {"rng": [)" + entries + "]}}").error(),
            "U01.rng: more than 10000 entries");
  EXPECT_EQ(read_sipmath(R"({"sips": [], "U01": {"copula": [)" + entries + "]}}").error(),
            "U01.copula: more than 10000 entries");
  EXPECT_EQ(read_sipmath(R"({"sips": [], "globalVariables": [)" + entries + "]}").error(),
            "globalVariables: more than 10000 entries");
  EXPECT_EQ(read_sipmath(R"({"sips": [)" + entries + "]}").error(), "sips: more than 10000 variables");
}

TEST(SipMath, WhatIsWrittenReadsBackTheSame) {
  SipLibrary library = library_of(example_text());
  std::erase_if(library.variables, [](const SipVariable& v) { return v.distribution.family->name != "metalog"; });
  library.variables[0].rounded = true;
  library.variables[0].unit = "USD/month";
  const SipLibrary again = library_of(write_sipmath(library));
  ASSERT_EQ(again.variables.size(), library.variables.size());
  EXPECT_TRUE(again.omissions.empty());
  for (std::size_t i = 0; i < library.variables.size(); ++i) {
    const SipVariable &before = library.variables[i], &after = again.variables[i];
    EXPECT_EQ(after.name, before.name);
    EXPECT_EQ(after.distribution, before.distribution) << before.name;
    EXPECT_EQ(after.rounded, before.rounded);
    EXPECT_EQ(after.unit, before.unit);
    EXPECT_EQ(after.key, before.key);
    for (const std::uint64_t trial : {1U, 2U, 1000U})
      EXPECT_EQ(sip_trial(again, after, trial), sip_trial(library, before, trial)) << before.name;
  }
}

// As an import in a scenario.
std::string importing(const std::string& import, const std::string& formula, const std::string& more = "") {
  return plain("import: " + import + "\n" + more + "costs:\n  y: " + formula + "\n");
}

Diagnostic first_error(const ReadResult& result) {
  for (const Diagnostic& diagnostic : result.diagnostics)
    if (diagnostic.severity == Severity::error) return diagnostic;
  return {};
}

const Input& input_of(const Scenario& scenario, const std::string& name) {
  for (const Input& input : scenario.inputs)
    if (input.name == name) return input;
  throw std::runtime_error("no input " + name);
}

TEST(SipMathImport, VariablesBecomeInputsWithTheirGenerator) {
  const Scenario scenario = scenario_of(importing(kExample, "Accounts + Marketing"));
  const Input& marketing = input_of(scenario, "Marketing");
  EXPECT_EQ(marketing.text, "metalog from devtime.SIPmath");
  EXPECT_EQ(marketing.unit, "");
  EXPECT_EQ(marketing.annotation.source, "Gaussian Copula Development Time Library (SLS 4-23-21)");
  const Variable& variable = scenario.variables[marketing.variables.at(0)];
  EXPECT_EQ(variable.stream, "Marketing");
  EXPECT_EQ(variable.hdr, (HdrKey{9039920, 8, 0, 0}));
}

TEST(SipMathImport, GaussianCopulaBecomesAGroupInTheOrderOfItsLayers) {
  const Scenario scenario = scenario_of(importing(kExample, "Accounts + Products + Orders + Fulfillment"));
  ASSERT_EQ(scenario.correlation_groups.size(), 1U);
  const CorrelationGroup& group = scenario.correlation_groups[0];
  EXPECT_EQ(group.copula.kind, CopulaKind::gaussian);
  ASSERT_EQ(group.variables.size(), 4U);
  const char* names[] = {"Accounts", "Products", "Orders", "Fulfillment"};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(scenario.variables[group.variables[i]].stream, names[i]);
  ASSERT_EQ(group.copula.factor.size(), 16U);
  EXPECT_NEAR(group.copula.factor[3 * 4 + 1], 0.75, 1e-15);
  EXPECT_NEAR(group.copula.factor[3 * 4 + 3], std::sqrt(1 - 0.75 * 0.75), 1e-15);
}

TEST(SipMathImport, AReplacedLayerLeavesItsUniformBehind) {
  const Scenario scenario =
      scenario_of(importing(kExample, "Products + Fulfillment", "inputs:\n  Products: {value: 5, override: yes}\n"));
  ASSERT_EQ(scenario.correlation_groups.size(), 1U);
  const CorrelationGroup& group = scenario.correlation_groups[0];
  ASSERT_EQ(group.variables.size(), 4U);
  EXPECT_EQ(scenario.variables[group.variables[1]].hdr, (HdrKey{9039920, 5, 0, 0}));
  EXPECT_EQ(scenario.variables[group.variables[3]].stream, "Fulfillment");
}

TEST(SipMathImport, NamesAreFittedOrGiven) {
  const ReadResult result = read_text(importing("{file: " + kExample + ", names: {Accounts: accounts}}", "accounts"));
  ASSERT_TRUE(result.scenario) << messages(result);
  EXPECT_EQ(messages(result).find("unused"), std::string::npos);
  EXPECT_EQ(input_of(*result.scenario, "accounts").annotation.label, "");
}

TEST(SipMathImport, UnitsAreGivenByName) {
  const Scenario scenario = scenario_of(
      six_months("import: {file: " + kExample +
                 ", names: {Accounts: accounts}, units: {accounts: USD, Orders: USD/month}}\n"
                 "costs:\n  a: {category: data, formula: accounts}\n  b: {category: data, formula: Orders}\n"));
  EXPECT_EQ(input_of(scenario, "accounts").unit, "USD");
  EXPECT_TRUE(scenario.lines[1].recurring);
}

TEST(SipMathImport, WhatCannotBeUsedIsAnErrorOnlyWhereItIs) {
  EXPECT_TRUE(read_text(importing(kExample, "Accounts")).scenario);
  const ReadResult result = read_text(importing(kExample, "ProductDemand"));
  EXPECT_EQ(first_error(result).message,
            "'ProductDemand' of '" + kExample +
                "' cannot be used: sips[10].function: 'SIP_Array' is not supported, Metalog_1_0 and Lookup_Table are");
  EXPECT_EQ(first_error(result).span.line, 2);
}

TEST(SipMathImport, VariablesOfACopulaTakeNoOtherCorrelations) {
  const ReadResult result =
      read_text(importing(kExample, "Accounts + Products + Marketing + z", "inputs:\n  z: uniform(0, 1)\n") +
                "correlations:\n  - {inputs: [Products, z], rank: 0.5}\n");
  EXPECT_EQ(first_error(result).message,
            "'Products' comes from its library with correlations of its own, and others cannot be added");
  EXPECT_TRUE(read_text(importing(kExample, "Marketing + z", "inputs:\n  z: uniform(0, 1)\n") +
                        "correlations:\n  - {inputs: [Marketing, z], rank: 0.5}\n")
                  .scenario)
      << "Marketing has a uniform of its own";
}

TEST(SipMathImport, MistakesAreNamed) {
  const auto first = [](const std::string& text) { return first_error(read_text(text)).message; };
  EXPECT_EQ(first(importing("{file: " + kExample + ", names: {Acounts: accounts}}", "Accounts")),
            "there is no 'Acounts' in '" + kExample + "'");
  EXPECT_EQ(first(importing("{file: " + kExample + ", units: {Accounts: USDD}}", "Accounts")), "unknown unit 'USDD'");
  EXPECT_EQ(first(importing("{file: " + kExample + ", names: {Accounts: 2x}}", "Accounts")),
            "'2x' cannot be the name of an input");
  EXPECT_EQ(first(importing(kExample, "Accounts", "inputs:\n  Accounts: 5\n")),
            "input 'Accounts' is also in '" + kExample + "'");
  EXPECT_EQ(first(importing("{names: {a: b}}", "1")), "this import names no 'file'");
}

// Fits: errors measured once, with room for another machine's rounding.
TEST(SipMathFit, DistributionsOfCostsKeepTheirQuantiles) {
  const auto error = [](const Distribution& distribution) {
    const auto fit = fit_sip(curve_of(distribution));
    EXPECT_TRUE(fit) << fit.error();
    return fit ? fit->error : 1;
  };
  EXPECT_LT(error(make("normal", {100, 30})), 0.004);
  EXPECT_LT(error(make("lognormal", {2.5, 0.5})), 0.008);
  EXPECT_LT(error(make("pert", {140, 200, 320})), 0.005);
  EXPECT_LT(error(make("triangular", {22, 30, 45})), 0.03);
  EXPECT_LT(error(make("uniform", {1, 2})), 0.02);
}

TEST(SipMathFit, CostsAboveZeroStayAboveZero) {
  for (const Distribution& distribution :
       {make("gamma", {2, 3}), make("lognormal", {2.5, 0.5}), make("weibull", {1.5, 10}), make("exponential", {5})}) {
    const auto fit = fit_sip(curve_of(distribution));
    ASSERT_TRUE(fit) << fit.error();
    EXPECT_GE(quantile(fit->metalog, 1e-6), 0) << distribution.family->name;
    EXPECT_LT(fit->error, 0.015) << distribution.family->name;
  }
}

TEST(SipMathFit, WholeNumbersAreMetalogsRounded) {
  const auto fit = fit_sip(curve_of(make("poisson", {3})));
  ASSERT_TRUE(fit) << fit.error();
  EXPECT_TRUE(fit->rounded);
  EXPECT_LT(fit->error, 0.005);
  for (int k = 0; k <= 8; ++k) {
    const double chance = cdf(fit->metalog, k + 0.5) - (k == 0 ? 0 : cdf(fit->metalog, k - 0.5));
    EXPECT_NEAR(chance, std::exp(-3) * std::pow(3, k) / std::tgamma(k + 1), 0.01) << k;
  }
}

}  // namespace
}  // namespace tcosim
