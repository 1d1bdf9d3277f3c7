#pragma once
#include "base/problem.hpp"

#include <stdexcept>
#include <string>

namespace dialpine::store {

/// The database itself failed: full disk, damaged file, lost device. Not the asker's fault. Its text is for the log.
struct Failure : std::runtime_error {
    using std::runtime_error::runtime_error;
    int error = 0;           ///< the system's `errno` where it refused something; 0: unknown
    bool is_device = false;  ///< the disk did not take or give what it was asked to
    bool is_lost = false;    ///< what was written before may not be on the disk, whatever the system says of it
    bool is_damaged = false; ///< the file is not what it was
    bool is_refused = false; ///< a rule of the table, such as a unique index, refuses this one statement

    /// No room on the device, or none left of what this user may have there.
    [[nodiscard]] bool is_full() const;
};

/// The disk refused what `doing` names, with this `errno`.
Failure device_failure(std::string_view doing, int error);

/// What is wrong, in a sentence for the operator, without names of people or things.
std::string_view why(const Failure&);

/// 503 where it can go on by itself once the operator has mended the disk, 500 where what is stored is damaged.
Problem to_problem(const Failure&);

} // namespace dialpine::store
