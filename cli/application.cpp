#include "cli/application.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <new>

#include "cli/command.hpp"
#include "cli/errors.hpp"

namespace tcosim {
namespace {

constexpr std::size_t kColumn = 24;  // of option names in a command's help

std::string help_text() {
  std::string text =
      "tcosim: what will it cost, how sure are we, and how much buffer do we need?\n"
      "\n"
      "Usage: tcosim COMMAND [ARGUMENTS] [OPTIONS]\n"
      "\n";
  for (const Command& command : commands()) {
    if (command.declare == nullptr) continue;
    text += fmt::format("  {:<27} {}\n", fmt::format("{} {}", command.name, command.arguments), command.summary);
  }
  return text +
         "\n"
         "Start here:\n"
         "  tcosim new -o plan.yaml                    a commented scenario to edit\n"
         "  tcosim check plan.yaml                     is it what you meant?\n"
         "  tcosim run plan.yaml                       the answer\n"
         "  tcosim run plan.yaml --set gpu_rate=3      what if?\n"
         "  tcosim run plan.yaml --json result.json    for other programs\n"
         "  tcosim run plan.yaml --fail-if 'P90 > 30k' a gate for CI: exit status 3\n"
         "\n"
         "tcosim COMMAND --help lists the options of a command; tcosim --version the version.\n";
}

// The command that a subcommand of the parser stands for, and what it runs.
struct Declared {
  const Command* command = nullptr;
  CLI::App* app = nullptr;
  Action action;
};

std::vector<Declared> declare_all(CLI::App& app) {
  std::vector<Declared> declared;
  for (const Command& command : commands()) {
    CLI::App* sub = app.add_subcommand(command.name, command.summary);
    sub->set_help_flag("-h,--help", "Print this help");
    sub->allow_extras();
    declared.push_back({&command, sub, command.declare == nullptr ? Action() : command.declare(*sub)});
  }
  return declared;
}

std::string command_help(const Declared& declared) {
  const auto entry = [](std::string left, const std::string& text) {
    if (left.size() > kColumn) left += "\n" + std::string(kColumn + 2, ' ');
    return fmt::format("  {:<{}}  {}\n", left, kColumn, text);
  };
  std::string positionals;
  std::string options;
  for (const CLI::Option* option : declared.app->get_options()) {
    if (!option->nonpositional()) {
      positionals += entry(option->get_name(), option->get_description());
    } else if (!option->get_group().empty()) {
      std::string names = fmt::format("{}", fmt::join(option->get_snames(), ""));
      names = (names.empty() ? "" : "-" + names + ", ") + "--" + option->get_lnames().front();
      const std::string type = option->get_items_expected_max() == 0 ? "" : " " + option->get_type_name();
      options += entry(names + type, option->get_description());
    }
  }
  const std::string footer = declared.app->get_footer();
  return fmt::format("tcosim {}: {}\n\nUsage: tcosim {} {} [OPTIONS]\n\n{}{}{}", declared.command->name,
                     declared.command->summary, declared.command->name, declared.command->arguments, positionals,
                     (positionals.empty() ? "" : "\n") + options, footer.empty() ? "" : "\n" + footer + "\n");
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = closest(word, known);
  return near.empty() ? "" : fmt::format("; did you mean '{}'?", near);
}

const Declared* chosen(const std::vector<Declared>& declared) {
  const auto found = std::find_if(declared.begin(), declared.end(), [](const Declared& d) { return d.app->parsed(); });
  return found == declared.end() ? nullptr : &*found;
}

// What the parser could not place, in the user's words.
[[noreturn]] void refuse_extras(const std::vector<std::string>& extras, const Declared* command) {
  const std::string& word = extras.front();
  const std::string name = word.substr(0, word.find('='));
  if (command == nullptr && !word.starts_with('-')) {
    std::vector<std::string> names;
    for (const Command& known : commands()) names.emplace_back(known.name);
    throw UsageError(fmt::format("unknown command '{}'{}", word, suggestion(word, names)));
  }
  if (word.starts_with('-') && word != "-") {
    const std::string near = command == nullptr ? "" : suggestion(name, option_names(*command->app));
    const std::string hint = command == nullptr ? "; options stand after the command" : near;
    throw UsageError(fmt::format("unknown option '{}'{}", name, hint));
  }
  throw UsageError(fmt::format("unexpected argument '{}'; see tcosim {} --help", word, command->command->name));
}

// The parser's own messages are for programmers; these are the ones that a user can meet.
std::string parse_error_text(const CLI::ParseError& error) {
  std::string text = error.what();
  const std::string option = text.substr(0, text.find_first_of(": "));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return text.find("more than") != std::string::npos || text.find("at most") != std::string::npos ||
                   text.find("but received") != std::string::npos
               ? fmt::format("{} is given more than once", option)
               : fmt::format("{} needs a value", option);
  }
  return text;
}

int dispatch(CLI::App& app, std::vector<Declared>& declared, std::vector<std::string> arguments,
             const Console& console) {
  std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::CallForVersion&) {
    print("tcosim " TCOSIM_VERSION "\n");
    return kDone;
  } catch (const CLI::CallForHelp&) {
    const Declared* command = chosen(declared);
    print(command == nullptr ? help_text() : command_help(*command));
    return kDone;
  } catch (const CLI::ParseError& error) {
    throw UsageError(parse_error_text(error));
  }
  const Declared* command = chosen(declared);
  if (command != nullptr && !command->action) {
    throw UsageError(fmt::format("{} is not supported yet", command->command->name));
  }

  // What was left over, before the command and after it
  if (!app.remaining(false).empty()) refuse_extras(app.remaining(false), nullptr);
  if (command == nullptr) throw UsageError("no command; tcosim --help lists them");
  if (!command->app->remaining(false).empty()) refuse_extras(command->app->remaining(false), command);
  return command->action(console);
}

}  // namespace

int run_application(std::vector<std::string> arguments) {
  // A closed pipe must come back as an error of write(), not end the program without a word.
  std::signal(SIGPIPE, SIG_IGN);
  const Console console = detect_console();
  try {
    if (arguments.empty()) {
      fmt::print(stderr, "{}", help_text());
      return kWrongInput;
    }
    CLI::App app;
    app.name("tcosim");
    app.set_help_flag("-h,--help", "Print this help");
    app.set_version_flag("--version", TCOSIM_VERSION);
    app.allow_extras();
    app.require_subcommand(0, 1);  // or a later argument with a command's name, `new levers`, would start that command
    std::vector<Declared> declared = declare_all(app);
    return dispatch(app, declared, std::move(arguments), console);
  } catch (const UsageError& error) {
    print_error(error.what(), console);
    return kWrongInput;
  } catch (const std::bad_alloc&) {
    print_error("out of memory; fewer --draws need less", console);
    return kFailed;
  } catch (const std::exception& error) {
    print_error(error.what(), console);
    return kFailed;
  }
}

}  // namespace tcosim
