#pragma once
#include "base/http.hpp"
#include "base/http_wire.hpp"

namespace dialpine::http {

/// Reads requests off a wire, one after the other, each with its body. What is not HTTP to the letter is refused where
/// two readers could understand it differently.
class Reader final : public Body {
public:
    /// `peer`: the address that the wire comes from. Wire and settings must outlive the reader.
    Reader(Wire&, const ServerSettings&, std::string peer);
    ~Reader() override;

    /// Waits for the next request's first bytes, with as little memory as can be. False when none come.
    Awaitable<bool> wait();
    /// Reads a request's head. False when the other side has gone or is too slow. Throws Problem for what is refused.
    Awaitable<bool> read_head();
    /// The request whose head was read.
    [[nodiscard]] const Request& request() const { return request_; }
    [[nodiscard]] unsigned version() const; ///< 10 or 11
    [[nodiscard]] bool wants_more() const;  ///< whether the asker would send another one

    /// Throws Problem 400 where the body is broken off or not in order, 408 where it comes too slowly, 413.
    Awaitable<std::string> read_all(std::size_t limit) override;
    Awaitable<std::string> read_some(std::size_t limit) override;
    /// Whether nothing more can come: the other side has ended, or was too slow.
    [[nodiscard]] bool is_over() const { return is_over_; }
    /// Takes what the handler left of the body, where that is worth the wait. Whether another request can follow.
    Awaitable<bool> finish();

private:
    struct Parsing;

    Awaitable<bool> fill(std::size_t most);
    [[nodiscard]] bool waits_for_continue() const;
    Awaitable<void> say_continue();
    [[nodiscard]] std::size_t parse_body(std::string& piece);
    Awaitable<void> wait_for_body();
    [[nodiscard]] bool is_nearly_here() const;

    Wire& wire_;
    const ServerSettings& settings_;
    std::string peer_;
    std::unique_ptr<Parsing> parsing_;
    Request request_;
    bool is_over_ = false;

    // Of the body:
    std::size_t taken_ = 0;    ///< bytes of it
    std::size_t overhead_ = 0; ///< bytes around it: what chunks are framed by
    std::chrono::steady_clock::duration waited_{0};
    bool has_continued_ = false;
};

} // namespace dialpine::http
