#pragma once
#include "api/house.hpp"
#include "api/route.hpp"

namespace dialpine::api {

/// What is noticed of one request, for what its person agreed to. Of everybody else it costs one look into memory.
struct Observation {
    std::optional<PersonId> person; ///< whoever is signed in
    insight::KnownSwitches switches;
    const Route* route = nullptr; ///< of a request of which something may be noticed
    std::vector<std::string> path_values;
    bool is_by_cookie = false;
};

Observation begin_observation(House&, const Route&, const Call&);
/// After an answer that was no refusal. May add or take away the device's cookie.
void observe(House&, const http::Request&, const Observation&, http::Response&);
/// A mistake of our own, scrubbed; of somebody signed in only when they agreed.
void observe_crash(House&, const Observation&, const std::exception&, std::string_view route);
/// Somebody comes to the page by a link.
void observe_arrival(House&, const http::Request&);

} // namespace dialpine::api
