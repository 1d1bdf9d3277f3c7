#pragma once
#include "base/http.hpp"

#include <functional>
#include <string_view>

namespace dialpine::api {

/// Takes what is made; waits while too much of it is unsent. Throws when nobody wants it any more.
using Give = std::function<void(std::string_view)>;

/// An answer's body that a thread of its own makes while it is sent, so that it never lies anywhere as a whole: about a
/// megabyte waits at most. When the connection goes, `make` is stopped by an exception out of `Give`; what `make`
/// throws cuts the answer off.
http::Pieces made_as_sent(std::function<void(const Give&)> make);

} // namespace dialpine::api
