// tcosim new [TEMPLATE]: a commented scenario to start from.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include "cli/command.hpp"
#include "cli/errors.hpp"
#include "cli/templates.hpp"
#include "scenarios/diagnostic.hpp"

namespace tcosim {
namespace {

struct NewArguments {
  std::optional<std::string> name, file;
  bool list = false;
};

const Template& find_template(const std::string& name) {
  const auto found =
      std::find_if(templates().begin(), templates().end(), [&](const Template& known) { return known.name == name; });
  if (found != templates().end()) return *found;
  std::vector<std::string> names;
  for (const Template& known : templates()) names.emplace_back(known.name);
  const std::string near = closest(name, names);
  throw UsageError(fmt::format(
      "unknown template '{}'; {}", name,
      near.empty() ? fmt::format("there are {}", fmt::join(names, ", ")) : fmt::format("did you mean '{}'?", near)));
}

// O_EXCL makes the test for existence and the creation one step: nobody's work is overwritten.
void create_file(const std::string& path) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
  if (descriptor >= 0) {
    close(descriptor);
    return;
  }
  if (errno == EEXIST) throw RunFailure(fmt::format("'{}' exists already and is left as it is", path));
  throw RunFailure(fmt::format("cannot write '{}': {}", path, std::strerror(errno)));
}

int print_new(const NewArguments& arguments) {
  if (arguments.list) {
    std::string text;
    for (const Template& known : templates()) text += fmt::format("{:<12} {}\n", known.name, known.summary);
    print(text);
    return kDone;
  }
  const Template& chosen = arguments.name ? find_template(*arguments.name) : templates().front();
  if (!arguments.file || *arguments.file == "-") {
    print(chosen.content);
    return kDone;
  }
  create_file(*arguments.file);
  write_file(*arguments.file, chosen.content);
  print_message(fmt::format("wrote {}; next: tcosim check {}", *arguments.file, *arguments.file));
  return kDone;
}

}  // namespace

Action declare_new(CLI::App& app) {
  auto arguments = std::make_shared<NewArguments>();
  app.add_option("TEMPLATE", arguments->name, "Which one (starter)")->type_name("");
  app.add_option("-o,--output", arguments->file, "Write to a file that does not exist yet")->type_name("FILE");
  app.add_flag("--list", arguments->list, "List the templates");
  return [arguments](const Console&) { return print_new(*arguments); };
}

}  // namespace tcosim
