// Any bytes as a SIPmath library: variables that can be drawn or an error, a reason for what cannot be used, no crash.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "scenarios/sipmath.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto library = tcosim::read_sipmath({reinterpret_cast<const char*>(data), size});
  if (!library) {
    if (library.error().empty()) std::abort();
    return 0;
  }
  for (const tcosim::SipOmission& omission : library->omissions)
    if (omission.variable.empty() || omission.reason.empty()) std::abort();
  for (const tcosim::SipVariable& variable : library->variables) {
    const double uniform = tcosim::sip_uniform(*library, variable, 1);
    if (!(uniform >= 0 && uniform <= 1)) std::abort();
    static_cast<void>(tcosim::sip_trial(*library, variable, 1));
  }
  return 0;
}
