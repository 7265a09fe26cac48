#include <string>
#include <vector>

#include "cli/application.hpp"

int main(int argc, char** argv) {
  return tcosim::run_application(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
}
