#include "command/control.hpp"

#include "base/json.hpp"
#include "base/log.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

namespace dialpine::command {
namespace {
constexpr std::string_view socket_name = "control.sock";
constexpr std::size_t most_line = 64 * 1024;

struct Wish {
    Arguments arguments;
};
BOOST_DESCRIBE_STRUCT(Wish, (), (arguments))

/// One line of the answer: `kind` is r(esult), m(essage), p(rogress) or x (the end).
struct Said {
    std::string kind;
    std::string text;
    double part = 0;
    int code = 0;
};
BOOST_DESCRIBE_STRUCT(Said, (), (kind, text, part, code))

sockaddr_un address_of(const std::filesystem::path& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string text = path.string();
    if (text.size() >= sizeof address.sun_path)
        throw std::runtime_error("The path of the data folder is too long for a socket: " + text);
    std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
    return address;
}

const sockaddr* plain(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

bool send_line(int socket, std::string line)
{
    line += '\n';
    std::string_view rest = line;
    while (!rest.empty()) {
        const auto sent = ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// The next line; absent at the end, or when it is too long.
std::optional<std::string> receive_line(int socket, std::string& waiting)
{
    while (true) {
        if (const auto end = waiting.find('\n'); end != std::string::npos) {
            std::string line = waiting.substr(0, end);
            waiting.erase(0, end + 1);
            return line;
        }
        if (waiting.size() > most_line) return std::nullopt;
        std::array<char, 4096> piece{};
        const auto count = ::recv(socket, piece.data(), piece.size(), 0);
        if (count <= 0) return std::nullopt;
        waiting.append(piece.data(), static_cast<std::size_t>(count));
    }
}

class SocketOutput : public Output {
public:
    explicit SocketOutput(int socket) : socket_(socket) {}
    void result(std::string_view line) override { send({"r", std::string(line), 0, 0}); }
    void message(std::string_view line) override { send({"m", std::string(line), 0, 0}); }
    void progress(double part, std::string_view step) override { send({"p", std::string(step), part, 0}); }
    void end(Exit code) { send({"x", "", 0, static_cast<int>(code)}); }

private:
    void send(const Said& line) const { send_line(socket_, json::to_json(line)); }
    int socket_;
};
} // namespace

ControlSocket::ControlSocket(const std::filesystem::path& data, Run run)
    : path_(data / socket_name), run_(std::move(run))
{
    std::filesystem::remove(path_); // left behind by a process that was killed: the folder's lock is ours
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = address_of(path_);
    if (listener_ < 0 || ::bind(listener_, plain(address), sizeof address) != 0 || ::chmod(path_.c_str(), 0600) != 0 ||
        ::listen(listener_, 8) != 0 || ::pipe(wake_) != 0)
        throw std::runtime_error("The control socket " + path_.string() + " cannot be made.");
    thread_ = std::thread([this] { accept_commands(); });
}

ControlSocket::~ControlSocket()
{
    const char byte = 0;
    if (::write(wake_[1], &byte, 1) != 1) log::say(log::Level::warn, "The control socket could not be woken");
    thread_.join();
    for (const int file : {listener_, wake_[0], wake_[1]}) ::close(file);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

void ControlSocket::accept_commands()
{
    while (true) {
        std::array<pollfd, 2> waiting{{{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        if (waiting[1].revents != 0) return;
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        serve_one(client);
        ::close(client);
    }
}

void ControlSocket::serve_one(int client) const
{
    SocketOutput output(client);
    try {
        std::string waiting;
        const auto line = receive_line(client, waiting);
        if (!line) return;
        output.end(run_(json::from_json<Wish>(*line).arguments, output));
    } catch (const std::exception& mistake) {
        output.message(mistake.what());
        output.end(Exit::failed);
    }
}

std::optional<Exit> ask_server(const std::filesystem::path& data, const Arguments& arguments, Output& output)
{
    const auto path = data / socket_name;
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = address_of(path);
    if (server < 0 || ::connect(server, plain(address), sizeof address) != 0) {
        ::close(server);
        return std::nullopt;
    }
    send_line(server, json::to_json(Wish{arguments}));
    std::string waiting;
    Exit exit = Exit::failed;
    bool has_ended = false;
    while (const auto line = receive_line(server, waiting)) {
        const auto said = json::from_json<Said>(*line);
        if (said.kind == "r") output.result(said.text);
        if (said.kind == "m") output.message(said.text);
        if (said.kind == "p") output.progress(said.part, said.text);
        if (said.kind == "x") {
            exit = static_cast<Exit>(said.code);
            has_ended = true;
        }
    }
    ::close(server);
    if (!has_ended) output.message("The server ended before the command did.");
    return exit;
}

} // namespace dialpine::command
