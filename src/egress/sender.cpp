#include "egress/sender.hpp"

#include "store/rows.hpp"

#include <curl/curl.h>

#include <memory>
#include <stdexcept>

namespace dialpine::egress {
namespace {
constexpr std::size_t most_answer_bytes = 64 * 1024;
constexpr long connect_patience_ms = 5'000;

/// The answer is not needed; one that is too long ends the transfer.
std::size_t drop(char*, std::size_t size, std::size_t count, void* received)
{
    auto& bytes = *static_cast<std::size_t*>(received);
    bytes += size * count;
    return bytes > most_answer_bytes ? 0 : size * count;
}

void initialise_curl()
{
    static const auto code = ::curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) throw std::runtime_error("libcurl does not start");
}

struct Close {
    void operator()(CURL* curl) const { ::curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
};

void set_up(CURL* curl, const Departure& departure, const HttpTransport::Settings& settings)
{
    ::curl_easy_setopt(curl, CURLOPT_URL, departure.url().c_str());
    ::curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https,http"); // http passed the gate for this machine alone
    ::curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    ::curl_easy_setopt(curl, CURLOPT_PROXY, "");
    ::curl_easy_setopt(curl, CURLOPT_NETRC, CURL_NETRC_IGNORED);
    ::curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    ::curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    ::curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    if (!settings.authorities.empty()) ::curl_easy_setopt(curl, CURLOPT_CAINFO, settings.authorities.c_str());
    ::curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    ::curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, std::min<long>(connect_patience_ms, settings.patience.count()));
    ::curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.patience.count()));
    ::curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(departure.body().size()));
    ::curl_easy_setopt(curl, CURLOPT_POSTFIELDS, departure.body().c_str());
    ::curl_easy_setopt(curl, CURLOPT_USERAGENT, "DialPine/" DIALPINE_VERSION);
}
} // namespace

HttpTransport::HttpTransport() : HttpTransport(Settings{}) {}
HttpTransport::HttpTransport(Settings settings) : settings_(std::move(settings)) { initialise_curl(); }

Reply HttpTransport::post(const Departure& departure)
{
    const std::unique_ptr<CURL, Close> curl(::curl_easy_init());
    if (!curl) throw std::runtime_error("libcurl has no handle");
    std::unique_ptr<curl_slist, Close> headers(::curl_slist_append(nullptr, "Content-Type: application/json"));
    std::size_t received = 0;
    set_up(curl.get(), departure, settings_);
    ::curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    ::curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &drop);
    ::curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &received);
    const auto code = ::curl_easy_perform(curl.get());
    if (code != CURLE_OK) return {0, ::curl_easy_strerror(code)};
    long status = 0;
    ::curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return {static_cast<int>(status), {}};
}

Reply Outbound::send(Departure departure)
{
    // A snapshot sees committed rows alone, and the mark is durable before the first byte: no crash sends unseen.
    const auto committed =
        database_.read([&](store::Read& read) { return store::find<Disclosure>(read, departure.id()); });
    if (!committed) throw std::logic_error("nothing leaves without its row in the ledger");
    const auto closed = database_.write([&](store::Write& write) {
        auto row = store::find<Disclosure>(write, departure.id());
        if (!row || row->state != DisclosureState::cleared) throw std::logic_error("a departure leaves once");
        const auto recipient = store::find<Recipient>(write, row->recipient_id);
        const auto why =
            recipient ? why_closed(*recipient, clock_now()) : std::string("This recipient is not registered.");
        row->state = why.empty() ? DisclosureState::sending : DisclosureState::failed;
        store::update(write, *row);
        return why;
    });
    if (!closed.empty()) throw no_way_out(closed);
    const auto reply = transport_.post(departure);
    database_.write([&](store::Write& write) {
        auto row = store::find<Disclosure>(write, departure.id());
        if (!row) return;
        row->state = reply.is_good() ? DisclosureState::sent : DisclosureState::failed;
        if (reply.status > 0) row->answer = reply.status;
        store::update(write, *row);
    });
    return reply;
}

} // namespace dialpine::egress
