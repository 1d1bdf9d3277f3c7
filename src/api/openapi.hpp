#pragma once
#include "api/route.hpp"

#include <span>
#include <string>

namespace dialpine::api {

/// The OpenAPI 3.1 document of these routes, as JSON.
std::string openapi_document(std::span<const Route> routes);

} // namespace dialpine::api
