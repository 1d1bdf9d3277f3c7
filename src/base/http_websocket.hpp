#pragma once
#include "base/http.hpp"
#include "base/http_wire.hpp"

namespace dialpine::http {

/// A WebSocket as the server has it.
class ServerSocket : public Socket {
public:
    /// Answers the request by the protocol's handshake. Throws where it asks for none.
    virtual Awaitable<void> accept(const Request&) = 0;
    /// Ends what waits on it, without a word.
    virtual void cut() = 0;
};

std::shared_ptr<ServerSocket> make_websocket(Wire);

} // namespace dialpine::http
