#pragma once
#include <string>
#include <string_view>

namespace dialpine::work {

/// A name under which a file can be kept and shown: the last part of a path, without control characters and without
/// those that turn the direction of writing, so that what looks like `.png` is; at most 200 characters, of which the
/// ending stays. `file` when nothing is left. Throws Problem 422 for what is not UTF-8.
std::string file_name_of(std::string_view sent, std::string_view pointer);

/// `attachment; filename="…"; filename*=UTF-8''…` (RFC 6266, RFC 8187).
std::string disposition_of(std::string_view kind, std::string_view name);

/// What a file without a name is called: `attachment.png`.
std::string unnamed(std::string_view media_type);

} // namespace dialpine::work
