// Of the build, not of the program: compiles a script to Duktape's bytecode.
// bytecode SCRIPT OUTPUT
#include <duktape.h>

#include <fstream>
#include <iterator>
#include <string>

int main(int count, char** arguments) {
  if (count != 3) return 2;
  std::ifstream in(arguments[1], std::ios::binary);
  const std::string script{std::istreambuf_iterator<char>(in), {}};
  duk_context* const context = duk_create_heap_default();
  if (!in || context == nullptr || duk_pcompile_lstring(context, 0, script.data(), script.size()) != 0) return 1;
  duk_dump_function(context);
  duk_size_t size = 0;
  const auto* const bytes = static_cast<const char*>(duk_get_buffer_data(context, -1, &size));
  std::ofstream out(arguments[2], std::ios::binary);
  out.write(bytes, static_cast<std::streamsize>(size));
  out.close();
  duk_destroy_heap(context);
  return out ? 0 : 1;
}
