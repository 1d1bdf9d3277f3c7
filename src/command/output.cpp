#include "command/output.hpp"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace dialpine::command {

void Terminal::end_progress()
{
    if (is_in_progress_) std::fputc('\n', stderr);
    is_in_progress_ = false;
}

void Terminal::result(std::string_view line)
{
    end_progress();
    std::fprintf(stdout, "%.*s\n", static_cast<int>(line.size()), line.data());
    std::fflush(stdout);
}

void Terminal::message(std::string_view line)
{
    end_progress();
    std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

void Terminal::progress(double part, std::string_view step)
{
    if (!isatty(STDERR_FILENO)) return; // a log needs the end only
    std::fprintf(
        stderr, "\r%3d %%  %.*s\x1b[K", static_cast<int>(part * 100), static_cast<int>(step.size()), step.data()
    );
    std::fflush(stderr);
    is_in_progress_ = true;
}

} // namespace dialpine::command
