#include "api/resources.hpp"
#include "base/elsewhere.hpp"
#include "links/multipart.hpp"
#include "links/spool.hpp"

namespace dialpine::api {

Awaitable<TakenUpload> take_upload(House& house, const Call& call, http::Body& body, std::size_t most_bytes)
{
    auto spool = std::make_shared<links::Spool>(house.settings.data / "spool");
    const std::string type(call.request.header("content-type"));
    std::optional<links::MultipartFile> multipart;
    if (to_lower_ascii(type).starts_with("multipart/"))
        multipart.emplace(type, [&](std::string_view piece) { spool->append(piece); });
    while (true) {
        const std::string piece = co_await body.read_some(most_bytes);
        if (piece.empty()) break;
        auto take = [&] {
            if (multipart)
                multipart->feed(piece);
            else
                spool->append(piece);
        };
        co_await elsewhere(house.slow, take);
    }
    if (multipart) multipart->finish();
    spool->finish();
    co_return TakenUpload{spool, multipart ? multipart->file_name() : std::string()};
}

Awaitable<std::shared_ptr<links::Spool>> take_file(House& house, const Call& call, http::Body& body, std::size_t most_bytes)
{
    const auto taken = co_await take_upload(house, call, body, most_bytes);
    if (taken.file->size() == 0) throw Problem::invalid("", "holds no file");
    co_return taken.file;
}

} // namespace dialpine::api
