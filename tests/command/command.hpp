#pragma once
#include "support/program.hpp"
#include "support/server.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace dialpine::command {

/// Exit codes.
enum { done = 0, failed = 1, wrong_use = 2, refused = 3 };

/// A data folder on which the program is run as an operator runs it.
class Command : public ::testing::Test {
protected:
    /// Runs the program on the test's data folder.
    support::Ended on_data(support::Words words) const
    {
        words.insert(words.begin(), {"--data", data.string()});
        return support::run(words, folder.path());
    }
    static std::string password_in(const support::Ended& ended)
    {
        const auto at = ended.out.find(": ");
        return ended.out.substr(at + 2, ended.out.find('\n') - at - 2);
    }
    /// An account made on the command line; its password.
    std::string add(const std::string& name, const std::string& email) const
    {
        const auto ended = on_data({"user", "add", email, "--name", name});
        EXPECT_EQ(ended.code, done) << ended.err;
        return password_in(ended);
    }
    static support::Answer sign_in(support::Client& client, const std::string& email, const std::string& password)
    {
        return client.post("/sessions", {{"email", email}, {"password", password}});
    }
    static std::string board()
    {
        return (std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests" / "fixtures" / "trello-small.json").string();
    }

    support::Folder folder;
    std::filesystem::path data = folder / "data";
};

} // namespace dialpine::command
