#include "privacy/records.hpp"

#include "api/dispatch.hpp"
#include "api/resources.hpp"

namespace dialpine::api {
namespace {
struct FormatQuery {
    std::optional<std::string> format; ///< json, csv, jsonld
};
BOOST_DESCRIBE_STRUCT(FormatQuery, (), (format))

http::Response text_response(std::string_view type, std::string body)
{
    http::Response response;
    response.status = 200;
    response.body = std::move(body);
    response.set("Content-Type", std::string(type));
    return response;
}

/// By `?format=`, else by `Accept`; the first of `known` when neither says.
std::string format_of(const Call& call, std::initializer_list<std::pair<std::string_view, std::string_view>> known)
{
    if (const auto wish = from_query<FormatQuery>(call.request.query).format) {
        for (const auto& [name, type] : known)
            if (name == *wish) return *wish;
        throw Problem::invalid("?format", "is not a format of this record");
    }
    const auto accepted = call.request.header("accept");
    for (const auto& [name, type] : known)
        if (accepted.find(type) != std::string_view::npos) return std::string(name);
    return std::string(known.begin()->first);
}

Awaitable<http::Response> find_processing_record(House& house, const Call& call, http::Body&)
{
    const auto recipients = house.database.read([](store::Read& read) { return privacy::all_recipients(read); });
    const auto record = privacy::processing_record(house.settings.controller, recipients);
    const auto format =
        format_of(call, {{"json", "application/json"}, {"csv", "text/csv"}, {"jsonld", "application/ld+json"}});
    if (format == "csv") co_return text_response("text/csv; charset=utf-8", privacy::to_csv(record));
    if (format == "jsonld") co_return text_response("application/ld+json", privacy::to_json_ld(record));
    co_return json_response(200, json::to_json(record));
}

Awaitable<http::Response> find_dataset(House&, const Call& call, http::Body&)
{
    format_of(call, {{"yaml", "application/yaml"}});
    co_return text_response("application/yaml", privacy::dataset_yaml());
}

Awaitable<http::Response> find_categories_report(House& house, const Call& call, http::Body&)
{
    const auto recipients = house.database.read([](store::Read& read) { return privacy::all_recipients(read); });
    const auto report = privacy::categories_report(std::chrono::floor<std::chrono::days>(clock_now()), recipients);
    if (format_of(call, {{"json", "application/json"}, {"csv", "text/csv"}}) == "csv")
        co_return text_response("text/csv; charset=utf-8", privacy::to_csv(report));
    co_return json_response(200, json::to_json(report));
}
} // namespace

void add_record_routes(std::vector<Route>& routes)
{
    using http::Verb;
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(custom_route<find_processing_record, void, privacy::ProcessingRecord, FormatQuery>(Verb::get, "/records/processing", Needs::nothing, "Read the record of processing activities"));
    add(custom_route<find_dataset, void, void>                                            (Verb::get, "/records/dataset",    Needs::nothing, "Read the data map as a Fides dataset").answering(200));
    add(custom_route<find_categories_report, void, privacy::CategoriesReport, FormatQuery>(Verb::get, "/records/categories", Needs::nothing, "Read which categories were collected in the last twelve months"));
    // clang-format on
}

} // namespace dialpine::api
