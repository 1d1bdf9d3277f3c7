#include "base/media_type.hpp"

#include "base/log.hpp"

#include <magic.h>

#include <array>
#include <algorithm>
#include <memory>
#include <mutex>

namespace dialpine {
namespace {
constexpr std::string_view unknown = "application/octet-stream";

/// libmagic with its database; one at a time, since it is not made for several threads.
class Magic {
public:
    Magic() : magic_(magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS), &magic_close)
    {
        if (magic_ && magic_load(magic_.get(), nullptr) == 0) return;
        log::say(log::Level::warn, "Files' types are not known", "install Debian's libmagic1 and libmagic-mgc");
        magic_.reset();
    }
    std::string look(std::string_view beginning)
    {
        const std::lock_guard lock(mutex_);
        const char* type = magic_ ? magic_buffer(magic_.get(), beginning.data(), beginning.size()) : nullptr;
        return type ? type : std::string(unknown);
    }

private:
    std::mutex mutex_;
    std::unique_ptr<magic_set, decltype(&magic_close)> magic_;
};

/// `type/subtype` (RFC 9110, section 8.3.1), so that it can stand in a header as it is.
bool is_media_type(std::string_view text)
{
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '+' ||
               c == '-' || c == '_';
    };
    const auto slash = text.find('/');
    return slash != std::string_view::npos && slash > 0 && slash + 1 < text.size() && text.size() < 128 &&
           std::ranges::all_of(text.substr(0, slash), is_plain) && std::ranges::all_of(text.substr(slash + 1), is_plain);
}
} // namespace

std::string media_type_of(std::string_view beginning)
{
    static Magic magic;
    auto type = magic.look(beginning);
    return is_media_type(type) ? type : std::string(unknown);
}

bool is_safe_picture(std::string_view media_type)
{
    static constexpr std::array<std::string_view, 5> safe{
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"
    };
    return std::ranges::find(safe, media_type) != safe.end();
}

} // namespace dialpine
