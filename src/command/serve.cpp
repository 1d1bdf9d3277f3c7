#include "api/dispatch.hpp"
#include "api/erasures.hpp"
#include "base/clock_watch.hpp"
#include "base/log.hpp"
#include "base/scrub.hpp"
#include "command/commands.hpp"
#include "insight/statistics.hpp"
#include "people/invitations.hpp"
#include "store/rows.hpp"
#include "store/sealing.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <thread>

namespace dialpine::command {
namespace {
constexpr std::chrono::hours retention_step{1};
/// With what comes after it, the end takes five seconds at most.
constexpr std::chrono::seconds stop_deadline{4};
constexpr int heap_kept_bytes = 16 * 1024 * 1024;

/// A strict policy for the page: nothing from other hosts, no inline scripts, no frames.
const std::vector<http::Header> every_answer{
    {"X-Frame-Options", "DENY"}, // to browsers that do not know frame-ancestors
    {"Server", "dialpine"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"},
    {"Content-Security-Policy",
     "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src "
     "'self'; "
     "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
};

/// Says that there is no other way in; over plain HTTP a browser ignores it.
const http::Header no_way_but_tls{"Strict-Transport-Security", "max-age=31536000; includeSubDomains"};

/// Where people come by https, every answer is one over TLS, whatever the proxy says of it.
http::ServerSettings server_settings(const ServeSettings& settings, int threads)
{
    http::ServerSettings server{
        .host = settings.host,
        .port = static_cast<std::uint16_t>(settings.port),
        .threads = threads,
        .stop_deadline = stop_deadline,
        .every_answer = every_answer,
    };
    const bool is_https = settings.public_url.starts_with("https://");
    (is_https ? server.every_answer : server.every_secure_answer).push_back(no_way_but_tls);
    if (!settings.tls_certificate.empty()) server.tls = {settings.tls_certificate, settings.tls_key};
    for (const auto& proxy : settings.trusted_proxies) server.trusted_proxies.add(proxy);
    return server;
}

std::string_view scheme_of(const ServeSettings& settings)
{
    return settings.tls_certificate.empty() ? "http" : "https";
}

/// What is sent in the clear over a network can be read and changed by whoever stands on the way.
void warn_of_plain_http(const ServeSettings& settings, Output& output)
{
    Networks own;
    own.add("127.0.0.0/8");
    own.add("::1");
    if (own.contains(settings.host) || scheme_of(settings) == "https" || settings.public_url.starts_with("https://")) return;
    output.message(fmt::format(
        "Warning: {} is reached over the network without TLS, so passwords and everything else can be read on the way, and "
        "browsers do not stay signed in. Give --tls-certificate and --tls-key, or put a proxy with TLS before it and say "
        "--public-url https://...",
        settings.host
    ));
}

/// Each connection is a file; the system lets a program have more than it begins with. Gives how many connections that
/// is: some files are left for the database, uploads and whoever reads.
std::size_t allow_many_files()
{
    constexpr rlim_t other_files = 128;
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return std::numeric_limits<std::size_t>::max();
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    return files.rlim_max - std::min(other_files, files.rlim_max / 2);
}

log::Level to_level(const std::string& name)
{
    if (name == "debug") return log::Level::debug;
    if (name == "warn") return log::Level::warn;
    if (name == "error") return log::Level::error;
    return name == "off" ? log::Level::off : log::Level::info;
}

std::string public_url_of(const ServeSettings& settings, int port)
{
    if (!settings.public_url.empty()) return settings.public_url;
    const std::string host = settings.host == "0.0.0.0" || settings.host == "::" ? "localhost" : settings.host;
    return fmt::format("{}://{}:{}", scheme_of(settings), host, port);
}

std::vector<privacy::Offer> offers_of(const std::vector<std::string>& texts)
{
    std::vector<privacy::Offer> offers;
    for (const auto& text : texts) {
        const auto offer = privacy::parse_offer(text);
        if (!offer) throw Problem::invalid("--offer", "must be PAGE: TEXT, with a page as --help lists them");
        offers.push_back(*offer);
    }
    return offers;
}

/// The file that was named, or the one that the set-up puts beside the program.
std::filesystem::path country_database_of(const ServeSettings& settings)
{
    if (!settings.country_database.empty()) return settings.country_database;
    std::error_code unknown;
    return std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path() / "country.mmdb";
}

/// Signals and the jobs of the house, on a thread of their own.
class Keeper {
public:
    Keeper(api::House& house, http::Server& server)
        : house_(house), clock_(api::last_written(house)), signals_(context_, SIGINT, SIGTERM), timer_(context_)
    {
        signals_.async_wait([this, &server](boost::system::error_code error, int) {
            if (error) return;
            log::say(log::Level::info, "Stopping");
            house_.is_ending = true;
            server.stop();
            timer_.cancel();
        });
        keep_retention();
        thread_ = std::thread([this] { context_.run(); });
    }
    ~Keeper()
    {
        context_.stop();
        thread_.join();
    }
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

private:
    void keep_retention()
    {
        if (clock_.is_trusted()) {
            count_days();
            api::keep_periods(house_);
        } else
            log::say(log::Level::error, "The machine's clock is odd: nothing is removed for its age", clock_.why_not());
        timer_.expires_after(retention_step);
        timer_.async_wait([this](boost::system::error_code error) {
            if (!error) keep_retention();
        });
    }

    /// Before the period of anything that they are counted from ends.
    void count_days()
    {
        try {
            house_.insight.settle();
            house_.database.write([](store::Write& write) { insight::close_days(write, clock_now()); });
        } catch (const std::exception& failure) {
            log::say(log::Level::error, "A day's statistics could not be counted", failure.what());
        }
    }

    api::House& house_;
    ClockWatch clock_;
    boost::asio::io_context context_;
    boost::asio::signal_set signals_;
    boost::asio::steady_timer timer_;
    std::thread thread_;
};
} // namespace

Exit serve(const ServeSettings& settings, Output& output)
{
    scrub_freed_memory();
    ::prctl(PR_SET_DUMPABLE, 0);                  // a core dump would hold keys and names
    ::mallopt(M_ARENA_MAX, 2);                    // glibc keeps a heap for each thread otherwise
    ::mallopt(M_TRIM_THRESHOLD, heap_kept_bytes); // giving memory back only to take it again costs more than it saves
    const bool is_json = settings.log_format == "json" || (settings.log_format == "auto" && !isatty(STDERR_FILENO));
    log::start(to_level(settings.log_level), is_json, std::chrono::milliseconds(settings.slow_request_ms));
    if constexpr (!store::is_sealing)
        output.message("This program was built to measure and seals nothing: give it no data of real people.");
    const int threads =
        settings.threads > 0 ? settings.threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));

