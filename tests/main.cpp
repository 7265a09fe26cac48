// The main() of every test program. Properties (rapidcheck) get one seed for all, also where a program is run by hand;
// RC_PARAMS says otherwise.
#include <gmock/gmock.h>

#include <cstdlib>

int main(int count, char** arguments) {
  setenv("RC_PARAMS", "seed=1", 0);
  testing::InitGoogleMock(&count, arguments);
  return RUN_ALL_TESTS();
}
