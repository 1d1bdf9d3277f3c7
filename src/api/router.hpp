#pragma once
#include "api/route.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dialpine::api {

/// Finds the route of a path, segment by segment.
class Router {
public:
    explicit Router(std::vector<Route> routes);

    struct Found {
        const Route* route = nullptr;         ///< null: no route with this method
        std::string allowed;                  ///< then, the methods that the path has, as in `Allow`; empty: none
        std::vector<std::string> path_values; ///< of its parameters, percent-decoded
    };
    [[nodiscard]] Found find(http::Verb, std::string_view path) const;
    /// The GET route of the same path, for what `If-Match` compares with; null if there is none.
    [[nodiscard]] const Route* reading(const Route&) const;
    [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }

private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
        std::unique_ptr<Node> parameter;
        std::map<http::Verb, const Route*> routes;
    };
    std::vector<Route> routes_;
    Node root_;
};

/// `%41` becomes `A`. Throws Problem 404 for what is not percent-encoded UTF-8.
std::string percent_decoded(std::string_view);

} // namespace dialpine::api
