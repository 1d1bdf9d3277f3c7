#pragma once
#include "command/output.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

/// The socket in the data folder by which the command line asks a running server. Only the folder's owner may use it.
namespace dialpine::command {

using Arguments = std::vector<std::string>;

/// Takes commands while the server runs.
class ControlSocket {
public:
    using Run = std::function<Exit(const Arguments&, Output&)>;
    /// Throws std::runtime_error if the socket cannot be made.
    ControlSocket(const std::filesystem::path& data, Run run);
    ~ControlSocket();
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;

private:
    void accept_commands();
    void serve_one(int client) const;

    std::filesystem::path path_;
    Run run_;
    int listener_ = -1;
    int wake_[2] = {-1, -1};
    std::thread thread_;
};

/// Has the server that holds the data folder run the command; absent when there is none.
std::optional<Exit> ask_server(const std::filesystem::path& data, const Arguments&, Output&);

} // namespace dialpine::command
