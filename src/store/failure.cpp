#include "store/failure.hpp"

#include <cerrno>
#include <cstring>

namespace dialpine::store {
namespace {
/// Who asks again at once asks in vain.
constexpr std::chrono::seconds for_the_operator{5};
} // namespace

bool Failure::is_full() const { return is_device && (error == ENOSPC || error == EDQUOT); }

Failure device_failure(std::string_view doing, int error)
{
    Failure failure(fmt::format("{}: {} ({})", doing, std::strerror(error), error));
    failure.error = error;
    failure.is_device = error != EMFILE && error != ENFILE && error != ENOMEM;
    return failure;
}

std::string_view why(const Failure& failure)
{
    if (failure.is_damaged) return "A file of the data folder is damaged. dialpine doctor names it.";
    switch (failure.error) {
    case ENOSPC: return "The disk of the data folder is full. Make room.";
    case EDQUOT: return "The quota of the server's user on the disk of the data folder is used up. Raise it, or make room.";
    case EROFS: return "The disk of the data folder is read-only. Look for errors of the disk, then mount it for writing.";
    case EMFILE:
    case ENFILE: return "The server has as many files open as it may. Raise the limit (LimitNOFILE).";
    case ENOMEM: return "The server has no memory left.";
    default: break;
    }
    if (failure.is_device) return "The disk of the data folder fails. Look into the system's log for its errors.";
    return "The database cannot do this right now.";
}

Problem to_problem(const Failure& failure)
{
    // Neither the device's nor the system's: what is stored there is not what was written.
    if (failure.is_damaged || (!failure.is_device && failure.error == 0))
        return {
            500,
            "damaged",
            "What is stored is damaged",
            "A part of what was stored cannot be read any more. The operator finds it by dialpine doctor."};
    if (!failure.is_device) return Problem::unavailable(std::string(why(failure)));
    Problem problem(
        503,
        "disk-failed",
        "The server's disk does not take this",
        "Nothing of it was done. For the operator: " + std::string(why(failure)) + " Then it goes on by itself."
    );
    problem.retry_after = for_the_operator;
    return problem;
}

} // namespace dialpine::store
