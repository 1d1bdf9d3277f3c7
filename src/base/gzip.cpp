#include "base/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace dialpine {

std::string gzipped(std::string_view text, int level)
{
    z_stream stream{};
    constexpr int window_with_gzip_head = 15 + 16;
    if (deflateInit2(&stream, level, Z_DEFLATED, window_with_gzip_head, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("zlib could not be started");
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); // NOLINT: zlib's old interface
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int code = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (code != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
    return out;
}

} // namespace dialpine
