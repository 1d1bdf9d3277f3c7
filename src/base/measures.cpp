#include "base/measures.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace dialpine::measures {
namespace {
struct Registered {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& answers =
        prometheus::BuildCounter()
            .Name("dialpine_answer_cache_total")
            .Help("Boards, lists and tasks that were asked for, by whether their answer was kept (hit) or made (miss)")
            .Register(registry);
    prometheus::Counter& answers_kept = answers.Add({{"result", "hit"}});
    prometheus::Counter& answers_made = answers.Add({{"result", "miss"}});
    prometheus::Family<prometheus::Counter>& refused_heads =
        prometheus::BuildCounter()
            .Name("dialpine_heads_refused_total")
            .Help("Requests that were refused by their head alone, by status")
            .Register(registry);
    prometheus::Histogram& group_writes =
        prometheus::BuildHistogram()
            .Name("dialpine_store_group_writes")
            .Help("Writes that were made durable together")
            .Register(registry)
            .Add({}, prometheus::Histogram::BucketBoundaries{1, 2, 4, 8, 16, 32, 64, 128, 256});
    prometheus::Histogram& fsync_seconds =
        prometheus::BuildHistogram()
            .Name("dialpine_store_fsync_seconds")
            .Help("Time to write the log of a group of writes to the disk")
            .Register(registry)
            .Add(
                {},
                prometheus::Histogram::BucketBoundaries{
                    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5}
            );
};

Registered& registered()
{
    static Registered all;
    return all;
}
} // namespace

void count(Count what)
{
    auto& all = registered();
    (what == Count::answers_kept ? all.answers_kept : all.answers_made).Increment();
}

void count_refused_head(int status)
{
    registered().refused_heads.Add({{"status", std::to_string(status)}}).Increment();
}

void observe(Spread what, double value)
{
    auto& all = registered();
    (what == Spread::group_writes ? all.group_writes : all.fsync_seconds).Observe(value);
}

std::string to_text() { return prometheus::TextSerializer().Serialize(registered().registry.Collect()); }

} // namespace dialpine::measures
