#include "program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <sstream>

#include <nlohmann/json.hpp>

namespace tcosim {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Outcome;
using testing::read_file;
using testing::run_program;
using ::testing::StartsWith;
using Json = nlohmann::json;

class Program : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(run("new -o plan.yaml").status, 0); }
  Outcome run(const std::string& arguments, const std::string& after = "> out.txt") {
    return run_program(arguments, folder, after);
  }
  void write(const std::string& name, const std::string& content) { std::ofstream(folder.path / name) << content; }
  Json json_of(const std::string& arguments) { return Json::parse(run("run plan.yaml --json - " + arguments).out); }
  testing::Folder folder;
};

TEST_F(Program, AnswersOnStandardOutputWithStatus0) {
  const Outcome outcome = run("run plan.yaml --draws 10k");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_THAT(outcome.out, StartsWith("Fine-tune a support assistant, six months\n"));
  EXPECT_THAT(outcome.out, HasSubstr("A flat 15% buffer (24,782.50 USD) is enough in "));
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
}

TEST_F(Program, WritesNothingButJsonToStandardOutputForJsonDash) {
  const Json json = json_of("--draws 10k --seed 7");
  EXPECT_EQ(json["base"]["value"], 21550.0);
  EXPECT_EQ(json["run"]["draws"], 10000);
  EXPECT_EQ(json["run"]["seed"], 7);
}

TEST_F(Program, GivesTheSameBytesForAnyNumberOfThreads) {
  Json one = json_of("--draws 100k --threads 1");
  for (const char* threads : {"2", "5"}) {
    Json other = json_of(std::string("--draws 100k --threads ") + threads);
    EXPECT_EQ(other["run"]["threads"], std::stoi(threads));
    one.erase("run");
    other.erase("run");
    EXPECT_EQ(one.dump(), other.dump()) << threads;
  }
  EXPECT_EQ(run("run plan.yaml --draws 100k --threads 1").out, run("run plan.yaml --draws 100k --threads 5").out);
}

TEST_F(Program, LetsOptionsWinOverTheFile) {
  write("small.yaml", "tcosim: 1\nrun: {draws: 5k, seed: 9}\ncosts:\n  x: uniform(0, 1)\n");
  const auto run_of = [&](const std::string& options) {
    return Json::parse(run("run small.yaml --json - " + options).out)["run"];
  };
  EXPECT_EQ(run_of("")["draws"], 5000);
  EXPECT_EQ(run_of("")["seed"], 9);
  EXPECT_EQ(run_of("--draws 6k --seed 0")["draws"], 6000);
  EXPECT_EQ(run_of("--draws 6k --seed 0")["seed"], 0);
}

TEST_F(Program, ReplacesInputsHorizonAndBudgets) {
  const Json json = json_of("--draws 1k --set salary=10000 --set 'storage_price=30 USD/TB/month' --budget 30k");
  EXPECT_DOUBLE_EQ(json["base"]["value"], 21550.0 + 1.5 * 1000 + 5 * 6);
  EXPECT_EQ(json["budgets"][1]["budget"], 30000.0);
  EXPECT_EQ(json_of("--draws 1k --horizon '12 months'")["horizon"], "12 months");
}

TEST_F(Program, ReadsStandardInput) {
  EXPECT_EQ(run("run - --draws 1k --quiet < plan.yaml").status, 0);
}

TEST_F(Program, EndsWithStatus3WhereAConditionHolds) {
  const Outcome holds = run("run plan.yaml --draws 10k --quiet --fail-if 'P90 > 20k' --fail-if 'mean > 1M'");
  EXPECT_EQ(holds.status, 3);
  EXPECT_EQ(holds.out, "");
  EXPECT_THAT(holds.err, StartsWith("tcosim: P90 is 3"));
  EXPECT_THAT(holds.err, HasSubstr(": --fail-if 'P90 > 20k' holds\n"));
  EXPECT_EQ(run("run plan.yaml --draws 10k --quiet --fail-if 'P90 > 1M'").status, 0);
}

TEST_F(Program, RefusesAnUnknownConditionBeforeItRuns) {
  const Outcome outcome = run("run plan.yaml --draws 1e10 --fail-if 'cost_per_reqest > 1'");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err,
            "tcosim: error: --fail-if 'cost_per_reqest > 1': unknown quantity 'cost_per_reqest'; did you mean "
            "'cost_per_request'?\n");
}

TEST_F(Program, EndsWithStatus2OnAScenarioThatIsWrong) {
  write("bad.yaml", "tcosim: 1\ncosts:\n  x: pert(3, 2, 1)\n");
  for (const char* command : {"run", "check"}) {
    const Outcome outcome = run(std::string(command) + " bad.yaml");
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, StartsWith("bad.yaml:3:"));
    EXPECT_THAT(outcome.err, HasSubstr(": error: "));
  }
}

