#include "api/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <mutex>

namespace dialpine::api {
namespace {
const prometheus::Histogram::BucketBoundaries seconds{
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10
};
}

struct Metrics::Inside {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Histogram>& times = prometheus::BuildHistogram()
                                                           .Name("dialpine_request_seconds")
                                                           .Help("Time to answer a request, by operation")
                                                           .Register(registry);
    prometheus::Family<prometheus::Counter>& answers = prometheus::BuildCounter()
                                                           .Name("dialpine_requests_total")
                                                           .Help("Answered requests, by operation and status")
                                                           .Register(registry);
    std::mutex mutex;
    struct Known {
        prometheus::Histogram* time = nullptr;
        std::map<int, prometheus::Counter*> counts;
    };
    std::map<std::string, Known, std::less<>> routes;
    std::map<std::string, prometheus::Gauge*, std::less<>> gauges;
};

Metrics::Metrics() : inside_(std::make_unique<Inside>()) {}
Metrics::~Metrics() = default;

void Metrics::served(std::string_view route, int status, std::chrono::microseconds took)
{
    const std::lock_guard lock(inside_->mutex);
    auto known = inside_->routes.find(route);
    if (known == inside_->routes.end()) known = inside_->routes.emplace(std::string(route), Inside::Known{}).first;
    auto& [time, counts] = known->second;
    if (!time) time = &inside_->times.Add({{"operation", known->first}}, seconds);
    time->Observe(std::chrono::duration<double>(took).count());
    auto& count = counts[status];
    if (!count) count = &inside_->answers.Add({{"operation", known->first}, {"status", std::to_string(status)}});
    count->Increment();
}

void Metrics::set(std::string_view name, std::string_view help, double value)
{
    const std::lock_guard lock(inside_->mutex);
    auto known = inside_->gauges.find(name);
    if (known == inside_->gauges.end()) {
        auto& family =
            prometheus::BuildGauge().Name(std::string(name)).Help(std::string(help)).Register(inside_->registry);
        known = inside_->gauges.emplace(std::string(name), &family.Add({})).first;
    }
    known->second->Set(value);
}

std::string Metrics::to_text() const { return prometheus::TextSerializer().Serialize(inside_->registry.Collect()); }

} // namespace dialpine::api
