#include "support/house.hpp"
#include "targets.hpp"

/// What the fuzzer has found worth keeping, and what once was a mistake, goes through the same functions again.
namespace dialpine::fuzz {
namespace {

struct Target {
    std::string name;
    void (*run)(std::string_view);
};

class Corpus : public ::testing::TestWithParam<Target> {};

TEST_P(Corpus, IsTakenWithoutAMistake)
{
    const auto folder = std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests" / "fuzz" / "corpus" / GetParam().name;
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        EXPECT_NO_THROW(GetParam().run(support::bytes_of(entry.path()))) << entry.path();
        ++count;
    }
    EXPECT_GE(count, 3);
}

INSTANTIATE_TEST_SUITE_P(
    Fuzz,
    Corpus,
    ::testing::Values(
        Target{"http", http},
        Target{"route", route},
        Target{"trello", trello},
        Target{"archive", archive},
        Target{"text", text},
        Target{"upload", upload},
        Target{"picture", picture},
        Target{"header", header}
    ),
    [](const auto& each) { return each.param.name; }
);

} // namespace
} // namespace dialpine::fuzz