TEST_F(Program, EndsWithStatus2OnACommandLineThatIsWrong) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"run", "no scenario file: write tcosim run FILE; tcosim new prints one to start from"},
      {"rnu plan.yaml", "unknown command 'rnu'; did you mean 'run'?"},
      {"--quiet run plan.yaml", "unknown option '--quiet'; options stand after the command"},
      {"run plan.yaml --drws 5", "unknown option '--drws'; did you mean '--draws'?"},
      {"run plan.yaml --drws=5", "unknown option '--drws'; did you mean '--draws'?"},
      {"run plan.yaml other.yaml", "unexpected argument 'other.yaml'; see tcosim run --help"},
      {"run plan.yaml --draws", "--draws needs a value"},
      {"run plan.yaml --draws 5 --draws 6", "--draws is given more than once"},
      {"run plan.yaml --draws 0", "--draws: a whole number from 1 to 1e10, such as 1e6 or 2M, is expected, not '0'"},
      {"run plan.yaml --seed -1", "--seed: a whole number from 0 to 18446744073709551615 is expected, not '-1'"},
      {"run plan.yaml --sampling qmc", "--sampling: mc, lhs or sobol is expected, not 'qmc'"},
      {"run plan.yaml --set salary", "--set 'salary': write it as NAME=VALUE, such as --set gpu_rate=3"},
      {"run plan.yaml --with lora --with spot",
       "--with is given twice: run takes one set of levers, with commas between, '--with lora,spot'"},
      {"run plan.yaml --with lora,,spot", "--with 'lora,,spot': name levers with commas between, such as lora,spot"},
      {"run plan.yaml --xlsx a.xls", "--xlsx 'a.xls': let the name end in .xlsx, such as budget.xlsx"},
      {"run plan.yaml --xlsx -", "--xlsx '-': let the name end in .xlsx, such as budget.xlsx"},
      {"run plan.yaml --xlsx .xlsx", "--xlsx '.xlsx': let the name end in .xlsx, such as budget.xlsx"},
      {"run plan.yaml --csv -", "a folder is expected, not '-': there are several files to write"},
      {"run plan.yaml --charts ''", "a folder is expected, not '': there are several files to write"},
      {"run plan.yaml --samples -", "--samples '-': let the name end in .npy, for NumPy, or in .csv"},
      {"run plan.yaml --plot none,histogram",
       "--plot: histogram, s-curve, tornado, all or none is expected, not 'none'"},
      {"run plan.yaml --json a.xlsx --xlsx ./a.xlsx",
       "--json and --xlsx name the same file, './a.xlsx': give each its own"},
      {"run plan.yaml --json plan.yaml", "--json 'plan.yaml' is the scenario itself: give the result another name"},
      {"levers plan.yaml --xlsx a.xlsx", "--xlsx is not supported yet"},
      {"track plan.yaml actuals.csv", "track is not supported yet"},
      {"distributions prt", "unknown distribution 'prt'; did you mean 'pert'?"},
      {"new minimle", "unknown template 'minimle'; did you mean 'minimal'?"}};
  for (const auto& [arguments, message] : cases) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_EQ(outcome.out, "") << arguments;
    EXPECT_EQ(outcome.err, "tcosim: error: " + message + "\n") << arguments;
  }
}

TEST_F(Program, PlacesTheErrorOfASettingAtTheOption) {
  const Outcome outcome = run("run plan.yaml --set salry=5");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--set"));
  EXPECT_THAT(outcome.err, HasSubstr("salary"));
}

TEST_F(Program, NeverLosesAResultInSilence) {
  for (const char* arguments : {"run plan.yaml --draws 1k", "run plan.yaml --draws 1k --json -", "check plan.yaml",
                                "distributions", "new", "--help", "--version"}) {
    const Outcome outcome = run(arguments, "> /dev/full");
    EXPECT_EQ(outcome.status, 1) << arguments;
    EXPECT_THAT(outcome.err, EndsWith("tcosim: error: cannot write to standard output: No space left on device\n"));
  }
  const Outcome file = run("run plan.yaml --draws 1k --quiet --json /dev/full");
  EXPECT_EQ(file.status, 1);
  EXPECT_EQ(file.err, "tcosim: error: cannot write '/dev/full': No space left on device\n");
}

TEST_F(Program, SaysThatAFolderIsMissingBeforeItRuns) {
  const Outcome outcome = run("run plan.yaml --draws 1e10 --json missing/result.json");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "tcosim: error: cannot write 'missing/result.json': there is no folder 'missing'\n");
}

