#include "work/attachments.hpp"

#include "api/byte_range.hpp"
#include "api/dispatch.hpp"
#include "api/resources.hpp"
#include "base/elsewhere.hpp"
#include "base/log.hpp"
#include "base/media_type.hpp"
#include "links/spool.hpp"
#include "store/await.hpp"
#include "store/rows.hpp"
#include "work/file_name.hpp"

#include <charconv>

namespace dialpine::api {
namespace {
using http::Verb;

/// A multipart body's own lines come on top.
constexpr std::size_t most_upload_bytes = work::most_file_bytes + std::size_t{64} * 1024;
/// What stays free for the database, whatever is uploaded.
constexpr std::uint64_t least_free_bytes = std::uint64_t{256} * 1024 * 1024;

struct UploadQuery {
    std::optional<std::string> name; ///< of a file that is the body itself
};
BOOST_DESCRIBE_STRUCT(UploadQuery, (), (name))

Problem too_large() { return Problem::too_large("A file can have 100 MB."); }

/// Before the first byte is taken: nobody sends 100 MB to hear that they are too many.
void check_room(House& house, const Call& call)
{
    const auto header = call.request.header("content-length");
    std::uint64_t bytes = 0;
    std::from_chars(header.data(), header.data() + header.size(), bytes);
    if (bytes > most_upload_bytes) throw too_large();
    // Twice: sealed as it comes, and as it stays.
    if (house.database.blobs().free_bytes() < 2 * bytes + least_free_bytes)
        throw Problem(507, "no-room", "No room for it", "The server's disk has no room for files. Tell its operator.");
}

Awaitable<http::Response> create_attachment(House& house, const Call& call, http::Body& body)
{
    const auto query = from_query<UploadQuery>(call.request.query);
    const auto ref = from_path<work::TaskRef>(call.path_values.at(1));
    const auto actor = *call.actor;
    const auto task = house.database.read([&](store::Read& read) {
        return work::open_task_of(read, actor.workspace, ref).id;
    });
    check_room(house, call);
    const auto taken = co_await take_upload(house, call, body, most_upload_bytes);
    if (taken.file->size() > work::most_file_bytes) throw too_large();
    auto name = query.name ? work::file_name_of(*query.name, "?name") : work::file_name_of(taken.name, "/file");
    const auto stored = co_await elsewhere(house.slow, [&] {
        return work::store_file(house.database, actor, task, name, *taken.file);
    });
    auto create = [&](store::Write& write) {
        auto again = call; // an upload takes its time, in which a membership can end
        authorise(write, Needs::member, again);
        return work::create_attachment(write, *again.actor, stored->row());
    };
    const auto view = co_await store::write(house.database, std::move(create));
    stored->keep();
    if (house.insight.switches.of(house.database, actor.person).on.has(privacy::Purpose::usage_statistics))
        house.insight.attached(actor.person, view.media_type, view.size);
    auto response = json_response(201, json::to_json(view));
    response.set("ETag", etag_of(response.body));
    response.set(
        "Location",
        fmt::format("/api/v1/workspaces/{}/attachments/{}", to_text(actor.workspace), to_text(view.id))
    );
    co_return response;
}

/// Never run as a script: in a frame of its own without rights, and as a download unless it is a picture of a kind that
/// holds nothing to run.
void add_file_headers(http::Response& response, const work::Attachment& row)
{
    const bool is_shown = is_safe_picture(row.media_type);
    response.set("Content-Type", is_shown ? row.media_type : "application/octet-stream");
    response.set("Content-Disposition", work::disposition_of(is_shown ? "inline" : "attachment", work::shown_name(row)));
    response.set("Content-Security-Policy", "sandbox; default-src 'none'");
    response.set("Cache-Control", "private, no-cache");
    response.set("Accept-Ranges", "bytes");
    response.set("ETag", '"' + to_text(row.id) + '"'); // a file never changes
}

/// The range that is to be sent: none when `If-Range` names another file.
std::optional<ByteRange> wished_range(const Call& call, const std::string& etag, std::uint64_t size)
{
    const auto only_of = call.request.header("if-range");
    if (!only_of.empty() && only_of != etag) return std::nullopt;
    return range_of(call.request.header("range"), size);
}

/// Gives `left` bytes from where the reader stands; `first` was read already.
http::Pieces pieces_of(std::shared_ptr<store::BlobReader> reader, std::string first, std::uint64_t left)
{
    return [reader = std::move(reader), waiting = std::move(first), left]() mutable {
        std::string piece = waiting.empty() && left > 0 ? reader->next() : std::exchange(waiting, {});
        if (piece.size() > left) piece.resize(left);
        left -= piece.size();
        return piece;
    };
}

http::Response nothing_there(std::uint64_t size, const Problem& problem)
{
    auto response = problem_response(problem);
    response.set("Content-Range", fmt::format("bytes */{}", size));
    return response;
}

http::Response file_response(const work::Attachment& row, store::BlobReader reader, const Call& call)
{
    const std::string etag = '"' + to_text(row.id) + '"';
    const auto size = reader.size();
    std::optional<ByteRange> range;
    try {
        range = wished_range(call, etag, size);
    } catch (const Problem& problem) {
        return nothing_there(size, problem);
    }
    http::Response response;
    add_file_headers(response, row);
    const ByteRange sent = range.value_or(ByteRange{0, size - 1});
    if (range) {
        response.status = 206;
        response.set("Content-Range", fmt::format("bytes {}-{}/{}", sent.first, sent.last, size));
    }
    reader.seek(sent.first);
    auto shared = std::make_shared<store::BlobReader>(std::move(reader));
    auto first = shared->next(); // while there can still be another answer
    response.length = sent.last - sent.first + 1;
    response.pieces = pieces_of(std::move(shared), std::move(first), *response.length);
    return response;
}

Awaitable<http::Response> find_attachment_file(House& house, const Call& call, http::Body&)
{
    const auto id = from_path<AttachmentId>(call.path_values.at(1));
    const auto row = house.database.read([&](store::Read& read) {
        return work::attachment_of(read, call.actor->workspace, id);
    });
    if (names_tag(call.request.header("if-none-match"), '"' + to_text(id) + '"')) {
        http::Response response;
        response.status = 304;
        add_file_headers(response, row);
        co_return response;
    }
    auto open = [&]() -> http::Response {
        try {
            return file_response(row, house.database.read([&](store::Read& read) {
                return work::open_attachment(read, row);
            }), call);
        } catch (const store::Failure& failure) {
            if (!failure.is_damaged) throw;
            log::say(log::Level::error, "A file is damaged", failure.what());
            throw Problem(500, "file-damaged", "The file is damaged", "It is not what was uploaded. Tell the operator.");
        }
    };
    co_return co_await elsewhere(house.slow, open);
}
} // namespace

void add_attachment_routes(std::vector<Route>& routes)
{
    const auto add = [&](Route route) { routes.push_back(route); };
    // clang-format off
    add(route<work::list_attachments>   (Verb::get,     "/workspaces/{workspace}/tasks/{task}/attachments",               Needs::guest,  "List a task's files"));
    add(custom_route<create_attachment, void, work::AttachmentView, UploadQuery>(Verb::post, "/workspaces/{workspace}/tasks/{task}/attachments", Needs::member, "Put a file on a task").taking(most_upload_bytes));
    add(route<work::find_attachment>    (Verb::get,     "/workspaces/{workspace}/attachments/{attachment}",               Needs::guest,  "Read what is known of a file"));
    add(route<work::delete_attachment>  (Verb::delete_, "/workspaces/{workspace}/attachments/{attachment}",               Needs::member, "Put a file into the trash"));
    add(route<work::restore_attachment> (Verb::post,    "/workspaces/{workspace}/attachments/{attachment}/restoration",   Needs::member, "Take a file out of the trash").answering(200));
    add(custom_route<find_attachment_file, void, void>(Verb::get, "/workspaces/{workspace}/attachments/{attachment}/file", Needs::guest,  "Download a file, or a range of it").answering(200));
    // clang-format on
}

} // namespace dialpine::api
