#include "support/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

namespace dialpine::support {
namespace {
constexpr std::string_view ready = "://127.0.0.1:";

/// The arguments as `execve` takes them.
std::vector<char*> pointers(std::vector<std::string>& words)
{
    std::vector<char*> each;
    for (auto& word : words) each.push_back(word.data());
    each.push_back(nullptr);
    return each;
}

void take_into(std::string& text, int& file)
{
    std::array<char, 65536> piece{};
    const auto count = ::read(file, piece.data(), piece.size());
    if (count > 0) {
        text.append(piece.data(), static_cast<std::size_t>(count));
        return;
    }
    ::close(file);
    file = -1;
}
} // namespace

Process::Process(const Words& arguments, const std::filesystem::path& folder, const Words& settings)
{
    int out[2];
    int err[2];
    if (::pipe2(out, O_CLOEXEC) != 0 || ::pipe2(err, O_CLOEXEC) != 0) throw std::runtime_error("no pipes");
    // A server that says everything must not wait for a test that reads its log at the end.
    ::fcntl(err[1], F_SETPIPE_SZ, 1 << 20);
    Words words{DIALPINE_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    Words environment{"PATH=/usr/bin:/bin", "LANG=C.UTF-8"};
    environment.insert(environment.end(), settings.begin(), settings.end());
    const auto argv = pointers(words);
    const auto envp = pointers(environment);
    id_ = ::fork();
    if (id_ < 0) throw std::runtime_error("no process");
    if (id_ == 0) {
        // Only what is safe between fork and exec: other threads of the tests may hold any lock.
        ::dup2(out[1], STDOUT_FILENO);
        ::dup2(err[1], STDERR_FILENO);
        if (::chdir(folder.c_str()) == 0) ::execve(argv[0], argv.data(), envp.data());
        ::_exit(127);
    }
    ::close(out[1]);
    ::close(err[1]);
    out_ = out[0];
    err_ = err[0];
}

Process::~Process()
{
    if (id_ > 0) {
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
    }
    for (const int file : {out_, err_})
        if (file >= 0) ::close(file);
}

bool Process::read_more(std::chrono::steady_clock::time_point until)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0 || (out_ < 0 && err_ < 0)) return false;
    std::array<pollfd, 2> waiting{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), static_cast<int>(left.count())) <= 0) return false;
    if (waiting[0].revents != 0) take_into(read_.out, out_);
    if (waiting[1].revents != 0) take_into(read_.err, err_);
    return true;
}

std::optional<std::string> Process::line(std::chrono::seconds within)
{
    const auto until = std::chrono::steady_clock::now() + within;
    while (read_.out.find('\n', told_) == std::string::npos)
        if (!read_more(until)) return std::nullopt;
    const auto end = read_.out.find('\n', told_);
    auto text = read_.out.substr(told_, end - told_);
    told_ = end + 1;
    return text;
}

void Process::signal(int number) const { ::kill(id_, number); }

Ended Process::wait(std::chrono::seconds within)
{
    const auto until = std::chrono::steady_clock::now() + within;
    while ((out_ >= 0 || err_ >= 0) && read_more(until)) {
    }
    if (out_ >= 0 || err_ >= 0) {
        ADD_FAILURE() << "it does not end; it wrote " << read_.out << read_.err;
        ::kill(id_, SIGKILL);
    }
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    read_.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return read_;
}

Ended run(const Words& arguments, const std::filesystem::path& folder, const Words& settings)
{
    Process process(arguments, folder, settings);
    return process.wait();
}

bool eventually(const std::function<bool()>& is_so, std::chrono::seconds within)
{
    const auto until = std::chrono::steady_clock::now() + within;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() >= until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return true;
}

Serving::Serving(const std::filesystem::path& data, const std::filesystem::path& folder, Words more)
    : process_(
          [&] {
              Words words{"serve", "--port", "0", "--data", data.string()};
              if (!std::ranges::count(more, "--log-level")) words.insert(words.end(), {"--log-level", "warn"});
              words.insert(words.end(), more.begin(), more.end());
              return words;
          }(),
          folder
      )
{
    while (const auto line = process_.line()) {
        const auto at = line->find(ready);
        if (at == std::string::npos) continue;
        port_ = static_cast<std::uint16_t>(std::stoi(line->substr(at + ready.size())));
        return;
    }
    const auto ended = process_.wait(std::chrono::seconds{1});
    ADD_FAILURE() << "the server did not start: " << ended.err;
}

Ended Serving::stop()
{
    process_.signal(SIGTERM);
    return process_.wait();
}

} // namespace dialpine::support