TEST_F(Program, EndsQuietlyWhenThePipeIsClosed) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  ASSERT_EQ(dup2(ends[1], 9), 9);  // the shell takes one digit
  const Outcome outcome = run("run plan.yaml --draws 1k", ">&9");
  close(ends[1]);
  close(9);
  EXPECT_EQ(outcome.status, 128 + SIGPIPE);
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Program, WritesJsonTablesAndSamplesToFiles) {
  const Outcome outcome = run("run plan.yaml --draws 1k --json result.json --csv tables --samples total.npy");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("What drives the total"));
  EXPECT_EQ(Json::parse(read_file(folder.path / "result.json"))["command"], "run");
  for (const char* table : {"summary.csv", "percentiles.csv", "lines.csv", "sensitivity.csv", "monthly.csv"}) {
    EXPECT_THAT(read_file(folder.path / "tables" / table), HasSubstr("\r\n")) << table;
  }
  EXPECT_THAT(read_file(folder.path / "total.npy"), StartsWith("\x93NUMPY"));
}

TEST_F(Program, RefusesSamplesThatNoProgramWouldRead) {
  const Outcome outcome = run("run plan.yaml --draws 1k --samples draws.xls");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err, "tcosim: error: --samples 'draws.xls': let the name end in .npy, for NumPy, or in .csv\n");
}

TEST_F(Program, LeavesNothingOfDrawsOrWorkbooksThatCannotBeWritten) {
  const auto in_vain = [&](const std::string& arguments) {
    const Outcome outcome = run("run plan.yaml --draws 1k --quiet " + arguments);
    EXPECT_EQ(outcome.status, 1) << arguments;
    EXPECT_FALSE(std::filesystem::exists(folder.path / "draws.npy")) << arguments;
    EXPECT_FALSE(std::filesystem::exists(folder.path / "draws.npy.part")) << arguments;
    return outcome.err;
  };
  std::filesystem::create_symlink("/dev/full", folder.path / "draws.npy.part");
  EXPECT_EQ(in_vain("--samples draws.npy"), "tcosim: error: cannot write 'draws.npy': No space left on device\n");
  std::filesystem::create_symlink("/dev/full", folder.path / "full.xlsx");
  EXPECT_EQ(in_vain("--xlsx full.xlsx"), "tcosim: error: cannot write 'full.xlsx': No space left on device\n");
  std::filesystem::create_directory(folder.path / "folder.xlsx");
  EXPECT_EQ(in_vain("--samples draws.npy --xlsx folder.xlsx"),
            "tcosim: error: cannot write 'folder.xlsx': it is a folder\n");
  EXPECT_EQ(in_vain("--csv plan.yaml"), "tcosim: error: cannot make the folder 'plan.yaml': it is a file\n");
}

TEST_F(Program, MayThrowSeveralResultsAway) {
  EXPECT_EQ(run("run plan.yaml --draws 1k --quiet --json /dev/null --html /dev/null").status, 0);
}

TEST_F(Program, LeavesNoTablesWhereOneCannotBeWritten) {
  std::filesystem::create_directory(folder.path / "tables");
  std::filesystem::create_symlink("/dev/full", folder.path / "tables" / "lines.csv.part");
  const Outcome outcome = run("run plan.yaml --draws 1k --csv tables");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write 'tables/lines.csv': No space left on device"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path / "tables"));
}

TEST_F(Program, ShowsThePicturesThatAreAskedFor) {
  const auto shows = [&](const std::string& arguments, const char* text) {
    return run("run plan.yaml --draws 1k" + arguments).out.find(text) != std::string::npos;
  };
  EXPECT_TRUE(shows("", "Distribution of the total"));
  EXPECT_FALSE(shows("", "How sure is which budget"));
  EXPECT_TRUE(shows(" --plot s-curve", "How sure is which budget"));
  EXPECT_FALSE(shows(" --plot s-curve", "Distribution of the total"));
  EXPECT_TRUE(shows(" --plot all", "How sure is which budget"));
  EXPECT_FALSE(shows(" --plot none", "What drives the total"));
  EXPECT_THAT(run("run plan.yaml --plot pie").err,
              HasSubstr("--plot: histogram, s-curve, tornado, all or none is expected, not 'pie'"));
}

TEST_F(Program, IsAsWideAsColumnsSay) {
  const auto widest = [&](const char* columns) {
    setenv("COLUMNS", columns, 1);
    std::istringstream lines(run("run plan.yaml --draws 1k").out);
    unsetenv("COLUMNS");
    std::size_t most = 0;
    for (std::string line; std::getline(lines, line);) most = std::max(most, line.size());
    return most;
  };
  EXPECT_LE(widest("60"), 60U);
  EXPECT_GT(widest("100"), 80U);
  EXPECT_GT(widest("150"), 120U);  // histogram and S-curve side by side
  EXPECT_LE(widest("wide"), 80U);
}

