#pragma once
#include "api/house.hpp"
#include "base/http.hpp"

namespace dialpine::api {

/// What is not the API: `/healthz`, `/readyz`, `/metrics`, `/problems/…`, and the page.
http::Response answer_outside(House&, const http::Request&);

} // namespace dialpine::api
