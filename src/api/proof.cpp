#include "privacy/proof.hpp"

#include "api/dispatch.hpp"
#include "api/resources.hpp"

#include <fstream>

namespace dialpine::api {
namespace {
/// What `dialpine prove` last wrote here; for everybody, since it says what is promised to everybody.
Awaitable<http::Response> find_proof(House& house, const Call&, http::Body&)
{
    std::ifstream file(house.settings.data / "proof.json", std::ios::binary);
    if (!file) co_return json_response(200, json::to_json(privacy::unproved_report(privacy::all_promises())));
    co_return json_response(200, std::string((std::istreambuf_iterator<char>(file)), {}));
}
} // namespace

void add_proof_route(std::vector<Route>& routes)
{
    routes.push_back(custom_route<find_proof, void, privacy::ProofReport>(
        http::Verb::get, "/proof", Needs::nothing, "Read which promises of the policy are proved"
    ));
}

} // namespace dialpine::api
