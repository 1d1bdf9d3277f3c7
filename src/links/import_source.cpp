#include "links/import_source.hpp"

#include "base/problem.hpp"

namespace dialpine::links {

FileSource::FileSource(const std::filesystem::path& path) : file_(path, std::ios::binary)
{
    std::error_code failure;
    if (std::filesystem::is_regular_file(path, failure)) size_ = std::filesystem::file_size(path, failure);
    if (!file_ || failure || !std::filesystem::is_regular_file(path, failure))
        throw Problem::bad_request("bad-request", "The file " + path.string() + " cannot be read.");
}

void FileSource::rewind()
{
    file_.clear();
    file_.seekg(0);
}

std::size_t FileSource::read(std::span<char> into)
{
    file_.read(into.data(), static_cast<std::streamsize>(into.size()));
    if (file_.bad()) throw Problem::bad_request("bad-request", "The file cannot be read to its end.");
    return static_cast<std::size_t>(file_.gcount());
}

} // namespace dialpine::links
