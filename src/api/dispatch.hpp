#pragma once
#include "api/house.hpp"
#include "api/route.hpp"
#include "base/log.hpp"

#include <memory>

namespace dialpine::api {

class Router;

/// Answers every request to the server: finds the route, the session and the role, reads what the route takes, runs it
/// in a transaction, and turns whatever happens into an answer. The one place where all this happens.
class Dispatcher {
public:
    explicit Dispatcher(House&);
    ~Dispatcher();
    Awaitable<http::Response> answer(const http::Request&, http::Body&);

private:
    Awaitable<http::Response> answer_route(const Route&, Call, http::Body&, log::Spent&);
    Awaitable<http::Response> read(const Route&, Call, log::Spent&);
    Awaitable<http::Response> write(const Route&, Call, log::Spent&);
    http::Response answer_outside(const http::Request&);

    House& house_;
    std::unique_ptr<Router> router_;
};

/// Who sent the request, by its cookie or bearer token.
std::optional<people::SignedIn> who_sent(House&, const http::Request&);
/// The role's one check: throws Problem 401, 403, or 404 for a workspace that the person does not belong to.
/// Fills the call's actor.
void authorise(store::Read&, Needs, Call&);

http::Response json_response(int status, std::string json);
http::Response problem_response(const Problem&);
/// A text that stands for these bytes.
std::string etag_of(std::string_view bytes);
/// Whether an If-None-Match or If-Match header names this tag.
bool names_tag(std::string_view header, std::string_view etag);
/// Throws Problem 412 with the object as it is now, if an If-Match header names another state of it.
void check_match(std::string_view header, const std::string& json_now);
/// Compresses the body where the asker can read it and it is worth it.
void compress(const http::Request&, http::Response&);
bool accepts_gzip(const http::Request&);

} // namespace dialpine::api
