#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace dialpine::links {

/// Takes the part named `file` out of a multipart/form-data body (RFC 7578) that arrives in pieces, however it is cut.
/// Keeps at most one piece and a few kilobytes in memory.
class MultipartFile {
public:
    using Sink = std::function<void(std::string_view)>;

    /// `content_type`: the request's header. Throws Problem 400 if it names no boundary. `sink` is given the part's
    /// bytes.
    MultipartFile(std::string_view content_type, Sink sink);

    /// Throws Problem 400 for a body that is not what its header says.
    void feed(std::string_view piece);
    /// To be called at the end of the body. Throws Problem 400 if it was cut short, 422 if it had no part named `file`.
    void finish();
    /// The name that the part was sent with, as it was sent; empty when it had none. Known before its first byte.
    [[nodiscard]] const std::string& file_name() const { return file_name_; }

private:
    enum class Where { preamble, after_boundary, headers, file, other_part, epilogue };

    bool advance();
    bool pass_content();
    bool pass_boundary_line();
    bool pass_header();
    void take_header(std::string_view line);
    void give(std::size_t bytes);

    std::string file_name_;
    std::string delimiter_; ///< CRLF, two hyphens, the boundary
    Sink sink_;
    // A boundary follows a line end; the first one stands at the very start of the body.
    std::string waiting_ = "\r\n";
    Where where_ = Where::preamble;
    bool is_file_next_ = false;
    bool had_file_ = false;
    std::size_t header_bytes_ = 0;
    std::size_t parts_ = 0;
};

/// The value of a parameter of a header (`name="file"`), unquoted; empty when absent. `name` in lower-case.
std::string header_parameter(std::string_view header, std::string_view name);

} // namespace dialpine::links
