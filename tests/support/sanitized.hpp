#pragma once

namespace dialpine::support {

/// Whether these tests are built with a sanitizer, which needs memory of its own: nobody else's can be measured then.
constexpr bool is_sanitized()
{
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return true;
#endif
#endif
    return false;
}

} // namespace dialpine::support
