#pragma once
#include <string_view>

namespace dialpine::command {

/// How a command ended; the process' exit code.
enum class Exit : int {
    done = 0,
    failed = 1,
    wrong_use = 2,
    refused = 3, ///< by a rule of the policy or of safety
};

/// Where a command writes: results on standard output, messages and progress on standard error, here or through a
/// socket.
class Output {
public:
    virtual ~Output() = default;
    virtual void result(std::string_view line) = 0;
    virtual void message(std::string_view line) = 0;
    /// A line that replaces the one before it where that is possible.
    virtual void progress(double part, std::string_view step) = 0;
};

/// The process' own standard output and standard error.
class Terminal : public Output {
public:
    void result(std::string_view line) override;
    void message(std::string_view line) override;
    void progress(double part, std::string_view step) override;

private:
    void end_progress();
    bool is_in_progress_ = false;
};

} // namespace dialpine::command
