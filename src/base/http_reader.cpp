#include "base/http_reader.hpp"

#include "base/problem.hpp"
#include "base/text.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace dialpine::http {
namespace asio = boost::asio;
namespace bhttp = boost::beast::http;
using asio::redirect_error;
using asio::use_awaitable;
using boost::system::error_code;

namespace {
using Parser = bhttp::request_parser<bhttp::buffer_body>;

constexpr std::size_t least_buffer = 2048; ///< holds the head of most requests
constexpr std::size_t most_buffer = 128 * 1024;
constexpr std::size_t body_piece = 64 * 1024;
constexpr std::size_t most_worth_draining = 64 * 1024;
/// A chunk of one byte is framed by five; much more than that for each byte is meant to keep the server busy.
constexpr std::size_t overhead_for_each_byte = 8;

Verb to_verb(bhttp::verb verb)
{
    switch (verb) {
    case bhttp::verb::get: return Verb::get;
    case bhttp::verb::head: return Verb::head;
    case bhttp::verb::post: return Verb::post;
    case bhttp::verb::put: return Verb::put;
    case bhttp::verb::patch: return Verb::patch;
    case bhttp::verb::delete_: return Verb::delete_;
    case bhttp::verb::options: return Verb::options;
    default: return Verb::other;
    }
}

Problem not_understood(std::string detail) { return Problem::bad_request("bad-request", std::move(detail)); }

Problem refusal_of(error_code error)
{
    if (error == bhttp::error::header_limit || error == bhttp::error::buffer_overflow)
        return {431, "headers-too-large", "Too many headers", "The request's head is larger than is taken here."};
    return not_understood("The request's head is not HTTP: " + error.message() + ".");
}

/// A header that must not come twice, since each reader would choose another one of them.
std::optional<std::string_view> only(const Request& request, std::string_view name)
{
    std::optional<std::string_view> found;
    for (const auto& [each, value] : request.headers) {
        if (each != name) continue;
        if (found) throw not_understood("The header " + std::string(name) + " came more than once.");
        found = value;
    }
    return found;
}

bool is_authority(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) ||
               std::string_view("-._~%!$&'()*+,;=:[]").find(c) != std::string_view::npos;
    });
}

/// The forms of RFC 9112, 3.2: of an absolute one, the authority counts and the header does not.
void read_target(Request& request)
{
    std::string_view target = request.target;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (to_lower_ascii(target.substr(0, scheme.size())) != scheme) continue;
        target.remove_prefix(scheme.size());
        const auto end = std::min(target.find_first_of("/?"), target.size());
        if (!is_authority(target.substr(0, end))) throw not_understood("The request's target names no host.");
        for (auto& [name, value] : request.headers)
            if (name == "host") value = std::string(target.substr(0, end));
        target.remove_prefix(end);
        request.target = (target.starts_with('/') ? "" : "/") + std::string(target);
        break;
    }
    const bool is_of_the_server = request.target == "*" && request.verb == Verb::options;
    if (!request.target.starts_with('/') && !is_of_the_server)
        throw not_understood("The request's target is neither a path nor an address.");
    const auto question = request.target.find('?');
    request.path = request.target.substr(0, question);
    if (question != std::string::npos) request.query = request.target.substr(question + 1);
}

void check_framing(const Request& request, unsigned version)
{
    if (const auto coding = only(request, "transfer-encoding")) {
        if (version < 11) throw not_understood("HTTP/1.0 has no Transfer-Encoding.");
        if (to_lower_ascii(*coding) != "chunked")
            throw Problem(
                501, "no-such-coding", "Not a coding that is taken here", "The only Transfer-Encoding is chunked."
            );
    }
    only(request, "content-length");
    if (const auto coding = only(request, "content-encoding"); coding && to_lower_ascii(*coding) != "identity")
        throw Problem(
            415, "unsupported-media-type", "Compressed bodies are not taken", "Send the body without Content-Encoding."
        );
    if (const auto expected = only(request, "expect");
        expected && version >= 11 && to_lower_ascii(*expected) != "100-continue")
        throw Problem(417, "no-such-expectation", "Nothing that is done here", "The only Expect is 100-continue.");
}

