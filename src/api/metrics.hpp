#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace dialpine::api {

/// What `/metrics` tells, in Prometheus' text format: times by route, and figures that are set when they are asked for.
class Metrics {
public:
    Metrics();
    ~Metrics();
    /// One answered request. `route` is the operation's name, never a path.
    void served(std::string_view route, int status, std::chrono::microseconds took);
    /// A figure as it is now.
    void set(std::string_view name, std::string_view help, double value);
    [[nodiscard]] std::string to_text() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace dialpine::api
