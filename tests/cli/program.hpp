// The program as users run it: a command line in, standard output, standard error and exit status out.
// Through /bin/sh, without a terminal and with a fixed environment.
// A fresh folder for each test, removed afterwards.
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace tcosim::testing {

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "tcosim_test_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::perror("mkdtemp");
    path = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path); }
};

struct Outcome {
  int status = -1;
  std::string out, err;
};

/// Runs `tcosim ARGUMENTS` in `folder`; `after` may redirect or pipe standard output elsewhere.
inline Outcome run_program(const std::string& arguments, const Folder& folder, const std::string& after = "> out.txt") {
  const std::string command =
      "cd '" + folder.path.string() + "' && " TCOSIM_PROGRAM " " + arguments + " 2> err.txt " + after;
  const int state = std::system(command.c_str());
  return {WIFEXITED(state) ? WEXITSTATUS(state) : -1, read_file(folder.path / "out.txt"),
          read_file(folder.path / "err.txt")};
}

}  // namespace tcosim::testing
