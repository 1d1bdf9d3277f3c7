#pragma once
#include <chrono>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace dialpine {

/// One member of a request that is wrong, by its JSON pointer (RFC 6901).
struct FieldError {
    std::string pointer;
    std::string detail;
};

/// An error that ends a request and is told to the one who asked (RFC 9457). Thrown anywhere, caught in one place.
/// Never carries secrets or text of other people. Our own mistakes are other exceptions and become 500.
struct Problem : std::exception {
    int status;
    std::string name; ///< last part of `type`: `/problems/NAME`
    std::string title;
    std::string detail;
    std::vector<FieldError> errors;
    std::string extra;                   ///< further members, as the inside of a JSON object
    std::chrono::seconds retry_after{0}; ///< for 429 and 503

    Problem(int status, std::string name, std::string title, std::string detail);
    [[nodiscard]] const char* what() const noexcept override { return title.c_str(); }
    [[nodiscard]] std::string to_json() const;

    static Problem not_json(std::string detail);                      ///< 400
    static Problem bad_request(std::string name, std::string detail); ///< 400
    static Problem unauthorized();                                    ///< 401
    static Problem forbidden(std::string detail);                     ///< 403
    static Problem not_found();                                       ///< 404
    static Problem conflict(std::string name, std::string detail);    ///< 409
    static Problem changed_meanwhile();                               ///< 412
    static Problem too_large(std::string detail);                     ///< 413
    static Problem invalid(std::string pointer, std::string detail);  ///< 422
    static Problem invalid(std::vector<FieldError> errors);           ///< 422
    static Problem too_many(std::chrono::seconds retry_after);        ///< 429
    static Problem unavailable(std::string detail);                   ///< 503
};

/// What a problem's `type` address answers: what happened and what to do, or empty for an unknown name.
std::string_view explain_problem(std::string_view name);

} // namespace dialpine
