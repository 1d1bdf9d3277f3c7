#include "base/http.hpp"

#include "base/http_connection.hpp"
#include "base/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/status.hpp>

#include <thread>
#include <utility>

namespace dialpine::http {
namespace asio = boost::asio;
using asio::redirect_error;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;

std::string_view Request::header(std::string_view lower_case_name) const
{
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return {};
}

std::string_view reason_of(int status)
{
    const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    return {reason.data(), reason.size()};
}

namespace {
/// How exactly deadlines are kept.
constexpr std::chrono::milliseconds look_at_deadlines{250};

std::string lines_of(const std::vector<Header>& headers)
{
    std::string lines;
    for (const auto& [name, value] : headers) lines.append(name).append(": ").append(value).append("\r\n");
    return lines;
}

void note_end(std::exception_ptr end)
{
    if (!end) return;
    try {
        std::rethrow_exception(end);
    } catch (const std::exception& failure) {
        log::say(log::Level::debug, "A connection ended early", failure.what());
    }
}

/// Where there is no memory left, what was begun ends, and not the server.
void run_on(Core& core)
{
    while (!core.context.stopped()) {
        try {
            core.context.run();
        } catch (const std::bad_alloc&) {
            log::say(log::Level::error, "There is no memory left", "a connection was cut off for it");
        }
    }
}

/// As long as there are connections; a server that rests does not wake.
Awaitable<void> keep_deadlines(Core& core)
{
    if (std::exchange(core.is_watched, true)) co_return;
    asio::steady_timer timer(core.context);
    while (!core.places.empty()) {
        timer.expires_after(look_at_deadlines);
        co_await timer.async_wait(use_awaitable);
        const auto now = Wire::Clock::now();
        for (const auto& place : core.places)
            if (place.wire) place.wire->keep_deadline(now);
    }
    core.is_watched = false;
}
} // namespace

struct Server::Inside {
    Everyone everyone;
    std::vector<std::unique_ptr<Core>> cores;
    std::unique_ptr<tcp::acceptor> acceptor;
    std::optional<Certificates> certificates;
    std::size_t next_core = 0;
    bool is_full = false; ///< nobody new can be taken at the moment

    Awaitable<void> accept()
    {
        while (!everyone.is_stopping) {
            std::string why;
            try {
                if (everyone.open >= everyone.settings.most_connections)
                    why = "as many are open as the limit on open files allows";
                else if (const auto error = co_await accept_one(); error == asio::error::operation_aborted)
                    co_return;
                else if (error) // out of files or memory
                    why = error.message();
            } catch (const std::bad_alloc&) {
                why = "there is no memory left";
            }
            if (!why.empty())
                co_await wait_for_room(why);
            else if (std::exchange(is_full, false))
                log::say(log::Level::info, "New connections are taken again");
        }
    }

    Awaitable<error_code> accept_one()
    {
        Core& core = *cores[next_core++ % cores.size()];
        error_code error;
        tcp::socket socket = co_await acceptor->async_accept(core.context, redirect_error(use_awaitable, error));
        if (error) co_return error;
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        auto begin = [this, &core, seat = Seat(everyone.open), socket = std::move(socket), certificate = certificate()]() mutable {
            auto talk = converse(everyone, core, std::move(seat), std::move(socket), std::move(certificate));
            asio::co_spawn(core.context, std::move(talk), note_end);
            if (!core.is_watched) asio::co_spawn(core.context, keep_deadlines(core), note_end);
        };
        asio::post(core.context, std::move(begin));
        co_return error;
    }

    /// Others may end soon.
    Awaitable<void> wait_for_room(std::string_view why)
    {
        if (!std::exchange(is_full, true)) log::say(log::Level::warn, "New connections have to wait", why);
        error_code ignored;
        asio::steady_timer pause(acceptor->get_executor(), std::chrono::milliseconds(50));
        co_await pause.async_wait(redirect_error(use_awaitable, ignored));
    }

    std::shared_ptr<asio::ssl::context> certificate() { return certificates ? certificates->current() : nullptr; }

    /// On the core's own thread: closes what waits, lets run what runs.
    static void close_idle(Core& core)
    {
        for (auto& place : core.places) {
            if (place.wire && place.is_idle) place.wire->cancel();
            if (const auto socket = place.socket.lock()) socket->cut();
        }
        core.work.reset();
    }
};

Server::Server(ServerSettings settings, Handler handler, asio::thread_pool& pool)
    : inside_(new Inside{{std::move(settings), std::move(handler), pool, {}, {}, {}, {}}, {}, nullptr, {}})
{
    auto& everyone = inside_->everyone;
    for (int i = 0; i < std::max(1, everyone.settings.threads); ++i) inside_->cores.push_back(std::make_unique<Core>());
    everyone.fixed_headers = lines_of(everyone.settings.every_answer);
    everyone.fixed_secure_headers = everyone.fixed_headers + lines_of(everyone.settings.every_secure_answer);
}

Server::~Server() = default;

void Server::listen()
{
    const auto& settings = inside_->everyone.settings;
    if (settings.tls) inside_->certificates.emplace(*settings.tls);
    try {
        const tcp::endpoint endpoint(asio::ip::make_address(settings.host), settings.port);
        inside_->acceptor = std::make_unique<tcp::acceptor>(inside_->cores.front()->context, endpoint);
    } catch (const boost::system::system_error& failure) {
        throw std::system_error(failure.code());
    }
    asio::co_spawn(inside_->cores.front()->context, inside_->accept(), [](std::exception_ptr) {});
}

std::uint16_t Server::port() const { return inside_->acceptor->local_endpoint().port(); }
std::size_t Server::connections() const { return inside_->everyone.open; }

void Server::run()
{
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < inside_->cores.size(); ++i)
        threads.emplace_back([&core = *inside_->cores[i]] { run_on(core); });
    run_on(*inside_->cores.front());
    for (auto& thread : threads) thread.join();
}

void Server::stop()
{
    if (inside_->everyone.is_stopping.exchange(true)) return;
    asio::post(inside_->cores.front()->context, [inside = inside_.get()] {
        error_code ignored;
        inside->acceptor->close(ignored);
    });
    for (const auto& core : inside_->cores) {
        asio::post(core->context, [&core = *core, deadline = inside_->everyone.settings.stop_deadline] {
            Inside::close_idle(core);
            // What still runs after the deadline is cut off with the context. The timer itself keeps nothing alive.
            auto timer = std::make_shared<asio::steady_timer>(core.context, deadline);
            timer->async_wait([&core, timer](error_code) { core.context.stop(); });
            auto check = std::make_shared<asio::steady_timer>(core.context);
            auto look = [&core, check, timer](auto&& self) -> void {
                if (core.places.empty()) {
                    timer->cancel();
                    core.context.stop();
                    return;
                }
                check->expires_after(std::chrono::milliseconds(10));
                check->async_wait([self](error_code) { self(self); });
            };
            look(look);
        });
    }
}

} // namespace dialpine::http