void check_head(const Request& request, unsigned version)
{
    const auto host = only(request, "host");
    if (!host && version >= 11) throw not_understood("The request has no Host.");
    if (host && !is_authority(*host)) throw not_understood("The request's Host is none.");
    check_framing(request, version);
}

/// What proxies say of the asker counts where they are trusted, else nothing of it.
void read_forwarded(Request& request, const Networks& trusted)
{
    if (trusted.empty() || !trusted.contains(request.address)) return;
    std::string addresses;
    for (const auto& [name, value] : request.headers) {
        if (name == "x-forwarded-for") addresses += (addresses.empty() ? "" : ",") + value;
        // The last is what the proxy itself wrote.
        if (name == "x-forwarded-proto") request.is_secure = to_lower_ascii(trimmed(value)).ends_with("https");
    }
    request.address = forwarded_address(trusted, request.address, addresses);
}
} // namespace

struct Reader::Parsing {
    boost::beast::flat_buffer buffer{most_buffer};
    std::optional<Parser> parser;
};

Reader::Reader(Wire& wire, const ServerSettings& settings, std::string peer)
    : wire_(wire), settings_(settings), peer_(std::move(peer)), parsing_(std::make_unique<Parsing>())
{
}
Reader::~Reader() = default;

unsigned Reader::version() const { return parsing_->parser->get().version(); }
bool Reader::wants_more() const { return parsing_->parser->get().keep_alive(); }

Awaitable<bool> Reader::fill(std::size_t most)
{
    auto& buffer = parsing_->buffer;
    error_code error;
    const auto room = buffer.prepare(std::min(most, buffer.max_size() - buffer.size()));
    const auto count = co_await wire_.async_read_some(room, redirect_error(use_awaitable, error));
    buffer.commit(count);
    is_over_ = static_cast<bool>(error); // to read on would wait for an end that has been
    co_return !error;
}

Awaitable<bool> Reader::wait()
{
    parsing_->parser.reset();
    request_ = {};
    auto& buffer = parsing_->buffer;
    if (buffer.size() > 0) co_return true; // it came together with the one before
    if (buffer.capacity() > least_buffer) buffer.shrink_to_fit();
    wire_.expires_after(settings_.idle_deadline);
    co_return co_await fill(least_buffer);
}

Awaitable<bool> Reader::read_head()
{
    auto& buffer = parsing_->buffer;
    auto& parser = parsing_->parser.emplace();
    parser.header_limit(static_cast<std::uint32_t>(settings_.most_header_bytes));
    parser.body_limit(boost::none);
    wire_.expires_after(settings_.header_deadline);
    while (true) {
        error_code error;
        buffer.consume(parser.put(buffer.data(), error));
        if (parser.is_header_done()) break;
        if (error && error != bhttp::error::need_more) throw refusal_of(error);
        if (buffer.size() == buffer.max_size()) throw refusal_of(bhttp::error::buffer_overflow);
        if (!co_await fill(std::max(least_buffer, buffer.size()))) co_return false;
    }
    wire_.expires_never();
    parser.eager(true);
    taken_ = overhead_ = 0;
    waited_ = {};
    has_continued_ = false;

    const auto& message = parser.get();
    request_.verb = to_verb(message.method());
    request_.target = std::string(message.target());
    request_.address = peer_;
    request_.is_secure = wire_.is_secure();
    for (const auto& field : message)
        request_.headers.emplace_back(
            to_lower_ascii({field.name_string().data(), field.name_string().size()}), field.value()
        );
    check_head(request_, message.version());
    read_target(request_);
    read_forwarded(request_, settings_.trusted_proxies);
    co_return true;
}

