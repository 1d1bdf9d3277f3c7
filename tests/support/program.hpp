#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// The real program, run as a process of its own, as an operator runs it.
namespace dialpine::support {

using Words = std::vector<std::string>;

/// How a process ended, and what it wrote.
struct Ended {
    int code = -1; ///< negative: by this signal
    std::string out;
    std::string err;
};

class Process {
public:
    /// Starts `dialpine` with these arguments in a folder of its own; of the environment it has only `settings`.
    Process(const Words& arguments, const std::filesystem::path& folder, const Words& settings = {});
    ~Process(); ///< kills it if it still runs
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// The next line on its standard output; absent when it wrote none within this time.
    std::optional<std::string> line(std::chrono::seconds within = std::chrono::seconds{20});
    void signal(int number) const;
    Ended wait(std::chrono::seconds within = std::chrono::seconds{60});

private:
    bool read_more(std::chrono::steady_clock::time_point until);

    int id_ = -1;
    int out_ = -1;
    int err_ = -1;
    Ended read_;
    std::size_t told_ = 0; ///< how much of standard output was given as lines
};

/// Runs the program to its end.
Ended run(const Words& arguments, const std::filesystem::path& folder, const Words& settings = {});

/// Asks again until it is so, for what another process does by itself; false when it was not so within this time.
bool eventually(const std::function<bool()>& is_so, std::chrono::seconds within = std::chrono::seconds{20});

/// A server on a free port.
class Serving {
public:
    Serving(const std::filesystem::path& data, const std::filesystem::path& folder, Words more = {});
    [[nodiscard]] std::uint16_t port() const { return port_; }
    Process& process() { return process_; }
    /// Ends it by SIGTERM.
    Ended stop();

private:
    Process process_;
    std::uint16_t port_ = 0;
};

} // namespace dialpine::support
