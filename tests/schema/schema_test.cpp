// The JSON Schema for editors and the reader's tables of keys and words say the same, in both directions.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "scenarios/expression.hpp"
#include "scenarios/format.hpp"
#include "scenarios/reader.hpp"

namespace tcosim {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using Pointer = json::json_pointer;
using Words = std::set<std::string>;

const json& schema() {
  static const json kSchema =
      json::parse(std::ifstream(fs::path(TCOSIM_SOURCE_DIR) / "scenarios/schema/tcosim.schema.json"));
  return kSchema;
}

Words to_set(std::span<const std::string_view> words) {
  return {words.begin(), words.end()};
}

Words keys_at(const std::string& path) {
  Words keys;
  for (const auto& [key, value] : schema().at(Pointer(path)).items()) keys.insert(key);
  return keys;
}

Words words_at(const std::string& path) {
  return schema().at(Pointer(path)).get<Words>();
}

struct Section {
  std::string path;
  std::span<const std::string_view> keys;
};

std::vector<Section> sections() {
  return {{"", words::kFileKeys},
          {"/definitions/import", words::kImportKeys},
          {"/definitions/input", words::kInputKeys},
          {"/definitions/line", words::kLineKeys},
          {"/definitions/item", words::kItemKeys},
          {"/definitions/risk", words::kRiskKeys},
          {"/definitions/output", words::kOutputKeys},
          {"/definitions/correlation", words::kCorrelationKeys},
          {"/definitions/lever", words::kLeverKeys},
          {"/definitions/change", words::kChangeKeys},
          {"/definitions/contingency", words::kContingencyKeys},
          {"/definitions/run", words::kRunKeys}};
}

TEST(Schema, SectionsHaveTheKeysOfTheReader) {
  for (const Section& section : sections()) {
    EXPECT_EQ(keys_at(section.path + "/properties"), to_set(section.keys)) << section.path;
    EXPECT_EQ(schema().at(Pointer(section.path + "/additionalProperties")), false) << section.path;
  }
}

TEST(Schema, SectionsAreWhereTheReaderFindsThem) {
  const auto target = [](const std::string& path) { return schema().at(Pointer(path)).at("$ref").get<std::string>(); };
  EXPECT_EQ(target("/properties/import/anyOf/0"), "#/definitions/import");
  EXPECT_EQ(target("/properties/import/anyOf/1/items"), "#/definitions/import");
  EXPECT_EQ(target("/properties/inputs/additionalProperties"), "#/definitions/input");
  EXPECT_EQ(target("/properties/costs/additionalProperties"), "#/definitions/line");
  EXPECT_EQ(target("/definitions/line/properties/items/additionalProperties"), "#/definitions/item");
  EXPECT_EQ(target("/properties/risks/additionalProperties"), "#/definitions/risk");
  EXPECT_EQ(target("/properties/outputs/additionalProperties"), "#/definitions/output");
  EXPECT_EQ(target("/properties/correlations/items"), "#/definitions/correlation");
  EXPECT_EQ(target("/properties/groups/additionalProperties"), "#/definitions/group");
  EXPECT_EQ(target("/properties/levers/additionalProperties"), "#/definitions/lever");
  EXPECT_EQ(target("/definitions/lever/properties/set/additionalProperties"), "#/definitions/change");
  EXPECT_EQ(target("/definitions/lever/properties/scale/additionalProperties"), "#/definitions/change");
  EXPECT_EQ(target("/definitions/lever/properties/add/additionalProperties"), "#/definitions/line");
  EXPECT_EQ(target("/definitions/lever/properties/cost/anyOf/0"), "#/definitions/line");
  EXPECT_EQ(target("/properties/contingency"), "#/definitions/contingency");
  EXPECT_EQ(target("/properties/run"), "#/definitions/run");
}

TEST(Schema, KnowsNoKeyThatIsNotSupportedYet) {
  for (const Section& section : sections()) {
    for (const std::string_view later : words::kLaterKeys)
      EXPECT_EQ(keys_at(section.path + "/properties").count(std::string(later)), 0U) << section.path << " " << later;
  }
}

TEST(Schema, FixedWordsAreThoseOfTheReader) {
  EXPECT_EQ(words_at("/definitions/contingency/properties/base/enum"), to_set(words::kBaseRules));
  EXPECT_EQ(words_at("/definitions/run/properties/sampling/enum"), to_set(words::kSamplings));
  EXPECT_EQ(words_at("/definitions/spend/enum"), to_set(words::kSpends));
  EXPECT_EQ(words_at("/definitions/category/anyOf/0/enum"), to_set(words::kCategories));
}

TEST(Schema, HasAsManyLeversAsTheReader) {
  EXPECT_EQ(schema().at(Pointer("/properties/levers/maxProperties")), kMostLevers);
}

TEST(Schema, NamesThatAreTakenAreThoseOfTheReader) {
  Words taken = to_set(words::kTakenNames);
  for (const std::string& word : words_at("/properties/units/propertyNames/not/enum")) {
    EXPECT_TRUE(is_keyword(word)) << word;
    taken.insert(word);
  }
  EXPECT_EQ(words_at("/definitions/name/not/enum"), taken);
}

TEST(Schema, EveryKeyHasAShortDescription) {
  for (const Section& section : sections()) {
    for (const auto& [key, written] : schema().at(Pointer(section.path + "/properties")).items()) {
      const bool refers = written.contains("$ref");
      const json& value = refers ? schema().at(Pointer(written.at("$ref").get<std::string>().substr(1))) : written;
      ASSERT_TRUE(value.contains("description")) << section.path << " " << key;
      const auto description = value.at("description").get<std::string>();
      EXPECT_GE(description.size(), 10U) << key;
      EXPECT_LE(description.size(), 200U) << key;
    }
  }
}

// The same files are held against the schema by validate.py.
TEST(Schema, ItsGoodFilesAreGoodForTheReader) {
  std::size_t files = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(TCOSIM_SOURCE_DIR) / "tests/schema/good")) {
    if (entry.path().extension() != ".yaml") continue;
    const ReadResult result = read_scenario(entry.path().string());
    for (const Diagnostic& diagnostic : result.diagnostics)
      EXPECT_NE(diagnostic.severity, Severity::error) << format(diagnostic);
    EXPECT_TRUE(result.scenario.has_value()) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 3U);
}

// A key that is new in both tables must also be shown to work.
TEST(Schema, ItsGoodFilesUseEveryKey) {
  std::ifstream in(fs::path(TCOSIM_SOURCE_DIR) / "tests/schema/good/every_key.yaml");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  for (const Section& section : sections()) {
    for (const std::string_view key : section.keys)
      EXPECT_NE(text.find(std::string(key) + ":"), std::string::npos) << section.path << " " << key;
  }
}

}  // namespace
}  // namespace tcosim