Awaitable<std::string> Reader::read_all(std::size_t limit)
{
    const auto length = parsing_->parser->content_length();
    std::string whole;
    if (length && *length <= limit) whole.reserve(std::min<std::size_t>(*length, body_piece));
    while (true) {
        const std::string piece = co_await read_some(limit);
        if (piece.empty()) break;
        whole += piece;
    }
    co_return whole;
}

Awaitable<std::string> Reader::read_some(std::size_t limit)
{
    auto& parser = *parsing_->parser;
    const auto check_size = [&](std::uint64_t size) {
        if (size > limit) throw Problem::too_large("At most " + std::to_string(limit) + " bytes are taken here.");
    };
    if (const auto length = parser.content_length()) check_size(*length);
    if (parser.is_done()) co_return std::string();
    co_await say_continue();
    std::string piece(std::min(body_piece, limit - std::min(limit, taken_) + 1), '\0');
    std::size_t filled = 0;
    while (true) {
        filled = parse_body(piece);
        if (filled > 0 || parser.is_done()) break;
        co_await wait_for_body();
    }
    taken_ += filled;
    check_size(taken_);
    piece.resize(filled);
    co_return piece;
}

/// Takes what has come into the piece; how many bytes that were.
std::size_t Reader::parse_body(std::string& piece)
{
    auto& buffer = parsing_->buffer;
    auto& parser = *parsing_->parser;
    if (buffer.size() == 0) return 0;
    parser.get().body().data = piece.data();
    parser.get().body().size = piece.size();
    error_code error;
    const auto used = parser.put(buffer.data(), error);
    buffer.consume(used);
    const std::size_t filled = piece.size() - parser.get().body().size;
    overhead_ += used - filled;
    if (error && error != bhttp::error::need_more && error != bhttp::error::need_buffer)
        throw not_understood("The request's body is not in order: " + error.message() + ".");
    if (overhead_ > most_worth_draining + overhead_for_each_byte * (taken_ + filled) ||
        buffer.size() == buffer.max_size())
        throw not_understood("The request's body is framed by more bytes than it has.");
    return filled;
}

/// However little comes at a time, all of it must come at a pace.
Awaitable<void> Reader::wait_for_body()
{
    const auto started = Wire::Clock::now();
    const std::chrono::milliseconds earned(taken_ * 1000 / settings_.least_bytes_a_second);
    wire_.expires_after(
        settings_.body_deadline + std::min<Wire::Clock::duration>(earned - waited_, Wire::Clock::duration{0})
    );
    const bool came = co_await fill(body_piece);
    const bool is_late = wire_.is_late();
    wire_.expires_never();
    waited_ += Wire::Clock::now() - started;
    if (came) co_return;
    if (is_late) throw Problem(408, "request-timeout", "Too slow", "The rest of the request did not come in time.");
    throw not_understood("The connection ended before the request's body did.");
}

bool Reader::waits_for_continue() const { return !request_.header("expect").empty() && version() >= 11; }

Awaitable<void> Reader::say_continue()
{
    if (has_continued_ || !waits_for_continue()) co_return;
    has_continued_ = true;
    static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
    error_code gone;
    wire_.expires_after(settings_.body_deadline);
    co_await asio::async_write(wire_, asio::buffer(line), redirect_error(use_awaitable, gone));
}

/// Little of it is left, and the other side does not wait to be asked for it.
bool Reader::is_nearly_here() const
{
    const auto left = parsing_->parser->content_length_remaining();
    return left && *left <= most_worth_draining && (has_continued_ || !waits_for_continue());
}

Awaitable<bool> Reader::finish()
{
    if (parsing_->parser->is_done()) co_return true;
    if (is_over_ || !is_nearly_here()) co_return false;
    try {
        while (!(co_await read_some(taken_ + most_worth_draining)).empty()) {
        }
    } catch (const Problem&) {
        co_return false;
    }
    co_return true;
}

} // namespace dialpine::http