    api::House house({
        .data = settings.data,
        .public_url = public_url_of(settings, settings.port),
        .controller = settings.controller,
        .offers = offers_of(settings.offers),
        .country_database = country_database_of(settings),
        .sign_up = settings.sign_up == "invited" ? people::SignUp::invited : people::SignUp::open,
        .inactivity = {.erase_after = std::chrono::months{settings.inactive_months}},
        .second_factor = settings.require_second_factor == "operators" ? people::SecondFactorRule::operators
                                                                       : people::SecondFactorRule::nobody,
        .is_demo = settings.demo,
        .threads = threads,
    });
    if (settings.demo) fill_demo(house, output);
    api::Dispatcher dispatcher(house);
    warn_of_plain_http(settings, output);
    auto listening = server_settings(settings, threads);
    listening.most_connections = allow_many_files();
    http::Server server(
        std::move(listening),
        [&](const http::Request& request, http::Body& body) { return dispatcher.answer(request, body); },
        house.slow
    );
    try {
        server.listen();
    } catch (const std::system_error& failure) {
        output.message(fmt::format("The address {}:{} cannot be used: {}", settings.host, settings.port, failure.what())
        );
        return Exit::failed;
    }
    people::set_public_url(public_url_of(settings, server.port())); // any free port is known only now
    const ControlSocket control(settings.data, [&](const Arguments& arguments, Output& to) {
        return run_on_house(arguments, house, to);
    });
    const Keeper keeper(house, server);
    output.result(fmt::format("DialPine {} serves on {}://{}:{}", DIALPINE_VERSION, scheme_of(settings), settings.host, server.port()));
    ::malloc_trim(0); // starting up needed more than resting does
    server.run();
    house.finish_work();
    output.message("Stopped.");
    return Exit::done;
}

} // namespace dialpine::command
