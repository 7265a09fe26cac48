#include "plots/report/content_hash.hpp"

#include <glib.h>

#include <array>
#include <memory>

namespace tcosim::report {

std::string content_hash(std::string_view content) {
  const std::unique_ptr<GChecksum, decltype(&g_checksum_free)> checksum(g_checksum_new(G_CHECKSUM_SHA256),
                                                                        &g_checksum_free);
  g_checksum_update(checksum.get(), reinterpret_cast<const guchar*>(content.data()),
                    static_cast<gssize>(content.size()));
  std::array<guint8, 32> digest{};
  gsize size = digest.size();
  g_checksum_get_digest(checksum.get(), digest.data(), &size);
  const std::unique_ptr<gchar, decltype(&g_free)> base64(g_base64_encode(digest.data(), size), &g_free);
  return std::string("'sha256-") + base64.get() + "'";
}

}  // namespace tcosim::report
