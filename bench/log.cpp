#include "privacy/transparency.hpp"
#include "store/keys.hpp"
#include "store/rows.hpp"

#include <benchmark/benchmark.h>

#include <filesystem>
#include <random>

/// The transparency log, measured where it is called: what an entry adds to the write that it belongs to (promise: under
/// 50 µs), and how long a proof takes (under 1 ms). The database is a file; durability is that of the write around it.
namespace dialpine {
namespace {

constexpr int entries_at_first = 100'000;
constexpr int appends_in_a_write = 1'000;

/// A database with a long log, made once, in a folder that goes with the program.
class LongLog {
public:
    LongLog()
        : folder_(std::filesystem::temp_directory_path() / ("dialpine-bench-" + to_text(new_uuid()))),
          database_(std::make_unique<store::Database>(store::Settings{.folder = folder_}))
    {
        database_->keys().make(person_);
        for (int done = 0; done < entries_at_first; done += appends_in_a_write) append(appends_in_a_write);
        database_->write([](store::Write& write) { store::sign_log(write); });
    }
    ~LongLog()
    {
        database_.reset();
        std::filesystem::remove_all(folder_);
    }
    LongLog(const LongLog&) = delete;
    LongLog& operator=(const LongLog&) = delete;

    [[nodiscard]] store::Database& database() { return *database_; }

    /// Appends so many entries in one write; gives the seconds that the entries alone took.
    double append(int count)
    {
        return database_->write([&](store::Write& write) {
            const auto begin = std::chrono::steady_clock::now();
            for (int i = 0; i < count; ++i)
                store::log_of(write, store::LogKind::consent, person_, R"({"purpose":"usage_statistics","state":"given"})");
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        });
    }

private:
    std::filesystem::path folder_;
    std::unique_ptr<store::Database> database_;
    PersonId person_ = PersonId::make();
};

LongLog& long_log()
{
    static LongLog log;
    return log;
}

void append_to_log(benchmark::State& state)
{
    for (auto _ : state) state.SetIterationTime(long_log().append(appends_in_a_write) / appends_in_a_write);
}

void prove_inclusion(benchmark::State& state)
{
    std::mt19937 random(1);
    auto& database = long_log().database();
    for (auto _ : state) {
        const std::int64_t index = std::uniform_int_distribution(0, entries_at_first - 1)(random);
        benchmark::DoNotOptimize(database.read([&](store::Read& read) {
            return privacy::prove_inclusion(read, {.index = index, .size = std::nullopt});
        }));
    }
}

void prove_consistency(benchmark::State& state)
{
    std::mt19937 random(1);
    auto& database = long_log().database();
    for (auto _ : state) {
        const std::int64_t from = std::uniform_int_distribution(1, entries_at_first - 1)(random);
        benchmark::DoNotOptimize(database.read([&](store::Read& read) {
            return privacy::prove_consistency(read, {.from = from, .to = std::nullopt});
        }));
    }
}

BENCHMARK(append_to_log)->UseManualTime()->Iterations(50)->Repetitions(3)->Unit(benchmark::kMicrosecond);
BENCHMARK(prove_inclusion)->Iterations(2'000)->Repetitions(3)->Unit(benchmark::kMicrosecond);
BENCHMARK(prove_consistency)->Iterations(2'000)->Repetitions(3)->Unit(benchmark::kMicrosecond);

} // namespace
} // namespace dialpine

int main(int count, char** words)
{
    dialpine::crypto::initialise();
    benchmark::Initialize(&count, words);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