TEST_F(Program, ChecksAndShowsHowEachLineIsSpent) {
  const Outcome outcome = run("check plan.yaml");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, HasSubstr("gpu_rate"));
  EXPECT_THAT(outcome.out, HasSubstr("once"));
  EXPECT_THAT(outcome.out, HasSubstr("recurs: "));
  EXPECT_THAT(outcome.out, HasSubstr("21,550.00"));
  EXPECT_THAT(outcome.err, HasSubstr("nothing under operations"));
  EXPECT_EQ(Json::parse(run("check plan.yaml --json -").out)["base"]["value"], 21550.0);
}

// What a terminal of 80 columns receives; short enough for its buffer, since nobody reads meanwhile.
std::string on_terminal(const std::string& environment, const testing::Folder& folder) {
  int terminal = -1;
  int program_end = -1;
  winsize size{24, 80, 0, 0};
  if (openpty(&terminal, &program_end, nullptr, nullptr, &size) != 0) return "no terminal";
  dup2(program_end, 9);  // the shell takes one digit
  const std::string command = "cd '" + folder.path.string() + "' && env -u NO_COLOR -u LC_ALL -u LC_CTYPE " +
                              environment + " " TCOSIM_PROGRAM " distributions pert >&9";
  const int state = std::system(command.c_str());
  std::string text(8192, '\0');
  const ssize_t n = state == 0 ? read(terminal, text.data(), text.size()) : 0;
  for (const int descriptor : {terminal, program_end, 9}) close(descriptor);
  text.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
  return text;
}

TEST_F(Program, UsesColourAndBlocksOnATerminalThatHasThem) {
  const std::string text = on_terminal("LANG=C.UTF-8 TERM=xterm", folder);
  EXPECT_THAT(text, HasSubstr("\x1b["));
  EXPECT_THAT(text, HasSubstr("█"));
}

TEST_F(Program, RespectsNoColor) {
  const std::string text = on_terminal("LANG=C.UTF-8 TERM=xterm NO_COLOR=1", folder);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("█"));
}

TEST_F(Program, IsPlainOnADumbTerminalAndWithoutUtf8) {
  for (const char* environment : {"LANG=C.UTF-8 TERM=dumb", "LANG=C TERM=xterm NO_COLOR=1"}) {
    const std::string text = on_terminal(environment, folder);
    EXPECT_THAT(text, HasSubstr("###"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  }
}

TEST_F(Program, RefusesAnEndlessStandardInput) {
  const Outcome outcome = run("run - < /dev/zero");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err, "tcosim: error: standard input: a scenario has at most 10 MB\n");
}

TEST_F(Program, NeverOverwritesWithNew) {
  write("mine.yaml", "precious");
  const Outcome outcome = run("new -o mine.yaml");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "tcosim: error: 'mine.yaml' exists already and is left as it is\n");
  EXPECT_EQ(read_file(folder.path / "mine.yaml"), "precious");
}

TEST_F(Program, ListsDistributionsAndShowsAPageOfEach) {
  const Outcome list = run("distributions");
  EXPECT_EQ(list.status, 0);
  EXPECT_THAT(list.out, HasSubstr("pert"));
  const Outcome page = run("distributions pert");
  EXPECT_EQ(page.status, 0);
  EXPECT_THAT(page.out, HasSubstr("Example: pert(140, 200, 320)"));
  EXPECT_THAT(page.out, HasSubstr("mean 210, variance "));
  EXPECT_THAT(run("distributions constant").out, HasSubstr("mean 25, variance 0, P10 25, P50 25, P90 25"));
  EXPECT_THAT(run("distributions zero_inflated").out, HasSubstr("The chance of exactly 0, 95%, is not in the picture"));
}

TEST_F(Program, HelpsOnStandardOutputAndRefusesAnEmptyCommandLine) {
  EXPECT_THAT(run("--help").out, HasSubstr("Usage: tcosim COMMAND"));
  EXPECT_THAT(run("run --help").out, HasSubstr("--fail-if"));
  EXPECT_THAT(run("--version").out, StartsWith("tcosim "));
  const Outcome empty = run("");
  EXPECT_EQ(empty.status, 2);
  EXPECT_EQ(empty.out, "");
  EXPECT_THAT(empty.err, HasSubstr("Usage: tcosim COMMAND"));
}

}  // namespace
}  // namespace tcosim
